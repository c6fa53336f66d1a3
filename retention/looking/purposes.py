"""Who may see image and sound of a recording, now, and for which purposes (S1-18, S4-08; T-13).

A judge of the unit until judging closes, and for as long as it is necessary; never of what they wore the camera for.
Who wore it, until judging closes, where policy and the initiative allow. A privacy officer always. Nobody of what is
destroyed or being destroyed. Asked again at every request, since all of this can change while somebody looks.
"""

from datetime import datetime
from typing import Any

from organisation.models import PolicyRule
from organisation.roles import Role
from retention.choices import ViewingPurpose as For
from retention.duties import guards, judges, wore_the_camera
from retention.procedure import Status
from workflow.clock import local_date
from workflow.who import Capacity, Refusal, Who, any_of

RULE = "drager-mag-terugkijken"
PURPOSES: dict[str, tuple[For, ...]] = {
    Role.JUDGE: (For.JUDGING, For.CASE, For.COMPLAINT, For.FORCE, For.REQUEST),
    Role.WEARER: (For.JUDGING, For.REPORT),
    Role.PRIVACY: (For.REQUEST, For.COMPLAINT, For.SUPERVISION),
}
"""What each role may look for."""

GONE = "Deze opname is vernietigd, of het vernietigen is begonnen. Er is niets meer te zien."
CLOSED = "Het beoordelen van deze opname is gesloten. Alleen een privacyfunctionaris kan haar nog bekijken."
RESTRICTED = "Deze opname is uit gebruik genomen. Alleen een privacyfunctionaris kan haar nog bekijken."
NOT_BY_RULE = "Terugkijken door wie de camera droeg is nu niet toegestaan: daarover gaat het landelijk beleid."
NOT_BY_INITIATIVE = "Bij dit initiatief mag wie de camera droeg niet terugkijken."

sees = any_of(guards, judges, wore_the_camera)
"""Who would see image and sound, whatever has become of the recording."""
takes_along = any_of(guards, judges)
"""Who may download or disclose it: never in the role of who wore the camera (S4-08)."""


def capacity_to_look(person: Any, recording: Any) -> Capacity | Refusal:
    return _asked(sees, person, recording)


def capacity_to_take_along(person: Any, recording: Any) -> Capacity | Refusal:
    return _asked(takes_along, person, recording)


def _asked(who: Who, person: Any, recording: Any) -> Capacity | Refusal:
    answer: Capacity | Refusal = who(person, recording)
    return answer


def closed_because(recording: Any, capacity: Capacity, at: datetime) -> str:
    """Why somebody in this capacity cannot see it now; empty when that is possible."""
    if recording.status == Status.VERNIETIGD or recording.is_being_destroyed:
        return GONE
    if capacity.role == Role.PRIVACY:
        return ""
    is_open = at < recording.judging_closes_at
    if recording.status == Status.VERWIJDERD or not (is_open or _stays(recording, capacity, at)):
        return CLOSED
    if recording.is_restricted:
        return RESTRICTED
    return _not_for_the_wearer(recording, at) if capacity.role == Role.WEARER else ""


def _stays(recording: Any, capacity: Capacity, at: datetime) -> bool:
    """What is necessary stays open to the judge until the end of its last day, whether the clock came by or not."""
    return capacity.role == Role.JUDGE and recording.is_necessary and bool(at < recording.next_at)


def _not_for_the_wearer(recording: Any, at: datetime) -> str:
    if not PolicyRule.objects.in_force_on(local_date(at)).filter(code=RULE).exists():
        return NOT_BY_RULE
    initiative = recording.initiative
    return NOT_BY_INITIATIVE if initiative and initiative.wearer_may_not_review else ""
