"""The kinds of fields that the forms of initiatives are made of, with their bounds and their sentences.

What a field is called, and which form it stands in, is in the forms; how it is drawn in `templates/django/forms/`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format

from bodycams.forms import TEXTBOX, Choice, DateInput

LONG, SHORT, LINE = 10_000, 2_000, 500
"""How many characters a text, a remark and a line may have."""

CHOOSE = "Kies een van de antwoorden."


class Text(forms.CharField):
    """Text of any number of lines. The browser is not told how long it may be: it would cut off what is pasted."""

    def __init__(self, *, at_most: int = LONG, rows: int = 6, empty: str = "Vul dit in.", **kwargs: Any) -> None:
        self.at_most = at_most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(error_messages={"required": empty}, **kwargs)

    def to_python(self, value: Any) -> str:
        """Line endings become plain ones, so that the same text is the same."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.at_most:
            raise ValidationError(too_long(value, self.at_most))


class Line(Text):
    """One line of text."""

    def __init__(self, *, at_most: int = LINE, short: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "input--short"} if short else {})
        super().__init__(at_most=at_most, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class Day(forms.DateField):
    def __init__(self, *, empty: str = "Kies een dag.", **kwargs: Any) -> None:
        messages = {"required": empty, "invalid": "Dit is geen bestaande dag. Schrijf hem als 31-12-2026."}
        super().__init__(widget=DateInput(), input_formats=["%Y-%m-%d", "%d-%m-%Y"], error_messages=messages, **kwargs)


class OneOf(forms.ChoiceField):
    """One of a few values. `none` is the words for no answer, where that is one: nobody can take a dot away again."""

    widget = forms.RadioSelect

    def __init__(self, choices: Any, *, empty: str = CHOOSE, none: str = "", **kwargs: Any) -> None:
        choices = [*choices, ("", none)] if none else choices
        super().__init__(choices=choices, error_messages={"required": empty, "invalid_choice": CHOOSE}, **kwargs)


class YesNo(forms.TypedChoiceField):
    """`ja` or `nee`; becomes True or False. `none` as with `OneOf`."""

    widget = forms.RadioSelect

    def __init__(self, *, none: str = "", **kwargs: Any) -> None:
        super().__init__(
            choices=[("ja", "Ja"), ("nee", "Nee"), *([("", none)] if none else [])],
            coerce=lambda value: value == "ja",
            error_messages={"required": "Kies ja of nee.", "invalid_choice": "Kies ja of nee."},
            **kwargs,
        )


def with_notes(closed: Iterable[Any], notes: Mapping[str, str]) -> list[tuple[str, Choice]]:
    """Choices with what is said under them."""
    return [(one.value, Choice(one.label, notes.get(one.value, ""))) for one in closed]


class SeveralOf(forms.MultipleChoiceField):
    """Any of a closed list; becomes a list in the order of that list, without doubles."""

    def __init__(
        self,
        closed: type[TextChoices],
        *,
        notes: Mapping[str, str] | None = None,
        columns: bool = False,
        **kwargs: Any,
    ) -> None:
        """`notes` explain choices, by value; `columns`: two beside each other."""
        self.closed = closed
        messages = {"invalid_choice": "Kies alleen uit de lijst."}
        widget = forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"} if columns else {})
        choices = with_notes(closed, notes or {})
        super().__init__(choices=choices, widget=widget, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [one.value for one in self.closed if one.value in chosen]


class Repeated(forms.Widget):
    """One name, several times: a list of texts. A page draws each line of it (`{% for line in field %}`)."""

    use_fieldset = True
    line: type[forms.Widget] = forms.TextInput
    look = TEXTBOX

    def lines(self, typed: list[str]) -> list[tuple[str, dict[str, Any]]]:
        """The value of each line, and what the page must know of it."""
        raise NotImplementedError

    def subwidgets(self, name: str, value: Any, attrs: Any = None) -> Iterator[dict[str, Any]]:
        """A line each, with an id of its own."""
        for place, (text, known) in enumerate(self.lines(value or [])):
            own = {**self.attrs, "id": f"id_{name}_{place}", "class": self.look}
            yield {**self.line(own).get_context(name, text, {})["widget"], **known}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str | None) -> str:
        return ""


class Lines(forms.Field):
    """Some lines of text, empty ones left out; at most `count` of them."""

    def __init__(self, *, count: int, widget: Repeated, **kwargs: Any) -> None:
        self.count = count
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: list[str] | None) -> list[str]:
        lines = [" ".join(line.split()) for line in value or []]
        lines = [line for line in lines if line]
        for line in lines:
            if len(line) > LINE:
                raise ValidationError(too_long(line, LINE))
        if len(lines) > self.count:
            raise ValidationError(f"Dit zijn er {len(lines)}. Houd het bij {self.count}.")
        return lines


def too_long(text: str, at_most: int) -> str:
    return f"Deze tekst is te lang: {number_format(len(text))} tekens. Houd het bij {number_format(at_most)}."
