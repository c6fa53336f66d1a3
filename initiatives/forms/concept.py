"""The form in which a concept is written. It checks shape only: a concept is saved however little it says.

What was not sent stays as it was: a text that is absent from the request, or that its author chose to leave to somebody
else (`left_alone`). Not here: the parts in which the page shows it (`sections.py`), what filing asks for
(`completeness.py`).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from bodycams.uploads.fields import Files
from bodycams.uploads.store import Accepted
from initiatives.choices import (
    Activation,
    Function,
    Kind,
    Origin,
    Place,
    Purpose,
    Support,
    TargetGroup,
    Task,
    Use,
)
from initiatives.details import value_of
from initiatives.forms.arrangements import (
    FILE_FIELDS,
    IN_THE_PAST,
    Arranged,
    agreements,
    consultations,
    detail_fields,
    readiness,
)
from initiatives.forms.defects import Defects
from initiatives.forms.fields import Day, Line, OneOf, SeveralOf, Text
from initiatives.forms.numbers import Amount, Count
from initiatives.models import Document, Initiative
from initiatives.models.document import ATTACHMENT, DPIA
from initiatives.querysets import InitiativeQuerySet
from organisation.models import Unit

PERIOD = ("period_from", "period_until")
STILL_TO_COME = "Deze dag moet nog komen. Vul dit in als het zover is."


class ConceptForm(forms.Form):
    """Everything that a unit says about its initiative. `units` are those it may name; `visible` are the initiatives
    that it may call an earlier one. `notes` are shown behind the labels.
    """

    says_optional = False
    use_required_attribute = False

    unit = OneOf([], label="Eenheid", widget=forms.Select, empty="Kies een eenheid.")
    kinds = SeveralOf(
        Kind,
        label="Soort initiatief",
        help_text="Kies alles wat klopt. Voor elke soort vragen wij iets anders.",
    )
    title = Line(label="Titel", help_text="Waar gaat het over? Eén regel is genoeg.", at_most=200)
    description = Text(label="Omschrijving", help_text="Wat wil de eenheid, en waarom?")
    earlier = Line(
        label="Eerder initiatief",
        help_text="Gaat dit verder op iets wat u eerder meldde? Vul dan dat nummer in, bijvoorbeeld BC-2026-0012.",
        short=True,
    )
    teams = Line(label="Teams", help_text="Welke teams gaan de camera’s dragen?")
    target_groups = SeveralOf(TargetGroup, label="Doelgroepen", columns=True)
    uses = SeveralOf(Use, label="Toepassing", columns=True)
    period_from = Day(label="Eerste dag")
    period_until = Day(label="Laatste dag")
    research_question = Text(
        label="Onderzoeksvraag", help_text="Alleen bij een experiment. Wat wilt u aan het einde weten?", rows=3
    )

    cameras_now = Count(label="Camera’s in bezit nu", help_text="Tel ook defecte camera’s mee.")
    cameras_requested = Count(label="Camera’s die u vraagt", help_text="Alleen de nieuwe camera’s.")
    vendor = Line(label="Leverancier", at_most=120)
    model_name = Line(label="Model", at_most=120)
    vendor_reasons = Text(label="Waarom deze leverancier?", rows=3)
    functions = SeveralOf(Function, label="Wat kan de camera?", columns=True)
    activation = OneOf(Activation.choices, label="Wie zet de camera aan?", none="Nog niet bekend")
    special_functions_reasons = Text(
        label="Waarom zijn deze functies nodig?",
        help_text=(
            "Nodig als de camera meer filmt dan nodig lijkt: opnemen vóór de start, live meekijken, gps, op afstand "
            "aanzetten, of een camera die de meldkamer aanzet of die altijd aan staat."
        ),
        rows=3,
    )
    origin = OneOf(Origin.choices, label="Van wie zijn de camera’s?", none="Nog niet bekend")
    origin_consent = Text(
        label="Wie stemde daarmee in?",
        help_text="Alleen als de camera’s niet van de politie zijn. Noem de functie, en de dag.",
        rows=2,
    )
    contract = Line(
        label="Contract", help_text="Alleen bij vervanging of verlenging. Om welk contract gaat het?", at_most=200
    )
    contract_until = Day(
        label="Nieuwe einddatum",
        help_text="Alleen bij verlenging. Tot en met welke dag loopt het contract dan?",
    )
    defects = Defects(
        label="Defecte camera’s",
        help_text="Alleen bij vervanging. Eén camera per regel: serienummer;datum. Bijvoorbeeld 12345;2026-03-31.",
    )

    amount = Amount(label="Bedrag", help_text="Alle kosten samen, met btw. Alleen cijfers, bijvoorbeeld 56000.")
    cost_centre = Line(
        label="Kostenplaats", help_text="Weet u het niet? Vraag het de afdeling Financiën.", at_most=20, short=True
    )
    costs_accepted = forms.BooleanField(
        label="Onze eenheid betaalt deze kosten",
        help_text="De politiechef ziet dit bij het vaststellen van de noodzaak.",
    )

    tasks = SeveralOf(Task, label="Bij welke politietaak past het?", help_text="Politiewet 2012, artikel 3.")
    purposes = SeveralOf(Purpose, label="Met welk doel?")
    places = SeveralOf(Place, label="Waar wordt er gefilmd?")
    situations = Text(label="In welke situaties gaat de camera aan?", rows=3)
    proportionality = Text(
        label="Hoe houdt u het filmen beperkt?",
        help_text="Leg uit waarom dit middel past bij het doel, en hoe kort u filmt.",
        rows=4,
    )
    announcement = Text(label="Hoe weten mensen vooraf dat u filmt?", rows=3)
    wearer_may_not_review = forms.BooleanField(
        label="Wie de camera draagt, mag eigen opnamen niet terugkijken",
        help_text="Landelijk mag dat wel, zonder ze te downloaden. Uw eenheid kan het voor dit initiatief uitzetten.",
    )

    requested_support = SeveralOf(Support, label="Welke ondersteuning vraagt u?")

    vars().update(detail_fields())

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initiative: Initiative,
        units: Mapping[str, Unit],
        visible: InitiativeQuerySet,
        today: date,
        left_alone: Collection[str] = (),
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(files=files, initial=stored(initiative))
        self.initiative, self.units, self.visible = initiative, units, visible
        self.notes: dict[str, str] = {}
        self.documents: dict[str, list[Accepted]] = {}
        for name, field in self.fields.items():
            field.required = name == "unit"
        self.fields["unit"].choices = [(code, unit.name) for code, unit in units.items()]  # type: ignore[attr-defined]
        self.fields["defects"].last_day = today  # type: ignore[attr-defined]
        for name in IN_THE_PAST:
            self.fields[name].validators = [*self.fields[name].validators, MaxValueValidator(today, STILL_TO_COME)]
        if data is not None:
            self.is_bound, self.data = True, self._completed(data, left_alone)

    def _completed(self, data: QueryDict, left_alone: Collection[str]) -> QueryDict:
        """What was sent, with what was not sent put in as it is stored. A box that is not sent is not ticked."""
        completed = data.copy()
        for name in self.initial:
            field = self.fields[name]
            ticks = isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
            if name in left_alone or (name not in data and not ticks):
                completed.pop(name, None)
                if typed := self.as_typed(name, self.initial[name]):
                    completed.setlist(name, typed)
        return completed

    def as_typed(self, name: str, value: Any) -> list[str]:
        """A value of the field `name` as a browser would send it: the same value is the same text."""
        value = self.fields[name].prepare_value(value)
        if isinstance(value, list):
            return value
        if isinstance(value, bool):
            return ["on"] if value else []
        return [] if value in (None, "") else [str(value)]

    def clean_earlier(self) -> str:
        number: str = self.cleaned_data["earlier"].upper()
        if number and not self._earlier(number):
            raise forms.ValidationError("Dit nummer kennen wij niet. Kijk het na, of laat dit veld leeg.")
        return number

    def clean(self) -> dict[str, Any]:
        """The two days of a period are saved together or not at all: either alone could contradict what is stored."""
        cleaned = super().clean() or self.cleaned_data
        first, last = (cleaned.get(name) for name in PERIOD)
        if first and last and last < first:
            self.add_error("period_until", "De laatste dag ligt vóór de eerste dag.")
        if any(name in self.errors for name in PERIOD):
            for name in PERIOD:
                cleaned.pop(name, None)
        for name, place in FILE_FIELDS.items():
            self.documents[place] = cleaned.pop(name, [])
            for refusal in cast(Files, self.fields[name]).refusals:
                self.add_error(name, refusal)
        return cleaned

    def repeat_errors_of_files(self, sent: "ConceptForm") -> None:
        """A browser sends a file once: what was wrong with it is said again by the form that comes back."""
        found = {name: sent.errors[name] for name in FILE_FIELDS if name in sent.errors and name not in self.errors}
        for name, refusals in found.items():
            self.add_error(name, list(refusals))

    def consultations(self) -> list[Arranged]:
        return consultations(self, self.initiative.documents_by_place())

    def agreements(self) -> list[Arranged]:
        return agreements(self, self.initiative.documents_by_place())

    def readiness(self) -> list[Arranged]:
        return readiness(self)

    def documents_of_dpia(self) -> list[Document]:
        return self.initiative.documents_by_place().get(DPIA, [])

    def attached(self) -> list[Document]:
        return self.initiative.documents_by_place().get(ATTACHMENT, [])

    def given(self) -> dict[str, Any]:
        """The fields that can be saved, by their names on the model; `defects` are pairs."""
        given = dict(self.cleaned_data)
        if "unit" in given:
            given["unit"] = self.units[given["unit"]]
        if "earlier" in given:
            given["earlier"] = self._earlier(given["earlier"])
        return given

    def _earlier(self, number: str) -> Initiative | None:
        if not number:
            return None
        if self.initiative.earlier and self.initiative.earlier.number == number:
            return self.initiative.earlier
        found: Initiative | None = self.visible.exclude(pk=self.initiative.pk).filter(number=number).first()
        return found


def stored(initiative: Initiative) -> dict[str, Any]:
    """What the form shows of an initiative, by the names of its fields."""
    special = {
        "unit": initiative.unit.code,
        "earlier": initiative.earlier.number if initiative.earlier else "",
        "defects": [(defect.serial, defect.defective_since) for defect in initiative.defects.all()],
    }
    return {
        name: special[name] if name in special else value_of(initiative, name)
        for name in ConceptForm.base_fields
        if name not in FILE_FIELDS
    }
