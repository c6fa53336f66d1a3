"""Use cases of recordings: taking a step with everything that comes with it, for one or for several at once.

Every step leaves a `Judgement`, in the same transaction. The step itself is in `procedure.py`, its rules in `rules.py`,
and the one door in `workflow/take.py`.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import prefetch_related_objects

from organisation.models import Person
from retention.clock import now
from retention.models import Judgement, Recording, TermRequest, TermVerdict
from workflow.dates import day_in_words
from workflow.rules import Reason
from workflow.steps import steps_of
from workflow.take import Input, Reader, StepRefused, Taken, record_refusal, take
from workflow.together import Together, take_together

CLOSED = (
    *("judging has closed", "can no longer be judged"),
    *("the end of the shift has passed", "the true moment is fixed once"),
)
"""What the database says when the time ran out while a step waited for its turn."""
TOO_LATE = Reason("Dat kon nog toen u de pagina opende, maar nu niet meer: de tijd is voorbij.", "T-07")
TOGETHER = "niet_noodzakelijk_verklaren"
MOST = 200
JUDGED = ("ground", "purpose", "second_purposes", "reasons", "case_reference", "keep_until", "reason_code", "usable")


def take_step(pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
    """Take a step of the recording `pk`, as `person`; what `workflow.take.take` raises goes through to the page.

    The database looks at its own clock once more, after the wait for the lock: what had just closed is a refusal too.
    """
    visible = Recording.objects.visible_to(person)
    try:
        return take(visible, pk, name, person=person, at=at, read=read, work=do_what_comes_with_it)
    except IntegrityError as error:
        found = visible.filter(pk=pk).first()
        if found is None or not _says_closed(error):
            raise
        refused = StepRefused(steps_of(Recording)[name], found, (TOO_LATE,))
        record_refusal(refused, person)
        raise refused from error


def judge_together(pks: Collection[int], *, person: Person, at: datetime, given: Input) -> Together:
    """Judge several recordings not necessary at once, for one reason; those that cannot be are told apart. Never more
    than `MOST`. What is kept is judged one by one.
    """
    if len(pks) > MOST:
        raise ValueError(f"at most {MOST} recordings together")
    try:
        return _together(pks, person, at, given)
    except IntegrityError as error:
        if not _says_closed(error):
            raise
        return _together(pks, person, now(), given)  # some closed while we waited: those are told apart now


def _together(pks: Collection[int], person: Person, at: datetime, given: Input) -> Together:
    return take_together(
        Recording.objects.visible_to(person),
        pks,
        TOGETHER,
        person=person,
        at=at,
        given=given,
        look=lambda found: prefetch_related_objects(found, "destruction"),
        work=_keep_judgements,
    )


def _keep_judgements(taken: Sequence[Taken]) -> None:
    """A judgement for each, in one statement."""
    Judgement.objects.bulk_create(judgement(one) for one in taken)


def _says_closed(error: IntegrityError) -> bool:
    return any(words in str(error) for words in CLOSED)


def do_what_comes_with_it(taken: Taken) -> str:
    """The step's own rows and the judgement. Answers with what the trail adds."""
    detail = WORK.get(taken.step.name, _nothing)(taken)
    judgement(taken).save(force_insert=True)
    return detail


def judgement(taken: Taken) -> Judgement:
    """The row that says what was judged; not saved. Whether this person had looked before, the database fills in."""
    given = {name: taken.input[name] for name in (*JUDGED, "council_record") if name in taken.input}
    return Judgement(
        recording=taken.subject,
        step=taken.step.name,
        person=taken.person,
        role=taken.capacity.role,
        at=taken.at,
        **given,
    )


def _nothing(taken: Taken) -> str:
    return ""


def keep(taken: Taken) -> str:
    recording = taken.subject
    ground = recording.get_ground_display()
    return f"Op {ground}, tot en met {day_in_words(recording.keep_until)}."


def ask_or_confirm(taken: Taken) -> str:
    """A judge's asks; a privacy officer's confirms what waits."""
    asked, given = taken.subject.waiting_request, taken.input
    if asked is None:
        TermRequest.objects.create(
            recording=taken.subject,
            keep_until=given["keep_until"],
            reasons=given["reasons"],
            asked_by=taken.person,
            asked_at=taken.at,
        )
        return f"Gevraagd tot en met {day_in_words(given['keep_until'])}; een privacyfunctionaris beslist."
    _answer(asked, taken, agreed=True)
    return f"Bevestigd: tot en met {day_in_words(asked.keep_until)}."


def refuse_longer(taken: Taken) -> str:
    _answer(taken.subject.waiting_request, taken, agreed=False)
    return f"De einddatum blijft {day_in_words(taken.subject.keep_until)}."


def _answer(asked: Any, taken: Taken, *, agreed: bool) -> None:
    TermVerdict.objects.create(
        request=asked,
        agreed=agreed,
        reasons=taken.input["reasons"],
        asked_by_id=asked.asked_by_id,
        decided_by=taken.person,
        decided_at=taken.at,
    )


WORK: dict[str, Callable[[Taken], str]] = {
    "noodzakelijk_verklaren": keep,
    "herbeoordelen": keep,
    "termijn_wijzigen": ask_or_confirm,
    "termijn_weigeren": refuse_longer,
}
