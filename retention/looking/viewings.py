"""Looking at image and sound, taking it along, giving it to others: what is put on record before the first byte. Who
may, is in `purposes.py`; what is shown of it afterwards in `told.py`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from journal.models import Result
from journal.write import record
from retention.choices import Use
from retention.clock import VALID_FOR, now
from retention.looking.purposes import GONE, capacity_to_look, capacity_to_take_along, closed_because
from retention.models import Disclosure, Recording, Viewing
from workflow.dates import day_in_words
from workflow.who import Capacity, Refusal

DONE = {Use.VIEW: "wil de opname bekijken", Use.DOWNLOAD: "heeft de opname gedownload"}
REFUSED = {Use.VIEW: "Het bekijken van de opname is geweigerd.", Use.DOWNLOAD: "Het downloaden is geweigerd."}
NOT_DISCLOSED = "Het verstrekken van de opname is geweigerd."


class NotAllowed(Exception):
    """This person may not, whatever the moment: 403. The message is a Dutch sentence."""


class NotNow(Exception):
    """What has become of the recording forbids it: 409. The message is a Dutch sentence."""


def may_use(recording: Any, use: Use, person: Any, at: datetime) -> Capacity:
    """In which capacity this person may do that now. Raises `NotAllowed` or `NotNow`."""
    ask = capacity_to_take_along if use == Use.DOWNLOAD else capacity_to_look
    capacity = ask(person, recording)
    if isinstance(capacity, Refusal):
        raise NotAllowed(capacity.sentence)
    if sentence := closed_because(recording, capacity, at):
        raise NotNow(sentence)
    return capacity


def state_purpose(
    recording: Recording, use: Use, *, person: Any, session: str, purpose: str, reasons: str, at: datetime
) -> Viewing:
    """The viewing and its entry in the journal, in one transaction: without both nothing is seen. Raises `NotAllowed`
    or `NotNow`, also when its destruction began a moment ago.
    """
    capacity = may_use(recording, use, person, at)
    try:
        with transaction.atomic():
            viewing = Viewing(
                recording=recording,
                use=use,
                person=person,
                role=capacity.role,
                title=capacity.title,
                unit=capacity.unit,
                purpose=purpose,
                reasons=reasons,
                at=at,
                valid_until=at + VALID_FOR,
                session=digest_of(session),
            )
            viewing.save(force_insert=True)
            _record(viewing, capacity)
    except IntegrityError as error:
        if "nothing of it is left" in str(error):
            raise NotNow(GONE) from error
        raise
    return Viewing.objects.get(pk=viewing.pk)


def goes_on(pk: UUID) -> bool:
    """Whether what was stated still holds, asked while bytes go out: all that is asked at a request. A quarter of an
    hour is for looking; who takes it along has what the line needs, for as long as they may.
    """
    found = Viewing.objects.select_related("person", "recording__destruction", "recording__initiative").get(pk=pk)
    at, use = now(), Use(found.use)
    try:
        capacity = may_use(found.recording, use, found.person, at)
    except (NotAllowed, NotNow):
        return False
    return capacity.role == found.role and (use == Use.DOWNLOAD or at < found.valid_until)


def _record(viewing: Viewing, capacity: Capacity) -> None:
    record(
        "opname_gedownload" if viewing.use == Use.DOWNLOAD else "opname_bekeken",
        f"{capacity.title} {DONE[Use(viewing.use)]}, om: {viewing.get_purpose_display()}.",
        actor=viewing.person,
        role=capacity.role,
        unit=capacity.unit,
        about=viewing.recording,
        result=Result.SEEN,
        reason=viewing.reasons,
        data={"purpose": viewing.purpose, "viewing": str(viewing.pk)},
    )


def record_refusal(recording: Recording, person: Any, sentence: str, why: str) -> None:
    """That somebody wanted to see it and may not."""
    with transaction.atomic():
        record("opname_geweigerd", sentence, actor=person, about=recording, result=Result.REFUSED, reason=why)


def digest_of(session: str) -> str:
    """Of a session's key, of use to nobody who reads the table."""
    return salted_hmac("retention.viewing", session, algorithm="sha256").hexdigest()


def disclose(
    recording: Recording, *, person: Any, recipient: str, ground: str, given_on: date, reasons: str, at: datetime
) -> Disclosure:
    """Register that the recording was given to others. Raises `NotAllowed` or `NotNow`."""
    capacity = may_use(recording, Use.DOWNLOAD, person, at)
    with transaction.atomic():
        disclosure = Disclosure.objects.create(
            recording=recording,
            recipient=recipient,
            ground=ground,
            given_on=given_on,
            reasons=reasons,
            person=person,
            role=capacity.role,
            title=capacity.title,
            at=at,
        )
        words = f"{capacity.title} heeft vastgelegd dat de opname op {day_in_words(given_on)} is verstrekt."
        record(
            "opname_verstrekt",
            words,
            actor=person,
            role=capacity.role,
            unit=capacity.unit,
            about=recording,
            reason=reasons,
            data={"disclosure": disclosure.pk, "ground": ground},
        )
    return disclosure
