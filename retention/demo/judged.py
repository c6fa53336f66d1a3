"""What people did with the recordings of the demonstration, by the real steps: each as somebody who may, at a moment of
the story.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from organisation.models import Person
from organisation.roles import Role
from retention import holds
from retention.choices import Ground, HoldReason, KeepingPurpose, ReasonCode
from retention.demo.delivered import LEFT_OPEN, ROUND, WRONG_CLOCK, Delivered
from retention.models import Recording
from retention.services import take_step
from workflow.clock import AMSTERDAM, local_date

GUARDS, GUARDS_TOO = "2005", "2009"
GROUNDS = (Ground.DAILY, Ground.INVESTIGATION, Ground.INVESTIGATION, Ground.SUPPORT)
PURPOSES = (KeepingPurpose.PROSECUTION, KeepingPurpose.DETECTION, KeepingPurpose.COMPLAINT, KeepingPurpose.FORCE)
REASONS = (
    "De aanhouding staat erop, vanaf het moment dat de verdachte zich verzet.",
    "Op het beeld is te zien hoe de auto wegrijdt, met het kenteken.",
    "De klager verwijst naar dit gesprek.",
    "De wapenstok is gebruikt; het hele optreden staat erop.",
)
HELD = {
    90: (HoldReason.REQUEST, "Iemand die is gefilmd vraagt om inzage. Het verzoek wordt behandeld."),
    134: (HoldReason.COMPLAINT, "Er is een klacht over het optreden. De klachtencommissie wil het beeld zien."),
    200: (HoldReason.DEMAND, "De officier van justitie vordert de opname."),
    241: (HoldReason.REQUEST, "Iemand die is gefilmd vraagt om verwijdering, en wil eerst weten wat er is."),
}
"""By the number of the recording."""
HELD_SINCE = timedelta(days=3)
LONGER_ASKED, LONGER_GIVEN = 72, 117
ENDED = (112, 122, 132, 152, 157, 172, 177, 192)
"""Kept for a few days only: those days are over. Under article 9 it goes out of use, else it is destroyed."""


class Deed(NamedTuple):
    """A step that somebody takes with a recording, and what is filled in."""

    name: str
    number: str
    at: datetime
    given: dict[str, Any]

    @property
    def role(self) -> str:
        """Of who does it."""
        return {"3": Role.JUDGE, "4": Role.WEARER}.get(self.number[3], Role.PRIVACY).value

    def do(self, recording: Recording) -> None:
        person = Person.objects.get(number=self.number)
        take_step(recording.pk, self.name, person=person, at=self.at, read=lambda *_: self.given)


def deeds(one: Delivered, base: datetime) -> Iterator[Deed]:
    """What is done with this recording, in order."""
    judge, wearer = f"1{one.digits}3", f"1{one.digits}4"
    if one.day in LEFT_OPEN:
        return
    if one.number % 5 == 2 and one.day > 1:
        yield from _kept(one, judge)
    elif one.number % ROUND == WRONG_CLOCK and one.day > 5:
        moment, why = one.arrived_at - timedelta(hours=9), "Volgens de meldkamer was het die ochtend."
        yield Deed("tijdstip_vaststellen", judge, _next_morning(one), {"true_from": moment, "reasons": why})
    elif one.day == 4 and one.number % 3 == 0:
        unclear = {"reason_code": ReasonCode.IMAGE, "reasons": "De lens zat achter de jas."}
        yield Deed("niet_noodzakelijk_verklaren", judge, base - timedelta(minutes=20), unclear)
    elif one.day == 0 and one.number % 4 == 0:
        senseless = {"reason_code": ReasonCode.SENSELESS, "reasons": ""}
        yield Deed("niet_zinvol_verklaren", wearer, base - timedelta(minutes=10), senseless)


def _kept(one: Delivered, judge: str) -> Iterator[Deed]:
    kind, at = one.number // 5 % len(GROUNDS), _next_morning(one)
    until = local_date(at) + timedelta(days=5 if one.number in ENDED else 60 + one.number)
    yield Deed(
        "noodzakelijk_verklaren",
        judge,
        at,
        {
            "ground": GROUNDS[kind],
            "purpose": PURPOSES[kind],
            "second_purposes": [],
            "council_record": "",
            "case_reference": f"PL{one.digits}00-{at.year}{one.number:06}",
            "keep_until": until,
            "reasons": REASONS[kind],
            "usable": True,
        },
    )
    if one.number in (LONGER_ASKED, LONGER_GIVEN):
        longer = {"keep_until": until + timedelta(days=120), "reasons": "De zitting is uitgesteld."}
        yield Deed("termijn_wijzigen", judge, at + timedelta(days=1), longer)
    if one.number == LONGER_GIVEN:
        agreed = {"reasons": "De rechtbank heeft de nieuwe dag bevestigd."}
        yield Deed("termijn_wijzigen", GUARDS, at + timedelta(days=2), agreed)


def _next_morning(one: Delivered) -> datetime:
    return datetime.combine(local_date(one.arrived_at) + timedelta(days=1), time(10, one.number % 60), AMSTERDAM)


def hold(one: Delivered, recording: Recording, at: datetime) -> None:
    """Hold what somebody asked about."""
    reason, explanation = HELD[one.number]
    by, owner = (Person.objects.get(number=number) for number in (GUARDS, GUARDS_TOO))
    because = holds.Because(reason, explanation, local_date(at) + timedelta(weeks=4), owner)
    holds.place([recording], because, person=by, at=at)
