"""Registering a request, and the forms of its steps."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bodycams.forms import Choice, FilterForm
from bodycams.step_forms import AskingForm, Question
from initiatives.forms.fields import LINE, SHORT, Day, Line, OneOf, Text
from initiatives.forms.register import OneOf as Filter
from retention.forms.finding import ChosenRecordings
from retention.models import PrivacyRequest
from retention.request_choices import (
    ENDS_IN_WORDS,
    Channel,
    EndsIn,
    IdentityBy,
    ObjectionOutcome,
    Outcome,
    RefusalGround,
    RequestKind,
)
from retention.request_procedure import RequestStatus
from retention.request_terms import FOUR_WEEKS, SIX_WEEKS
from retention.requests.services import Received, looked_at
from workflow.clock import local_date

EARLIEST = date(2015, 1, 1)
NO_NAMES = "Noem geen namen of adressen: deze tekst blijft staan in het journaal."
IN_LETTER = f"De verzoeker leest deze tekst in de brief. {NO_NAMES}"


class RequesterForm(forms.Form):
    name = Line(label="Naam van de verzoeker", at_most=200, empty="Schrijf de naam van de verzoeker.")
    address = Text(label="Adres", help_text="Voor de brief.", at_most=LINE, rows=3, empty="Schrijf het adres.")


class MendForm(RequesterForm):
    """`seen` is what was looked at. Once it is established who asks, the name is not asked for."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, about: PrivacyRequest) -> None:
        asks = about.requester
        super().__init__(data, initial={"name": asks.name, "address": asks.address, "seen": looked_at(about)})
        if about.identity_on:
            del self.fields["name"]

    def given(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class NewRequestForm(RequesterForm):
    kind = OneOf(RequestKind.choices, label="Wat wordt gevraagd?")
    received_on = Day(label="Ontvangen op", help_text="De termijn telt vanaf deze dag.")
    channel = OneOf(Channel.choices, label="Hoe kwam het verzoek binnen?")
    description = Text(
        label="Wat schrijft de verzoeker?",
        help_text="Wanneer, waar en waarover. Naam, adres en deze tekst worden vijf jaar na het sluiten vernietigd.",
        at_most=SHORT,
        empty="Schrijf op wat de verzoeker vraagt.",
    )
    field_order = ("kind", "received_on", "channel", "name", "address", "description")

    def __init__(self, data: Any, *, at: datetime) -> None:
        super().__init__(data)
        self.today = local_date(at)
        self.fields["received_on"].widget.attrs |= {"min": EARLIEST.isoformat(), "max": self.today.isoformat()}

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if not EARLIEST <= day <= self.today:
            raise ValidationError("Kies een dag die is geweest, na 2014.")
        return day

    def received(self) -> Received:
        return Received(**self.cleaned_data)


class RequestFilter(FilterForm):
    stand = Filter("Stand", [("", "Wat nog loopt"), ("alles", "Alle verzoeken"), *RequestStatus.choices])
    soort = Filter("Soort", [("", "Alle soorten"), *RequestKind.choices])

    narrowing = ("stand", "soort")


class RequestStepForm(AskingForm):
    """The form of one step of `subject`; what the rules refuse stands beside the field that mends it."""

    def __init__(self, data: QueryDict | None, *, subject: PrivacyRequest, at: datetime) -> None:
        super().__init__(data)
        self.subject, self.at = subject, at
        self.prepare()

    def prepare(self) -> None:
        """Leave out what need not be asked of this request."""


def reasons(help_text: str) -> Text:
    return Text(label="Redenen", help_text=help_text, at_most=SHORT, empty="Leg uit waarom.")


class IdentityForm(RequestStepForm):
    day = Day(label="Vastgesteld op")
    by = OneOf(IdentityBy.choices, label="Waarmee?")
    questions = (Question("Hoe is vastgesteld wie de verzoeker is?", ("day", "by")),)


class DecideForm(RequestStepForm):
    outcome = OneOf(Outcome.choices, label="Besluit")
    ground = forms.ChoiceField(
        label="Grond voor de weigering",
        choices=[("", "Geen weigering"), *RefusalGround.choices],
        required=False,
    )
    ends_in = forms.ChoiceField(
        label="Waar eindigt de verwijdering in?",
        help_text="Dit zijn twee verschillende woorden.",
        choices=[(one.value, Choice(one.label, ENDS_IN_WORDS[one])) for one in EndsIn],
        widget=forms.RadioSelect,
        required=False,
    )
    reasons = reasons(IN_LETTER)
    questions = (
        Question("Wat besluit u?", ("outcome", "ground")),
        Question("Verwijderen of vernietigen?", ("ends_in",)),
        Question("Wat zijn uw redenen?", ("reasons",)),
    )
    not_asked = {"ends_in": ""}
    notes = {"ground": "alleen als niet alles wordt toegewezen", "ends_in": "alleen als iets wordt toegewezen"}

    def prepare(self) -> None:
        if self.subject.kind != RequestKind.REMOVAL:
            del self.fields["ends_in"]


class AdjournForm(RequestStepForm):
    days = forms.TypedChoiceField(
        label="Hoeveel later?",
        choices=[(FOUR_WEEKS, "vier weken"), (SIX_WEEKS, "zes weken")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies vier of zes weken.", "invalid_choice": "Kies vier of zes weken."},
    )
    several_units = forms.BooleanField(label="Meer eenheden hebben de gegevens", required=False)
    reasons = reasons(IN_LETTER)
    questions = (
        Question("Hoeveel later komt het besluit?", ("days", "several_units")),
        Question("Wat zijn uw redenen?", ("reasons",)),
    )


class ObjectionForm(RequestStepForm):
    day = Day(label="Bezwaar ontvangen op")
    questions = (Question("Wanneer kwam het bezwaar?", ("day",)),)


class ObjectionResultForm(RequestStepForm):
    outcome = OneOf(ObjectionOutcome.choices, label="Uitkomst")
    day = Day(label="Beslist op")
    questions = (Question("Wat kwam er van het bezwaar?", ("outcome", "day")),)


class WithdrawForm(RequestStepForm):
    reasons = reasons(NO_NAMES)
    questions = (Question("Hoe is het ingetrokken?", ("reasons",)),)


FORMS: dict[str, type[RequestStepForm]] = {
    "identiteit_vaststellen": IdentityForm,
    "besluiten": DecideForm,
    "verdagen": AdjournForm,
    "bezwaar_registreren": ObjectionForm,
    "bezwaar_afhandelen": ObjectionResultForm,
    "sluiten": RequestStepForm,
    "intrekken": WithdrawForm,
}


class LinkForm(forms.Form):
    opname = ChosenRecordings(label="Welke opnamen horen bij het verzoek?")

    def __init__(self, data: Any, *, recordings: Any, at: datetime) -> None:
        super().__init__(data)
        self.fields["opname"].offer(recordings, at)  # type: ignore[attr-defined]


class UnlinkForm(forms.Form):
    reasons = reasons(NO_NAMES)
