"""Placing, looking at, extending and releasing a hold."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.forms.fields import SHORT, Day, OneOf, Text
from organisation.models import Person
from organisation.roles import Role
from retention.choices import HoldReason
from retention.forms.finding import ChosenRecordings
from retention.holds import EXTEND, LOOK_AT, RELEASE, Because, last_day_of, latest_day
from retention.models import Hold
from workflow.clock import local_date
from workflow.dates import day_in_words

NO_NAMES = "Noem geen namen van personen: deze tekst blijft staan in het journaal."


class Owner(forms.ModelChoiceField):
    """One of the privacy officers of today, by number: nobody has a name here."""

    def __init__(self) -> None:
        super().__init__(
            Person.objects.none(),
            label="Eigenaar",
            help_text="Wie elke week kijkt of de opschorting nog nodig is.",
            empty_label=None,
            error_messages={"required": "Kies wie de eigenaar is.", "invalid_choice": "Kies iemand uit de lijst."},
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"privacyfunctionaris {obj.number}"


class LastDay(Day):
    """At most six weeks ahead, and after what held until now."""

    def bound_to(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.help_text = f"Uiterlijk {day_in_words(last)}: zes weken vooruit."

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.first <= value <= self.last:
            raise ValidationError(f"Kies een dag van {day_in_words(self.first)} tot en met {day_in_words(self.last)}.")


class PlaceForm(forms.Form):
    opname = ChosenRecordings(label="Welke opnamen?")
    reason = OneOf(HoldReason.choices, label="Waarom wacht het vernietigen?")
    explanation = Text(label="Toelichting", help_text=NO_NAMES, at_most=SHORT, rows=4, empty="Leg uit waarom.")
    owner = Owner()
    last_day = LastDay(label="Laatste dag")

    def __init__(self, data: Any, *, person: Person, at: datetime, recordings: Any, chosen: Any) -> None:
        today = local_date(at)
        super().__init__(data, initial={"owner": person.pk, "opname": chosen})
        owner: Any = self.fields["owner"]
        owner.queryset = Person.objects.holding(Role.PRIVACY, today).filter(is_active=True).order_by("number")
        self.fields["opname"].offer(recordings, at)  # type: ignore[attr-defined]
        self.fields["last_day"].bound_to(today, latest_day(at))  # type: ignore[attr-defined]

    def because(self) -> Because:
        given = self.cleaned_data
        return Because(given["reason"], given["explanation"], given["last_day"], given["owner"])


class ReasonsForm(forms.Form):
    reasons = Text(label="Redenen", help_text=NO_NAMES, at_most=SHORT, rows=4, empty="Leg uit waarom.")

    def __init__(self, data: Any, *, hold: Hold, at: datetime) -> None:
        super().__init__(data)


class ExtendForm(ReasonsForm):
    last_day = LastDay(label="Nieuwe laatste dag")
    field_order = ("last_day", "reasons")

    def __init__(self, data: Any, *, hold: Hold, at: datetime) -> None:
        super().__init__(data, hold=hold, at=at)
        first = last_day_of(hold.ends_at) + timedelta(days=1)
        self.fields["last_day"].bound_to(first, latest_day(at))  # type: ignore[attr-defined]


FORMS: dict[str, type[ReasonsForm]] = {LOOK_AT: ReasonsForm, EXTEND: ExtendForm, RELEASE: ReasonsForm}
