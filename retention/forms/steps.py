"""Which step of a recording has which form. A form checks shape; the rules of `retention/rules.py` check the rest."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms

from bodycams.forms import TEXTBOX, Choice
from bodycams.step_forms import AskingForm, Question
from initiatives.forms.fields import SHORT, Day, Line, OneOf, SeveralOf, Text, YesNo
from organisation.models import Person
from organisation.permissions import may_for
from organisation.roles import Perm
from retention.choices import AT_END_OF_SHIFT, NEVER_ALONE, Ground, KeepingPurpose, ReasonCode
from retention.duties import answers_for_the_term
from retention.models import Judgement, Recording
from retention.spans import spans
from workflow.clock import local_date

CASE_AT_MOST = 60
NEVER = "Nooit genoeg als enig doel, wie het ook goedvindt."
PURPOSE_NOTES: Mapping[str, str] = {
    **dict.fromkeys(NEVER_ALONE, NEVER),
    KeepingPurpose.STAFF: "Alleen wie daarvoor is aangewezen, met een stuk van de ondernemingsraad. Telt apart mee.",
}


def capitals(closed: Iterable[Any], notes: Mapping[str, str] | None = None) -> list[tuple[str, Choice]]:
    """The choices as they are read in a form: each begins with a capital, and may have a note under it."""
    said = notes or {}
    return [(one.value, Choice(one.label[:1].upper() + one.label[1:], said.get(one.value, ""))) for one in closed]


class StepForm(AskingForm):
    """The form of one step of `recording`, as asked of `person` at the moment `at`."""

    def __init__(self, data: Any, *, recording: Recording, person: Person, at: datetime) -> None:
        super().__init__(data)
        self.recording, self.person, self.at = recording, person, at
        self.prepare()

    def prepare(self) -> None:
        """Leave out what need not be asked now, and fill in what is known."""


def reasons(**kwargs: Any) -> Text:
    return Text(label="Redenen", at_most=SHORT, rows=3, empty="Leg uit waarom.", **kwargs)


class KeepForm(StepForm):
    """What is necessary, on which ground, for which case and until when."""

    ground = OneOf(capitals(Ground), label="Grondslag in de Wet politiegegevens", empty="Kies een grondslag.")
    purpose = OneOf(capitals(KeepingPurpose, PURPOSE_NOTES), label="Waarvoor", empty="Kies een doel.")
    second_purposes = SeveralOf(
        KeepingPurpose,
        label="Ook bruikbaar voor",
        help_text="Dit doel eindigt met het eerste.",
        required=False,
        columns=True,
    )
    council_record = Line(
        label="Stuk van de ondernemingsraad",
        help_text="Nodig bij onderzoek naar een medewerker: welk stuk, van welke dag?",
        at_most=200,
        required=False,
    )
    case_reference = Line(label="Zaaknummer", at_most=CASE_AT_MOST, empty="Vul het nummer van de zaak of de klacht in.")
    keep_until = Day(label="Bewaren tot en met", empty="Kies de laatste dag.")
    reasons = reasons()
    usable = YesNo(
        label="Is het beeld bruikbaar?",
        help_text="Bruikbaar is iets anders dan noodzakelijk.",
        required=False,
        empty_value=None,
        none="Geen antwoord",
    )
    questions = (
        Question("Op welke grondslag, en waarvoor?", ("ground", "purpose")),
        Question("Voor welke zaak, en tot wanneer?", ("case_reference", "keep_until")),
        Question("Wat zijn uw redenen?", ("reasons",)),
        Question("Wat is er nog meer over te zeggen?", ("second_purposes", "council_record", "usable")),
    )
    not_asked = {"council_record": ""}

    def prepare(self) -> None:
        today = local_date(self.at)
        reach = spans(today)
        ground: Any = self.fields["ground"]
        ground.choices = capitals(Ground, {code: f"{span.words}." for code, span in reach.items()})
        self.fields["keep_until"].widget.attrs["min"] = today.isoformat()
        if not may_for(self.person, Perm.FOLLOW_STAFF, self.recording):
            del self.fields["council_record"]
        self.initial = self._known()

    def _known(self) -> dict[str, Any]:
        """Of the recording itself when it is judged again; else ground and case of this judge's last one."""
        if self.recording.is_necessary:
            names = ("ground", "purpose", "case_reference", "keep_until")
            return {name: getattr(self.recording, name) for name in names}
        last = Judgement.objects.filter(person=self.person).exclude(ground="").order_by("-at").first()
        return {"ground": last.ground, "case_reference": last.case_reference} if last else {}


class NotNeededForm(StepForm):
    reason_code = OneOf(capitals(ReasonCode), label="Waarom niet noodzakelijk", empty="Kies een reden.")
    reasons = reasons(required=False)
    questions = (Question("Waarom is de opname niet noodzakelijk?", ("reason_code", "reasons")),)


class EndOfShiftForm(StepForm):
    reason_code = OneOf(capitals(AT_END_OF_SHIFT), label="Waarom niet zinvol", empty="Kies een reden.")
    questions = (Question("Waarom is de opname niet zinvol?", ("reason_code",)),)


class TermForm(StepForm):
    """A judge asks for a day; who answers sees it, and gives reasons."""

    keep_until = Day(
        label="Bewaren tot en met", help_text="Later dan de dag die er nu staat.", empty="Kies de nieuwe dag."
    )
    reasons = reasons()
    questions = (
        Question("Tot wanneer moet de opname blijven?", ("keep_until",)),
        Question("Wat zijn uw redenen?", ("reasons",)),
    )
    not_asked = {"keep_until": None}

    def prepare(self) -> None:
        if answers_for_the_term(self.person, self.recording):
            del self.fields["keep_until"]


class ReasonsForm(StepForm):
    reasons = reasons()
    questions = (Question("Wat zijn uw redenen?", ("reasons",)),)


class MomentForm(StepForm):
    true_from = forms.DateTimeField(
        label="Het juiste begin van de opname",
        help_text="Op de klok in Nederland. U kunt dit één keer vaststellen.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": TEXTBOX}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        error_messages=dict.fromkeys(["required", "invalid"], "Vul dag en tijd in, bijvoorbeeld 31-12-2026 14:05."),
    )
    reasons = reasons()
    questions = (
        Question("Wanneer is er gefilmd?", ("true_from",)),
        Question("Hoe weet u dat?", ("reasons",)),
    )


FORMS: dict[str, type[StepForm]] = {
    "noodzakelijk_verklaren": KeepForm,
    "niet_noodzakelijk_verklaren": NotNeededForm,
    "niet_zinvol_verklaren": EndOfShiftForm,
    "ongedaan_maken": StepForm,
    "herbeoordelen": KeepForm,
    "termijn_wijzigen": TermForm,
    "termijn_weigeren": ReasonsForm,
    "tijdstip_vaststellen": MomentForm,
}
"""The steps of the clock are nobody's, and have none."""
