"""What a text file tells: stories with their parts, reports outside the procedure, general questions and their answers,
that the procedure was passed on, mandates, and people who leave.

A day is written as a date, or as a number of days before loading (negative: after it). Telling it to the register is in
`load.py`.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from organisation.demo import ACCOUNTS, FORMER, UNITS
from organisation.roles import Role

TEXTS = Path(__file__).parent / "texts"
Day = date | int

BEGINS, WRITES, LAPSES, ASKS, ANSWERS = "beginnen", "bewaren", "termijn_verstreken", "vraag", "antwoord"
SUPPORTS, REPORTS, EVALUATES = "ondersteunen", "uitvoering", "evaluatie"
"""Parts that are no steps: beginning a concept, saving its form, the night after the objection term, a question to the
project leader with its answer, a line about support work, the report of what became of it, and the evaluation of an
experiment.
"""

PLAYED_BY: dict[str, Role] = {
    BEGINS: Role.CONTACT,
    WRITES: Role.CONTACT,
    ASKS: Role.CONTACT,
    ANSWERS: Role.LEADER,
    REPORTS: Role.CONTACT,
    EVALUATES: Role.CONTACT,
    "noodzaak_vaststellen": Role.HEAD,
    "aanmelden": Role.CONTACT,
    "terugsturen": Role.LEADER,
    "hervatten": Role.LEADER,
    "uitstel_melden": Role.LEADER,
    "beoordelen": Role.LEADER,
    "goedkeuren": Role.LEADER,
    "afwijzen": Role.LEADER,
    "berusten": Role.HEAD,
    "bezwaar_maken": Role.HEAD,
    "bezwaar_intrekken": Role.HEAD,
    "afstemming_vastleggen": Role.HOLDER,
    "verdagen": Role.MANAGER,
    "gegrond_verklaren": Role.MANAGER,
    "ongegrond_verklaren": Role.MANAGER,
    "intrekken": Role.CONTACT,
    SUPPORTS: Role.LEADER,
}
"""Who does what, when the story does not say who."""


class Part(NamedTuple):
    """Something that somebody does in a story: a step, or one of the others above. `says` is what is typed in its
    form.
    """

    day: Day
    take: str
    by: str
    says: dict[str, Any]


class Story(NamedTuple):
    """One initiative. `key` names it among the stories; nobody sees that name."""

    key: str
    unit: str
    kinds: list[str]
    parts: tuple[Part, ...]


class Report(NamedTuple):
    """Something that the scope check placed outside the procedure."""

    key: str
    unit: str
    day: Day
    answer: str
    reasons: str
    by: str


class Question(NamedTuple):
    """A question in general, of somebody of this unit; the title finds it again when it is answered."""

    key: str
    unit: str
    day: Day
    title: str
    text: str
    by: str


class Answer(NamedTuple):
    """The project leader's answer to the general question with this title; a second one takes its place."""

    key: str
    day: Day
    title: str
    text: str


class PassedOn(NamedTuple):
    """The head of a unit confirms that the procedure was passed on."""

    key: str
    unit: str
    day: Day
    how: str


class Mandate(NamedTuple):
    """A mandate from the unit's head to its contact person."""

    key: str
    unit: str
    day: Day
    until: Day
    kind: str


class Departure(NamedTuple):
    """The last day of a unit's contact person who is not replaced."""

    key: str
    unit: str
    day: Day


class Team(NamedTuple):
    """A unit below another, made by an administrator."""

    key: str
    day: Day
    code: str
    name: str
    parent: str


class Ending(NamedTuple):
    """An administrator proposes that a unit goes up in another."""

    key: str
    day: Day
    unit: str
    successor: str
    last_day: Day
    reasons: str


class Confirmation(NamedTuple):
    """Another administrator confirms what was proposed for this unit."""

    key: str
    day: Day
    unit: str


class Deputy(NamedTuple):
    """Somebody new, who deputises for the head of this unit until a day."""

    key: str
    day: Day
    unit: str
    number: str
    until: Day


class Proposal(NamedTuple):
    """A new version of a policy rule that waits for an answer."""

    key: str
    day: Day
    code: str
    valid_from: Day
    valid_until: Day
    sentence: str
    citation: str
    reasons: str


class Token(NamedTuple):
    """A token with which a program reads the register, of one unit when that is named. Nobody knows the secret."""

    key: str
    day: Day
    name: str
    unit: str
    until: Day


class Selection(NamedTuple):
    """A selection of the register that somebody saves under a name."""

    key: str
    day: Day
    by: str
    name: str
    address: str


Told = (
    Story
    | Report
    | Question
    | Answer
    | PassedOn
    | Mandate
    | Departure
    | Team
    | Ending
    | Confirmation
    | Deputy
    | Proposal
    | Token
    | Selection
)
NATIONAL: dict[str, type[Team | Ending | Confirmation | Deputy | Proposal | Token | Selection]] = {
    "team": Team,
    "ending": Ending,
    "confirmation": Confirmation,
    "deputy": Deputy,
    "proposal": Proposal,
    "token": Token,
    "selection": Selection,
}
"""What the file about the country tells, by the names of its tables."""


def number_of(role: Role, unit: str) -> str:
    """The number of whoever plays this role, for this unit when the role is one of a unit; the first of several."""
    unit = "" if role.value in Role.national() else unit
    return next(account.number for account in (*ACCOUNTS, FORMER) if (account.role, account.unit) == (role, unit))


def read() -> Iterator[Told]:
    """Everything that the files tell: the country, then unit by unit."""
    with (TEXTS / "landelijk.toml").open("rb") as file:
        country = tomllib.load(file)
    for name, kind in NATIONAL.items():
        yield from (kind(**told) for told in country[name])
    for unit in UNITS.values():
        with (TEXTS / f"{unit}.toml").open("rb") as file:
            told = tomllib.load(file)
        contact = number_of(Role.CONTACT, unit)
        yield from (_story(unit, **story) for story in told.get("story", ()))
        yield from (Report(unit=unit, **{"by": contact, **report}) for report in told.get("report", ()))
        yield from (Question(unit=unit, **{"by": contact, **question}) for question in told.get("question", ()))
        yield from (Answer(**answer) for answer in told.get("answer", ()))
        yield from (PassedOn(unit=unit, **confirmed) for confirmed in told.get("passed_on", ()))
        yield from (Mandate(unit=unit, **mandate) for mandate in told.get("mandate", ()))
        yield from (Departure(unit=unit, **departure) for departure in told.get("departure", ()))


def _story(
    unit: str, key: str, kinds: list[str], day: Day, says: dict[str, Any], part: Iterable[dict[str, Any]] = ()
) -> Story:
    """A story as it stands in a file: who begins it, writes it down at once; the other parts say what they take."""
    by = says.pop("by", number_of(Role.CONTACT, unit))
    begun = (Part(day, BEGINS, by, {}), Part(day, WRITES, by, says))
    return Story(key, unit, kinds, (*begun, *(_part(unit, **one) for one in part)))


def _part(unit: str, day: Day, take: str, by: str = "", **says: Any) -> Part:
    return Part(day, take, by or ("" if take == LAPSES else number_of(PLAYED_BY[take], unit)), says)
