"""A unit ends by two people, on its day and once; what belongs to it goes along, what was decided stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from journal.models import Entry
from organisation.endings import FOLLOWERS, carry_out_endings, decide_ending, preview, propose_ending
from organisation.holders import first_roles
from organisation.mandates import give_mandate
from organisation.models import Mandate, Outcome, Person, Unit, UnitEnding, UnitEndingDone, UnitEndingVerdict
from organisation.permissions import may, units_with
from organisation.refusals import OrganisationRefused
from organisation.roles import Perm, Role
from organisation.services import appoint_deputy
from organisation.tests.factories import LONG_AGO, also_holds, holder_of, person, planned_ending, unit
from organisation.units import create_unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return local_date(now()) + timedelta(days=days)


def afresh(somebody: Person) -> Person:
    return Person.objects.get(pk=somebody.pk)


@pytest.fixture
def proposer() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def other() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def proposed(by: Person, code: str = "SKL", successor: str | None = "PDC", days: int = 30) -> UnitEnding:
    heir = unit(successor) if successor else None
    return propose_ending(unit(code), heir, in_days(days), "Zo is besloten.", by=by, at=now())


def answered(ending: UnitEnding, outcome: Outcome, by: Person) -> None:
    decide_ending(ending, outcome, "", by=by, at=now())


def refused(sentence: str) -> Any:
    return pytest.raises(OrganisationRefused, match=sentence)


# --- two people -----------------------------------------------------------------------------------


def test_proposal_changes_nothing_and_counts_what_would_move(proposer: Person) -> None:
    holder_of(Role.CONTACT, "SKL")
    ending = proposed(proposer)
    assert (ending.effect["roles"], unit("SKL").valid_until) == (1, None)
    entry = Entry.objects.latest("id")
    day = in_days(31)
    assert (entry.action, entry.unit, entry.reason) == ("opheffing_voorgesteld", "SKL", "Zo is besloten.")
    assert str(entry).startswith("De beheerder stelt voor: Staf korpsleiding gaat op ")
    assert str(day.year) in str(entry)


def test_another_confirms_and_nobody_answers_their_own(proposer: Person, other: Person) -> None:
    ending = proposed(proposer)
    for outcome in (Outcome.CONFIRMED, Outcome.REFUSED):
        with refused("een andere beheerder"):
            answered(ending, outcome, proposer)
    answered(ending, Outcome.CONFIRMED, other)
    assert list(UnitEnding.objects.planned()) == [ending]
    with refused("al beantwoord"):
        answered(ending, Outcome.REFUSED, holder_of(Role.ADMINISTRATOR))


def test_database_refuses_the_proposers_own_answer(proposer: Person) -> None:
    ending = proposed(proposer)
    verdict = UnitEndingVerdict(proposal=ending, outcome="bevestigd", decided_by=proposer, decided_at=now())
    with pytest.raises(IntegrityError, match="answered by another"), transaction.atomic():
        verdict.save()


def test_only_an_administrator_proposes_and_answers(proposer: Person) -> None:
    ending = proposed(proposer)
    for somebody in (holder_of(Role.LEADER), holder_of(Role.HEAD, "SKL"), Person.objects.create_superuser("9000")):
        with refused("Alleen een functioneel beheerder"):
            proposed(somebody, "PDC", "SKL")
        with refused("Alleen een functioneel beheerder"):
            answered(ending, Outcome.CONFIRMED, somebody)


def test_what_cannot_be_is_refused_in_words(proposer: Person) -> None:
    with refused("vandaag of een latere dag"):
        proposed(proposer, days=-1)
    with refused("De opvolger bestaat dan niet"):
        proposed(proposer, "SKL", "SKL")
    with refused("hetzelfde niveau"):
        proposed(proposer, "SKL", "ON-01")
    with refused("vallen nog onderdelen"):
        proposed(proposer, "ON", None)
    with refused("valt onder deze eenheid"):
        Unit.objects.filter(code="ON-02").update(parent=unit("ON-01"))
        proposed(proposer, "ON-01", "ON-02")
    proposed(proposer)
    with refused("ligt al een voorstel"):
        proposed(proposer)


def test_units_never_go_up_in_each_other(proposer: Person, other: Person) -> None:
    """By way of a third neither. The twin: one that goes up in another can have gone-up ones itself."""
    proposed(proposer, "AM", "MN", days=30)
    answered(proposed(proposer, "MN", "NH", days=40), Outcome.CONFIRMED, other)
    for successor in ("AM", "MN"):
        with refused("gaat zelf op in deze eenheid"):
            proposed(proposer, "NH", successor, days=50)
    assert proposed(proposer, "NH", "DH", days=50)


def test_units_never_go_up_in_each_other_by_way_of_what_was_carried_out(proposer: Person, other: Person) -> None:
    """The twin: what is no part of that chain can still be chosen."""
    answered(proposed(proposer, "AM", "MN", days=40), Outcome.CONFIRMED, other)
    planned_ending("MN", "NH", in_days(-1))
    assert carry_out_endings(now()) == 1
    with refused("in een die daarin opgaat. Kies een andere"):
        proposed(proposer, "NH", "AM", days=50)
    assert proposed(proposer, "NH", "DH", days=50)


def test_database_refuses_that_a_unit_comes_after_itself_at_the_end_of_a_chain() -> None:
    """The twin: the chain itself, and one that goes on to another unit."""
    for code, successor in (("AM", "MN"), ("MN", "NH"), ("NH", "AM")):
        planned_ending(code, successor, in_days(9))
    for code, successor in (("AM", "MN"), ("MN", "NH")):
        Unit.objects.filter(code=code).update(successor=unit(successor))
    with pytest.raises(IntegrityError, match="does not come after itself"), transaction.atomic():
        Unit.objects.filter(code="NH").update(successor=unit("AM"))
    assert Unit.objects.filter(code="NH").update(successor=unit("DH"))


def test_database_refuses_that_a_unit_comes_after_itself() -> None:
    planned_ending("AM", "MN", in_days(-2))
    planned_ending("MN", "AM", in_days(-1))
    assert carry_out_endings(now()) == 1
    assert (unit("AM").successor, unit("MN").successor) == (unit("MN"), None)


# --- on the day -----------------------------------------------------------------------------------


def test_nothing_happens_on_the_last_day_and_all_on_the_next(proposer: Person, other: Person) -> None:
    answered(proposed(proposer, days=0), Outcome.CONFIRMED, other)
    assert carry_out_endings(now()) == 0
    ending = planned_ending("AM", "MN", in_days(-1))
    assert (carry_out_endings(now()), carry_out_endings(now())) == (1, 0)
    ended = unit("AM")
    assert (ended.successor, ended.valid_until) == (unit("MN"), in_days(-1))
    assert UnitEndingDone.objects.get().ending == ending
    assert str(Entry.objects.filter(action="eenheid_opgeheven").get()).startswith("Amsterdam ging op ")


def test_database_refuses_an_end_before_its_day_or_by_one_person(proposer: Person) -> None:
    for ending in (proposed(proposer), planned_ending("AM", "MN", in_days(0))):
        with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
            UnitEndingDone.objects.create(ending=ending, done_at=now())
    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        Unit.objects.filter(code="SKL").update(successor=unit("PDC"))


def test_roles_go_along_and_the_head_keeps_seeing() -> None:
    contact, head = holder_of(Role.CONTACT, "AM"), holder_of(Role.HEAD, "AM")
    both = holder_of(Role.CONTACT, "AM")
    deputy = person()
    appoint_deputy(
        contact.assignments.get(),
        deputy,
        from_date=in_days(-3),
        until_date=in_days(9),
        by=holder_of(Role.ADMINISTRATOR),
        at=now(),
    )
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    moved = contact.assignments.get(unit=unit("MN"))
    assert (moved.from_date, moved.until_date) == (in_days(0), None)
    assert contact.assignments.get(unit=unit("AM")).until_date == in_days(-1)
    assert deputy.assignments.get(unit=unit("MN")).deputy_for == moved
    assert {unit("AM").pk, unit("MN").pk} <= units_with(afresh(both), Perm.FILE)
    assert units_with(afresh(head), Perm.SEE_FILES) >= {unit("AM").pk}
    assert not may(afresh(head), Perm.OBJECT)
    assert not head.assignments.filter(unit=unit("MN")).exists()


def test_deputy_of_who_is_in_the_successor_already_deputises_there() -> None:
    contact, deputy = holder_of(Role.CONTACT, "AM"), person()
    there = also_holds(contact, Role.CONTACT, "MN").assignments.get(unit=unit("MN"))
    period = {"from_date": in_days(-3), "until_date": in_days(9)}
    absent, by = contact.assignments.get(unit=unit("AM")), holder_of(Role.ADMINISTRATOR)
    appoint_deputy(absent, deputy, **period, by=by, at=now())
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    assert deputy.assignments.get(unit=unit("MN")).deputy_for == there


def of(somebody: Person, code: str = "MN") -> list[tuple[date, date | None, bool]]:
    """From when until when, and whether as a deputy."""
    found = somebody.assignments.filter(unit=unit(code)).order_by("from_date")
    return [(one.from_date, one.until_date, one.deputy_for_id is not None) for one in found]


def test_role_goes_on_for_the_days_that_the_successor_did_not_give(proposer: Person) -> None:
    """Also beyond a deputyship there and before a role that is yet to begin; the deputy follows what goes on. The twin:
    the deputy of the first days only follows what is there then.
    """
    contact, elsewhere, deputy, short = holder_of(Role.CONTACT, "AM"), holder_of(Role.CONTACT, "MN"), person(), person()
    own = contact.assignments.get()
    for absent, somebody, until in ((elsewhere.assignments.get(), contact, 5), (own, deputy, 29), (own, short, 3)):
        appoint_deputy(absent, somebody, from_date=in_days(0), until_date=in_days(until), by=proposer, at=now())
    also_holds(contact, Role.CONTACT, "MN", in_days(20), in_days(24))
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    first, *_, last = contact.assignments.filter(unit=unit("MN")).order_by("from_date")
    assert of(contact) == [
        (in_days(0), in_days(5), True),
        (in_days(6), in_days(19), False),
        (in_days(20), in_days(24), False),
        (in_days(25), None, False),
    ]
    assert of(deputy) == [(in_days(0), in_days(29), True)]
    assert [one.assignments.get(unit=unit("MN")).deputy_for for one in (deputy, short)] == [last, first]


@pytest.mark.parametrize(
    ("had", "until", "new"),
    [
        ([], 9, [(0, 9)]),
        ([(-9, None)], None, []),
        ([(-9, 9)], 9, []),
        ([(-9, 20)], 9, []),
        ([(-9, 8)], 9, [(9, 9)]),
        ([(1, 9)], 9, [(0, 0)]),
        ([(9, 9)], 9, [(0, 8)]),
        ([(10, 12)], 9, [(0, 9)]),
        ([(-9, 0), (1, 3), (6, 8)], None, [(4, 5), (9, None)]),
    ],
)
def test_no_day_is_given_twice_and_none_is_lost(
    had: list[tuple[int, int | None]], until: int | None, new: list[tuple[int, int | None]]
) -> None:
    def on(day: int | None) -> date | None:
        return None if day is None else in_days(day)

    contact = person()
    also_holds(contact, Role.CONTACT, "AM", LONG_AGO, on(until))
    for first, last in had:
        also_holds(contact, Role.CONTACT, "MN", in_days(first), on(last))
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    assert of(contact) == sorted((in_days(first), on(last), False) for first, last in [*had, *new])


def test_people_of_the_successor_act_on_what_the_old_unit_left_and_are_told_of_it() -> None:
    heir = holder_of(Role.HEAD, "MN")
    former = holder_of(Role.HEAD, "AM")
    assert unit("AM").pk not in units_with(heir, Perm.OBJECT)
    planned_ending("AM", "MN", in_days(-1))
    carry_out_endings(now())
    assert unit("AM").pk in units_with(afresh(heir), Perm.OBJECT)
    found = first_roles([Role.HEAD], unit("AM").pk, in_days(0))
    assert heir.pk in found
    assert former.pk not in found


def test_mandates_end_and_parts_fall_under_the_successor() -> None:
    head, contact = holder_of(Role.HEAD, "AM"), holder_of(Role.CONTACT, "AM")
    period = {"from_date": in_days(-3), "until_date": in_days(9)}
    give_mandate(head, contact, unit("AM"), Mandate.Kind.OBJECT, **period)
    planned_ending("AM", "MN", in_days(-1))
    carry_out_endings(now())
    assert Mandate.objects.get().revoked_at is not None
    assert not may(afresh(contact), Perm.OBJECT)
    assert unit("AM-01").parent == unit("MN")
    assert UnitEndingDone.objects.get().moved["parts"] == 4


def test_successor_that_itself_went_up_in_another_hands_on() -> None:
    planned_ending("AM", "MN", in_days(-1))
    planned_ending("MN", "NH", in_days(-2))
    holder_of(Role.CONTACT, "AM")
    assert carry_out_endings(now()) == 2
    assert unit("AM").successor == unit("NH")


def test_without_a_successor_the_people_stay_to_finish_it() -> None:
    contact = holder_of(Role.CONTACT, "PDC")
    planned_ending("PDC", None, in_days(-1))
    assert carry_out_endings(now()) == 1
    assert unit("PDC").pk in units_with(afresh(contact), Perm.FILE)
    assert (unit("PDC").successor, unit("PDC").valid_until) == (None, in_days(-1))


def test_one_that_fails_moves_nothing_and_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    contact = holder_of(Role.CONTACT, "AM")
    planned_ending("AM", "MN", in_days(-2))
    planned_ending("SKL", "PDC", in_days(-1))
    follower = FOLLOWERS["parts"]

    def broken(place: Unit, heir: Unit, *rest: Any) -> int:
        if place.code == "AM":
            raise RuntimeError("the worker is gone")
        return 0

    monkeypatch.setitem(FOLLOWERS, "parts", type(follower)("Onderdelen", "", follower.count, broken))
    assert carry_out_endings(now()) == 1
    assert (unit("AM").successor, unit("SKL").successor) == (None, unit("PDC"))
    assert contact.assignments.get().unit == unit("AM")
    monkeypatch.undo()
    assert carry_out_endings(now()) == 1
    assert unit("AM").successor == unit("MN")


def test_new_unit_exists_from_its_day_and_can_succeed(proposer: Person) -> None:
    made = create_unit("DH-99", "Nieuw team", Unit.Kind.TEAM, unit("DH-06"), in_days(10), by=proposer)
    assert str(Entry.objects.latest("id")).startswith("De beheerder maakte de eenheid Nieuw team, onder Leiden-")
    assert [line.count for line in preview(made, None, in_days(20))] == [0] * len(FOLLOWERS)
    with refused("De opvolger bestaat dan niet"):
        proposed(proposer, "DH-05", "DH-99", days=5)
    assert proposed(proposer, "DH-05", "DH-99", days=9)
    with refused("Alleen een functioneel beheerder"):
        create_unit("X1", "Zo", Unit.Kind.TEAM, None, in_days(0), by=holder_of(Role.LEADER))
