"""Who may take a step: a function of a person and an object that answers with a capacity or a refusal.

What roles there are and who holds them is for the app that knows people; here is only the shape of the answer.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Capacity(NamedTuple):
    """In which role somebody acts: written into the journal with the step.

    `title` begins the sentence ("De projectleider"); `unit` is the code of the unit for which the role holds, empty
    when national; `mandate` says on whose behalf, empty when in the person's own right.
    """

    role: str
    title: str
    unit: str = ""
    mandate: str = ""


class Refusal(NamedTuple):
    """Why not. `told` refusals are shown beside the steps (separation of duties); the others say that the role is
    missing. `capacity` is the role in which it was tried, when there was one.
    """

    sentence: str
    told: bool = False
    capacity: Capacity | None = None


class Who(NamedTuple):
    """Who may take a step: asked with a person and an object, it answers with a capacity or a refusal.

    `roles` and `conditions` say the same in words: the roles that give the right, and what is asked beside the role.
    """

    ask: Callable[[Any, Any], Capacity | Refusal]
    roles: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def __call__(self, person: Any, subject: Any) -> Capacity | Refusal:
        return self.ask(person, subject)


def all_of(first: Who, *others: Who) -> Who:
    """The capacity that `first` gives, when none of the others refuses."""

    def ask(person: Any, subject: Any) -> Capacity | Refusal:
        answer = first(person, subject)
        if isinstance(answer, Capacity):
            for other in others:
                further = other(person, subject)
                if isinstance(further, Refusal):
                    return further._replace(capacity=answer)
        return answer

    conditions = tuple(condition for who in (first, *others) for condition in who.conditions)
    return Who(ask, first.roles, conditions)


def any_of(*ways: Who) -> Who:
    """The first capacity that one of `ways` gives; else a refusal that is told, before one that only misses the
    role.
    """

    def ask(person: Any, subject: Any) -> Capacity | Refusal:
        answers = [way(person, subject) for way in ways]
        told = [answer for answer in answers if isinstance(answer, Refusal) and answer.told]
        return next((answer for answer in answers if isinstance(answer, Capacity)), (told or answers)[0])

    roles = tuple(dict.fromkeys(role for way in ways for role in way.roles))
    return Who(ask, roles, tuple(dict.fromkeys(condition for way in ways for condition in way.conditions)))
