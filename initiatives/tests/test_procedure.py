"""The procedure written a second time, by hand, from the letter: the code must say the same, and so must the database.

Then every step is tried in every status by every role in every relation to the file: what is offered is exactly what is
allowed.
"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.services import take_step
from initiatives.tests.factories import PLAYED_BY, Cast, initiative, usual_input, walk
from organisation.models import Person
from organisation.roles import Role
from organisation.services import assign_role
from organisation.tests.factories import LONG_AGO, holder_of, holders_of, unit
from workflow.clock import now
from workflow.offers import offers
from workflow.steps import steps_of
from workflow.take import Forbidden, InputRefused, NotThere, StepRefused

CONCEPT, FILED, ASSESSED = "concept", "aangemeld", "beoordeeld"
APPROVED, REJECTED, OBJECTION, WITHDRAWN = "goedgekeurd", "afgewezen", "bezwaar", "ingetrokken"

BY_HAND: list[tuple[str, set[str], set[str], set[Role]]] = [
    ("noodzaak_vaststellen", {CONCEPT}, {CONCEPT}, {Role.HEAD}),
    ("aanmelden", {CONCEPT}, {FILED}, {Role.CONTACT}),
    ("terugsturen", {FILED, ASSESSED}, {CONCEPT}, {Role.LEADER}),
    ("hervatten", {CONCEPT}, {FILED}, {Role.LEADER}),
    ("uitstel_melden", {FILED, ASSESSED}, {FILED, ASSESSED}, {Role.LEADER}),
    ("beoordelen", {FILED}, {ASSESSED}, {Role.LEADER}),
    ("goedkeuren", {ASSESSED}, {APPROVED}, {Role.LEADER}),
    ("afwijzen", {ASSESSED}, {REJECTED}, {Role.LEADER}),
    ("berusten", {REJECTED, APPROVED}, {REJECTED, APPROVED}, {Role.HEAD}),
    ("bezwaar_maken", {REJECTED, APPROVED}, {OBJECTION}, {Role.HEAD}),
    ("bezwaar_intrekken", {OBJECTION}, {APPROVED, REJECTED}, {Role.HEAD}),
    ("afstemming_vastleggen", {OBJECTION}, {OBJECTION}, {Role.HOLDER}),
    ("verdagen", {OBJECTION}, {OBJECTION}, {Role.MANAGER}),
    ("gegrond_verklaren", {OBJECTION}, {APPROVED}, {Role.MANAGER}),
    ("ongegrond_verklaren", {OBJECTION}, {APPROVED, REJECTED}, {Role.MANAGER}),
    ("intrekken", {CONCEPT, FILED, ASSESSED}, {WITHDRAWN}, {Role.CONTACT}),
]


def test_statuses_are_those_of_the_letter_with_their_beginning_and_end() -> None:
    assert {status.value for status in Status} == {
        CONCEPT,
        FILED,
        ASSESSED,
        APPROVED,
        REJECTED,
        OBJECTION,
        WITHDRAWN,
    }


def test_the_code_has_these_steps_in_this_order() -> None:
    assert list(steps_of(Initiative)) == [name for name, *_ in BY_HAND]


@pytest.mark.parametrize(("name", "sources", "targets"), [row[:3] for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_each_step_leads_where_the_letter_says(name: str, sources: set[str], targets: set[str]) -> None:
    step = steps_of(Initiative)[name]
    assert (set(step.sources), set(step.targets)) == (sources, targets)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("source", Status.values)
def test_the_database_allows_exactly_the_moves_of_the_procedure(source: str) -> None:
    """Every update that the guard lets through, taken back before what a step should leave behind is looked at."""
    allowed = {
        target
        for _, sources, targets, _ in BY_HAND
        if source in sources and targets != sources
        for target in targets - {source}
    }
    cast = Cast()
    subject = initiative(cast, source)
    if source == CONCEPT:  # one with a number: without it the table itself refuses to let it be filed
        subject = walk(cast, "terugsturen", start=initiative(cast, FILED))
    assert {target for target in Status.values if target != source and _moves(subject, target)} == allowed


def _moves(subject: Initiative, target: str) -> bool:
    try:
        with transaction.atomic():
            Initiative.objects.filter(pk=subject.pk).update(status=target, final_ground="", final_on=None)
            raise _AllowedIt
    except _AllowedIt:
        return True
    except IntegrityError:
        return False


def everybody(cast: Cast) -> dict[str, Person]:
    """One person in every role and relation: of the file's unit, of another, with none, and each who acted before."""
    units: list[tuple[Role, str | None]] = [(role, code) for code in ("ON", "NN") for role in sorted(UNIT_ROLES)]
    parts = [*units, *((role, None) for role in Role if role not in UNIT_ROLES)]
    others = {
        f"{role.value}, {code or 'landelijk'}": one for (role, code), one in zip(parts, holders_of(*parts), strict=True)
    }
    acted = {
        f"{part}, handelde eerder": getattr(cast, part) for part in ("contact", "head", "leader", "manager", "holder")
    }
    return {**others, **acted}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", Status.values)
def test_offered_is_exactly_what_is_allowed(status: str) -> None:
    """Every step x every role x relation, in one status: an open offer is taken, everything else is refused."""
    cast = Cast()
    subject = initiative(cast, status)
    wrong = []
    for who, person in everybody(cast).items():
        offered, allowed = _offered(subject, person), _allowed(subject, person)
        wrong += [f"{who}: {name} offered, not allowed" for name in offered - allowed]
        wrong += [f"{who}: {name} allowed, not offered" for name in allowed - offered]
    assert wrong == []


def _offered(subject: Initiative, person: Person) -> set[str]:
    asked = _anew(person)
    seen = Initiative.objects.visible_to(asked).filter(pk=subject.pk).first()
    return {offer.step.name for offer in offers(seen, asked, now()) if offer.is_open} if seen else set()


def _allowed(subject: Initiative, person: Person) -> set[str]:
    asked = _anew(person)
    return {name for name in steps_of(Initiative) if _is_allowed(subject, asked, name)}


class _AllowedIt(Exception):
    """Thrown from within a step that was about to be taken, so that nothing is left of it."""


def _is_allowed(subject: Initiative, person: Person, name: str) -> bool:
    def read(*_: Any) -> Any:
        raise _AllowedIt

    try:
        take_step(subject.pk, name, person=person, at=now(), read=read)
    except _AllowedIt:
        return True
    except (NotThere, Forbidden, StepRefused):
        return False
    raise AssertionError("a step without reading what was typed")


def _anew(person: Person) -> Person:
    """The same person at the next request: rights are kept for one request only."""
    return Person.objects.get(pk=person.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "roles"), [(row[0], row[3]) for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_nobody_takes_a_step_of_another_role(name: str, roles: set[Role]) -> None:
    """In a status in which the step exists, only the roles of the letter get past the question of authority."""
    cast = Cast()
    status = sorted(next(row[1] for row in BY_HAND if row[0] == name))[0]
    subject = initiative(cast, status)
    step = steps_of(Initiative)[name]
    holders = holders_of(*((role, "ON" if role in UNIT_ROLES else None) for role in Role))
    may = {role for role, person in zip(Role, holders, strict=True) if _has_authority(step, subject, person)}
    assert may == roles


UNIT_ROLES = {Role(code) for code in Role.of_a_unit()}


def _has_authority(step: Any, subject: Initiative, person: Person) -> bool:
    return bool(getattr(step.who(_anew(person), subject), "role", ""))


SEPARATED: list[tuple[str, tuple[str, ...], str, Role, str]] = [
    ("who filed does not assess", ("noodzaak_vaststellen", "aanmelden"), "contact", Role.LEADER, "beoordelen"),
    (
        "who filed does not approve",
        ("noodzaak_vaststellen", "aanmelden", "beoordelen"),
        "contact",
        Role.LEADER,
        "goedkeuren",
    ),
    (
        "who filed does not reject",
        ("noodzaak_vaststellen", "aanmelden", "beoordelen"),
        "contact",
        Role.LEADER,
        "afwijzen",
    ),
    ("who signed does not file", ("noodzaak_vaststellen",), "head", Role.CONTACT, "aanmelden"),
    (
        "who decided does not give the view",
        ("noodzaak_vaststellen", "aanmelden", "beoordelen", "afwijzen", "bezwaar_maken"),
        "leader",
        Role.HOLDER,
        "afstemming_vastleggen",
    ),
    (
        "who decided does not decide again",
        (
            "noodzaak_vaststellen",
            "aanmelden",
            "beoordelen",
            "afwijzen",
            "bezwaar_maken",
            "afstemming_vastleggen",
        ),
        "leader",
        Role.MANAGER,
        "gegrond_verklaren",
    ),
    (
        "who gave the view does not decide",
        (
            "noodzaak_vaststellen",
            "aanmelden",
            "beoordelen",
            "afwijzen",
            "bezwaar_maken",
            "afstemming_vastleggen",
        ),
        "holder",
        Role.MANAGER,
        "ongegrond_verklaren",
    ),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("before", "part", "second_role", "name"), [row[1:] for row in SEPARATED], ids=[r[0] for r in SEPARATED]
)
def test_duties_are_separated_by_identity(before: tuple[str, ...], part: str, second_role: Role, name: str) -> None:
    """Somebody who acted before gets the second role as well, and is still refused; a colleague in that role is not."""
    cast = Cast()
    subject = walk(cast, *before)
    same, colleague = getattr(cast, part), holder_of(second_role, "ON" if second_role in UNIT_ROLES else None)
    assign_role(
        same, second_role, unit("ON") if second_role in UNIT_ROLES else None, from_date=LONG_AGO, by=None, at=now()
    )
    with pytest.raises(Forbidden):
        take_step(subject.pk, name, person=_anew(same), at=now(), read=lambda *_: usual_input(name, now()))
    setattr(cast, PLAYED_BY[name], colleague)
    assert walk(cast, name, start=subject).pk == subject.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("granted", "dictum", "taken"),
    [
        (["inkoopproces", "ict_integratie"], "gegrond", True),
        (["inkoopproces"], "deels_gegrond", True),
        (["inkoopproces"], "gegrond", False),
        (["inkoopproces", "ict_integratie"], "deels_gegrond", False),
        (["juridische_borging"], "deels_gegrond", True),
    ],
)
def test_the_dictum_says_what_the_unit_gets(granted: list[str], dictum: str, taken: bool) -> None:
    cast = Cast()
    subject = walk(cast, "afstemming_vastleggen", start=initiative(cast, "bezwaar"))
    given = {**usual_input("gegrond_verklaren", now()), "dictum": dictum, "support_granted": granted}
    try:
        take_step(subject.pk, "gegrond_verklaren", person=_anew(cast.manager), at=now(), read=lambda *_: given)
    except InputRefused:
        assert not taken
    else:
        assert taken
