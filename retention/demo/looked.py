"""Who looked at recordings of the demonstration, took one along or gave it to others: after the judgements, by the real
services. When somebody looked is the database's moment: that of the loading.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from journal.origin import telling
from organisation.models import Person
from retention.choices import DisclosureGround, Use, ViewingPurpose
from retention.demo.judged import GUARDS, GUARDS_TOO
from retention.looking.viewings import disclose, state_purpose
from retention.models import Recording, Viewing
from workflow.clock import local_date


class Look(NamedTuple):
    """At the recording of this number: by the privacy officer `by`, or by its judge when that is empty."""

    number: int
    purpose: ViewingPurpose
    reasons: str
    by: str = ""
    use: Use = Use.VIEW


LOOKS = (
    Look(72, ViewingPurpose.CASE, "Voor de zitting nagaan wat er precies op staat."),
    Look(72, ViewingPurpose.CASE, "De officier van justitie vraagt het beeld voor de zitting.", use=Use.DOWNLOAD),
    Look(62, ViewingPurpose.FORCE, "Het gebruik van de wapenstok beoordelen."),
    Look(90, ViewingPurpose.REQUEST, "Nagaan of de verzoeker erop staat.", by=GUARDS),
    Look(134, ViewingPurpose.COMPLAINT, "De klachtencommissie vraagt wat er is gezegd.", by=GUARDS_TOO),
    Look(117, ViewingPurpose.SUPERVISION, "Nagaan of de langere termijn nodig is.", by=GUARDS),
)
GIVEN = 72
"""The number of the recording that was given to the prosecutor."""


def look(recordings: Mapping[int, Recording], judges: Mapping[int, str], base: datetime) -> None:
    """`recordings` by number, with the personnel number of the judge of each; what was done before is left alone."""
    people = Person.objects.in_bulk([*judges.values(), GUARDS, GUARDS_TOO], field_name="number")
    done = set(Viewing.objects.values_list("recording_id", "use", "person__number"))
    for one in LOOKS:
        recording, by = recordings[one.number], one.by or judges[one.number]
        if (recording.pk, one.use, by) not in done:
            told: dict[str, Any] = {"purpose": one.purpose, "reasons": one.reasons}
            with telling(base):
                state_purpose(recording, one.use, person=people[by], session="", **told, at=base)
    _give(recordings[GIVEN], people[judges[GIVEN]], base)


def _give(recording: Recording, judge: Person, base: datetime) -> None:
    if recording.disclosures.exists():
        return
    with telling(base):
        disclose(
            recording,
            person=judge,
            recipient="het arrondissementsparket",
            ground=DisclosureGround.AUTHORITY,
            given_on=local_date(base - timedelta(days=1)),
            reasons="De officier van justitie gebruikt de opname in de strafzaak.",
            at=base,
        )
