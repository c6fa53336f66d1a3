"""Who may do something with a recording because of what they did, or did not do, before: who wore the camera, who
judged it at the end of the shift, who asked for a longer term.

By identity, never by permission: somebody with two roles is still one person. The database refuses the same by
triggers and constraints.
"""

from typing import Any

from organisation.permissions import capacity_with, holds, may, may_for
from organisation.roles import Perm, Role
from workflow.who import Capacity, Refusal, Who, all_of, any_of

NOBODY = Capacity(role="", title="")
CLOCK = "de klok"


def _did_not_wear(person: Any, recording: Any) -> Capacity | Refusal:
    if recording.is_of(person):
        return Refusal("U droeg deze camera zelf. Daarom beoordeelt een ander deze opname.", told=True)
    return NOBODY


did_not_wear_the_camera = Who(_did_not_wear, conditions=("niet wie de camera droeg",))
judges = all_of(holds(Perm.JUDGE_RECORDINGS), did_not_wear_the_camera)
guards = all_of(holds(Perm.GUARD_PRIVACY), did_not_wear_the_camera)


def _wore(person: Any, recording: Any) -> Capacity | Refusal:
    """In whatever unit somebody wears a camera now: a recording stays one's own."""
    if not may(person, Perm.WEAR_CAMERA):
        return holds(Perm.WEAR_CAMERA)(person, recording)
    if not recording.is_of(person):
        return Refusal("U droeg deze camera niet.")
    return capacity_with(person, Perm.WEAR_CAMERA)


wore_the_camera = Who(_wore, (Role.WEARER.label,), ("alleen van een eigen opname",))


def _judged_it(person: Any, recording: Any) -> Capacity | Refusal:
    judged = recording.last_judgement
    if judged is None or judged.person_id != person.pk:
        return Refusal(
            "Een beoordelaar heeft deze opname beoordeeld. Alleen een beoordelaar draait dat terug.", told=True
        )
    return NOBODY


takes_back = any_of(
    judges, all_of(wore_the_camera, Who(_judged_it, conditions=("de drager alleen het eigen oordeel",)))
)


def answers_for_the_term(person: Any, recording: Any) -> bool:
    """Whether this person would say yes or no to a longer term; who judges for the unit asks for it."""
    if not may(person, Perm.GUARD_PRIVACY):
        return False
    return recording.waiting_request is not None or not may_for(person, Perm.JUDGE_RECORDINGS, recording)


def _is_another(person: Any, recording: Any) -> Capacity | Refusal:
    asked = recording.waiting_request
    if asked is not None and asked.asked_by_id == person.pk:
        return Refusal("U vroeg zelf om deze termijn. Daarom beslist een ander.", told=True)
    return NOBODY


decides_on_the_term = all_of(guards, Who(_is_another, conditions=("niet wie om de termijn vroeg",)))


def _asks_or_decides(person: Any, recording: Any) -> Capacity | Refusal:
    way = decides_on_the_term if answers_for_the_term(person, recording) else judges
    return way(person, recording)


asks_or_decides = Who(
    _asks_or_decides,
    (*judges.roles, *guards.roles),
    ("een beoordelaar vraagt, een privacyfunctionaris bevestigt", "twee mensen", *did_not_wear_the_camera.conditions),
)

the_clock = Who(lambda person, recording: Refusal("Dit doet de klok, en geen mens."), (CLOCK,))
