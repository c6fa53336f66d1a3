"""What holds for a copy of a recording that somebody takes along: shown before, and enclosed with the file."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from retention.models import Recording
from retention.procedure import Status
from workflow.clock import local_date
from workflow.dates import day_in_words

KEPT = (Status.NOODZAKELIJK, Status.VERWIJDERD)


def last_day(recording: Recording, at: datetime) -> date:
    """On which a copy may still exist: never longer than the recording itself, as far as is known now."""
    own_last_day = local_date(recording.must_be_gone_by) - timedelta(days=1)
    kept = recording.keep_until if recording.status in KEPT else None
    return max(kept or own_last_day, local_date(at))


def conditions(recording: Recording, at: datetime) -> Iterator[str]:
    yield "Gebruik deze kopie alleen voor het doel dat u hebt genoemd."
    yield "Geef haar aan niemand door. Wie haar nodig heeft, noemt zelf een doel."
    yield "Gaat zij toch naar iemand buiten de politie? Leg dat dan vast als verstrekking."
    yield "Zet haar nooit op internet of op sociale media."
    yield "Bewaar haar alleen op een plek van de politie, en pas haar niet aan."
    until = day_in_words(last_day(recording, at))
    yield f"Vernietig deze kopie zodra zij niet meer nodig is, of het origineel weg is. Uiterlijk op {until}."
