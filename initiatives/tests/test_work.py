"""What waits for somebody is exactly what that person finds open on the files, for everybody in every situation."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.tests.factories import COMPLETE, TO_STATUS, Cast, concept, days_ago, walk
from initiatives.work.elsewhere import lying_elsewhere, pace, units_without
from initiatives.work.waiting import DUTIES, GROUPS, Counts, counted, first_rows, waiting_for
from initiatives.work.words import row_of, when_nothing_waits
from organisation.mandates import give_mandate
from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.services import assign_role
from organisation.tests.factories import LONG_AGO, holder_of, person, unit
from workflow.clock import local_date, now
from workflow.offers import offers

pytestmark = pytest.mark.django_db

NEEDED = {name for duty in DUTIES.values() for name in duty.steps}
"""The steps that wait for somebody; what is not among them may be done, but need not."""


def must_act(initiative: Initiative, somebody: Person) -> bool:
    """Read off the file itself: a step that is needed is open, or closed only by what is still to be filled in."""
    for offer in offers(initiative, somebody, now()):
        name = offer.step.name
        if name not in NEEDED:
            continue
        if name == "aanmelden" and not any("Daarom moet een ander" in reason.sentence for reason in offer.reasons):
            return True
        if offer.is_open and still_needed(initiative, name):
            return True
    return False


def still_needed(initiative: Initiative, name: str) -> bool:
    """These steps stay open after they were taken, or before there is a need for them."""
    if name == "noodzaak_vaststellen":
        says_it = initiative.cameras_requested is not None and initiative.amount is not None
        return "aanschaf" in initiative.kinds and initiative.necessity is None and says_it
    if name == "afstemming_vastleggen":
        return not initiative.views.exists()
    if name == "bezwaar_maken":
        return not initiative.is_final
    return True


def late(cast: Cast) -> Initiative:
    """Sent back so long ago that the day for supplementing it has passed."""
    return walk(cast, *TO_STATUS["aangemeld"], "terugsturen", at=days_ago(60))


def everything(cast: Cast) -> Iterator[Initiative]:
    """Files in every situation that makes a difference for somebody."""
    yield from (walk(cast, *steps) for steps in TO_STATUS.values())
    yield concept(cast, amount=None)
    yield concept(cast, kinds=["ontwikkeling"])
    yield walk(cast, "noodzaak_vaststellen")
    yield walk(cast, "noodzaak_vaststellen", given={"noodzaak_vaststellen": {"necessary": False}})
    yield walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    yield late(cast)
    yield walk(cast, "hervatten", start=late(cast))
    every = {"goedkeuren": {"support_granted": COMPLETE["requested_support"]}}
    yield walk(cast, *TO_STATUS["goedgekeurd"], given=every)
    yield walk(cast, *TO_STATUS["afgewezen"], "berusten")
    yield walk(cast, *TO_STATUS["bezwaar"], "afstemming_vastleggen")
    yield walk(cast, *TO_STATUS["bezwaar"], "verdagen")
    yield walk(cast, *TO_STATUS["bezwaar"], "bezwaar_intrekken")
    yield walk(cast, *TO_STATUS["bezwaar"], "afstemming_vastleggen", "gegrond_verklaren")
    yield walk(cast, *TO_STATUS["bezwaar"], "afstemming_vastleggen", "ongegrond_verklaren")


def also(somebody: Person, *roles: Role) -> None:
    """Somebody gets further roles, of Oost-Nederland or national, so that duties must be kept apart."""
    for role in roles:
        of_a_unit = role in Role.of_a_unit()
        assign_role(somebody, role, unit("ON") if of_a_unit else None, from_date=LONG_AGO, by=None, at=now())


def fresh(somebody: Person) -> Person:
    return Person.objects.get(pk=somebody.pk)


def test_what_waits_is_what_stands_open_on_the_file() -> None:
    cast = Cast("ON")
    files = [*everything(cast), walk(Cast("NN"), *TO_STATUS["afgewezen"])]
    day = local_date(now())
    mandated = holder_of(Role.CONTACT, "ON")
    give_mandate(fresh(cast.head), mandated, unit("ON"), Mandate.Kind.OBJECT, from_date=day, until_date=day)
    also(cast.contact, Role.HEAD, Role.LEADER, Role.MANAGER)
    also(cast.head, Role.CONTACT)
    also(cast.leader, Role.MANAGER, Role.HOLDER)
    also(cast.holder, Role.MANAGER)
    others = [holder_of(role, "ON" if role in Role.of_a_unit() else None) for role in Role]
    everybody = [cast.contact, cast.head, cast.leader, cast.manager, cast.holder, mandated, person(), *others]
    for somebody in map(fresh, everybody):
        waiting = set(waiting_for(somebody, day).values_list("pk", flat=True))
        wanted = {file.pk for file in files if must_act(Initiative.objects.get(pk=file.pk), somebody)}
        assert waiting == wanted, f"{somebody} of {everybody}"


def test_every_duty_is_some_persons_and_says_what_to_do() -> None:
    cast = Cast("ON")
    files = list(everything(cast))
    day = local_date(now())
    second = holder_of(Role.LEADER)
    found: list[Any] = [
        row
        for somebody in (cast.contact, cast.head, second, cast.manager, cast.holder)
        for row in first_rows(waiting_for(fresh(somebody), day))
    ]
    assert {row.duty for row in found} == DUTIES.keys() - {"object"}
    shown = [row_of(row, day) for row in found]
    assert all(row.task and row.note and row.title and row.place for row in shown)
    assert len({file.pk for file in files}) > len(DUTIES)


def test_the_nearest_term_comes_first_and_urgent_first_within_a_day() -> None:
    cast = Cast("ON")
    urgent = {"noodzaak_vaststellen": {"urgent": True}}
    usual = walk(cast, *TO_STATUS["aangemeld"])
    pressing = walk(cast, *TO_STATUS["aangemeld"], given=urgent)
    earlier = walk(cast, *TO_STATUS["aangemeld"], at=days_ago(20))
    found = waiting_for(fresh(cast.leader), local_date(now()))
    assert [file.pk for file in found] == [earlier.pk, pressing.pk, usual.pk]


def test_the_number_of_queries_is_the_same_however_much_waits() -> None:
    cast = Cast("ON")

    def asked() -> int:
        leader = fresh(cast.leader)
        day = local_date(now())
        with CaptureQueriesContext(connection) as queries:
            found = waiting_for(leader, day)
            assert counted(found, day).all == len([row_of(row, day) for row in first_rows(found)])
        return len(queries)

    walk(cast, *TO_STATUS["aangemeld"])
    few = asked()
    for steps in ("aangemeld", "beoordeeld", "aangemeld"):
        walk(cast, *TO_STATUS[steps])
    assert asked() == few


# --- counting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "group"), [(None, 3), (-1, 0), (-400, 0), (0, 1), (7, 1), (8, 2), (4000, 2)]
)  # fmt: skip
def test_a_term_stands_under_the_head_that_fits(days: int | None, group: int) -> None:
    today = date(2026, 11, 21)
    due_on = None if days is None else today + timedelta(days=days)
    counts = Counts(today, {due_on: 3})
    assert counts.group_of(due_on) == GROUPS[group]
    assert counts.by_group()[GROUPS[group]] == counts.all == 3
    assert (counts.late, counts.soon) == (3 if group == 0 else 0, 3 if group == 1 else 0)


# --- around it ------------------------------------------------------------------------------------


def lying(somebody: Any) -> dict[str, int]:
    return {found.what.many: found.files for found in lying_elsewhere(fresh(somebody))}


def test_what_lies_with_others_is_told_to_who_may_know() -> None:
    cast = Cast("ON")
    for steps in (TO_STATUS["aangemeld"], TO_STATUS["bezwaar"], (*TO_STATUS["bezwaar"], "afstemming_vastleggen")):
        walk(cast, *steps)
    walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    concept(cast)
    view, objection = "bezwaren bij de portefeuillehouder", "bezwaren bij de programmamanager"
    assert lying(cast.leader) == {"dossiers bij de eenheid voor aanvulling": 1, view: 1, objection: 1}
    assert lying(cast.manager) == {view: 1}
    assert lying(cast.holder) == {objection: 1}
    assert lying(cast.contact) == {"initiatieven die de projectleider beoordeelt": 1, view: 1, objection: 1}
    assert lying(holder_of(Role.HEAD, "NN")) == lying(holder_of(Role.AUDITOR)) == {}


def test_the_pace_of_this_year_is_told_to_who_decides() -> None:
    cast = Cast("ON")
    day = local_date(now())
    assert pace(fresh(cast.leader), day) is None
    walk(cast, *TO_STATUS["goedgekeurd"])
    walk(cast, *TO_STATUS["ingetrokken"])
    filed = walk(cast, *TO_STATUS["aangemeld"], at=days_ago(70))
    walk(cast, "beoordelen", "afwijzen", start=filed)
    assert pace(fresh(cast.leader), day) == (35, 1, 2)
    assert pace(fresh(cast.manager), day) is None
    walk(cast, *TO_STATUS["bezwaar"], "afstemming_vastleggen", "ongegrond_verklaren")
    assert pace(fresh(cast.manager), day) is not None
    assert pace(fresh(cast.contact), day) is None


def test_a_unit_without_contact_person_or_head_stands_out() -> None:
    head, contact = holder_of(Role.HEAD, "LI"), holder_of(Role.CONTACT, "NN")
    day = local_date(now())
    found = {unit.code: lacking for unit, lacking in units_without(holder_of(Role.LEADER), day)}
    assert found["LI"] == [Role.CONTACT]
    assert found["NN"] == [Role.HEAD]
    assert found["ON"] == [Role.CONTACT, Role.HEAD]
    assert [unit.code for unit, _ in units_without(fresh(head), day)] == ["LI"]
    assert [unit.code for unit, _ in units_without(fresh(contact), day)] == ["NN"]
    assert list(units_without(holder_of(Role.AUDITOR), day)) == []


@pytest.mark.parametrize("role", [*Role, None])
def test_who_has_nothing_to_do_is_told_what_will_come_or_where_to_go(role: Role | None) -> None:
    somebody = holder_of(role, "ON" if role in Role.of_a_unit() else None) if role else person()
    empty = when_nothing_waits(fresh(somebody))
    assert empty.sentence.endswith(".")
    assert bool(empty.url) == bool(empty.link)
    assert Status.CONCEPT.label not in empty.sentence
