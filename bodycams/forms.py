"""How forms are drawn: the renderer, the bound field, and the few widgets of the house.

Every form of the project comes out in the look by itself (`FORM_RENDERER`): `{{ field.as_field_group }}` for one field,
`{{ form }}` for all. Not here: the forms themselves (each app's `forms/`) and what must be true (`rules.py`).
"""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.forms import boundfield, renderers
from django.forms.widgets import Input
from django.utils.safestring import SafeString

TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
TEXTAREA = "utrecht-textarea utrecht-textarea--html-textarea"
SELECT = "utrecht-select utrecht-select--html-select"


class BoundField(boundfield.BoundField):
    """A field as the templates see it: knows its class names, whether it may stay empty, and where an error leads."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if look := _class_of(widget):
            built["class"] = " ".join(filter(None, [look, widget.attrs.get("class")]))
        return built

    @property
    def is_tick(self) -> bool:
        """One box to tick: the label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def needs_one(self) -> bool:
        """A group of boxes of which at least one must be ticked; HTML has no `required` for that."""
        return self.field.required and isinstance(self.field.widget, forms.CheckboxSelectMultiple)

    @property
    def optional(self) -> bool:
        """Required is the rule, so optional is said; a form that may be saved half done says nothing."""
        return not self.field.required and getattr(self.form, "says_optional", True)

    @property
    def note(self) -> str:
        """A few words behind the label: what the form notes at this field (`notes`), else that it may stay empty."""
        noted: str = getattr(self.form, "notes", {}).get(self.name, "")
        return noted or ("mag leeg blijven" if self.optional and not self.is_tick else "")

    @property
    def name_in_summary(self) -> str:
        """The label as it begins a line of the error summary."""
        return f"{str(self.label).rstrip('?:')}:"

    @property
    def anchor(self) -> str:
        """The id that a link in the error summary points to: the field, or the first of its choices."""
        return self.id_for_label or f"{self.auto_id}_0"


class Renderer(renderers.TemplatesSetting):
    """Renders forms by the project's own templates (`templates/django/forms/`)."""

    bound_field_class = BoundField


class FilterForm(forms.Form):
    """What a list is narrowed by. The fields named in `more_names` are folded away until one is used; those in
    `narrowing` (without it: all) can be taken away again, the others only say how the list is shown.

    A field is drawn once for each value and list of choices and then remembered: of a list page it would be the dearest
    part.
    """

    says_optional = False
    more_names: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    button = ("Zoeken", "search")
    """Its words and its icon."""

    def first(self) -> list[SafeString]:
        return [self._drawn(name) for name in self.fields if name not in self.more_names]

    def more(self) -> list[SafeString]:
        return [self._drawn(name) for name in self.more_names]

    def more_is_used(self) -> bool:
        return any(self[name].value() for name in self.more_names)

    def is_used(self) -> bool:
        """Whether the list is narrowed; another page or order of it is still the whole list."""
        return any(self.data.get(name) for name in self.narrowing or self.fields)

    def _drawn(self, name: str) -> SafeString:
        field = self[name]
        if field.errors:
            return field.as_field_group()
        choices = tuple(getattr(field.field.widget, "choices", ()))
        return _field_group(_Drawing(type(self), name, field.value(), choices, field))


class PeriodForm(FilterForm):
    """A list that can be narrowed to the days from `van` up to and including `tot`."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("van") and given.get("tot") and given["van"] > given["tot"]:
            self.add_error("tot", "Deze dag ligt vóór de eerste. Kies een latere.")
        return given


@dataclass(frozen=True)
class _Drawing:
    """What the looks of a field without errors depend on, and the field itself."""

    form: type[forms.Form]
    name: str
    value: Any
    choices: tuple[Any, ...]
    field: boundfield.BoundField = dataclasses.field(compare=False)


@lru_cache(maxsize=512)
def _field_group(drawing: _Drawing) -> SafeString:
    return drawing.field.as_field_group()


class DateInput(forms.DateInput):
    """A date as browsers want it; `type="date"` shows nothing when the value is written the Dutch way."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input--date", **(attrs or {})}, format="%Y-%m-%d")


class AmountInput(forms.TextInput):
    """An amount of money, with the euro sign before it."""

    template_name = "django/forms/widgets/amount.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})


class Choice(str):
    """The label of a choice with an explanation under it: `(value, Choice("Inkoopproces", "De inkoop loopt …"))`."""

    note: str

    def __new__(cls, label: str, note: str = "") -> "Choice":
        choice = super().__new__(cls, label)
        choice.note = note
        return choice


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return TEXTAREA
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return ""
    if isinstance(widget, forms.Select):
        return SELECT
    return TEXTBOX if isinstance(widget, Input) and not widget.is_hidden else ""
