"""A unit goes up in another: what is open goes along, what is decided stays, all of it or nothing, whoever is at it."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from initiatives.choices import Outside
from initiatives.concepts import begin_concept, save_concept
from initiatives.followers import DECIDED
from initiatives.models import Initiative, OutsideProcedure
from initiatives.procedure import OPEN
from initiatives.scope import register_outside, turn_into_concept
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, walk
from initiatives.tests.pages import again, as_person, text
from initiatives.work.waiting import waiting_for
from journal.models import Entry
from organisation import endings
from organisation.endings import carry_out_endings, decide_ending, preview, propose_ending
from organisation.models import Outcome, Person, Unit, UnitEnding, UnitEndingDone
from organisation.roles import Role
from organisation.tests.factories import holder_of, planned_ending, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def yesterday() -> date:
    return local_date(now()) - timedelta(days=1)


def afresh(somebody: Person) -> Person:
    return Person.objects.get(pk=somebody.pk)


def merge(old: str = "AM", heir: str = "MN") -> None:
    planned_ending(old, heir, yesterday())
    assert carry_out_endings(now()) == 1


def places(*files: Initiative) -> list[str]:
    return [again(one).unit.code for one in files]


@pytest.fixture
def old() -> Cast:
    return Cast("AM")


@pytest.fixture
def heir() -> Cast:
    return Cast("MN")


def test_open_files_go_along_and_decided_ones_stay(old: Cast) -> None:
    statuses = ("concept", "aangemeld", "beoordeeld", "bezwaar", "goedgekeurd", "afgewezen", "ingetrokken")
    files = [initiative(old, status) for status in statuses]
    before = [(one.number, one.status, one.due_on) for one in files]
    merge()
    assert places(*files) == ["MN"] * 4 + ["AM"] * 3
    assert [(one.number, one.status, one.due_on) for one in map(again, files)] == before
    entry = Entry.objects.filter(action="dossier_overgegaan", object_id=str(files[1].pk)).get()
    assert str(entry) == "Het dossier ging over van Amsterdam naar Midden-Nederland, waarin de eenheid opging."
    assert (entry.actor, entry.data["from"], entry.data["to"]) == (Person.SYSTEM, "AM", "MN")
    assert UnitEndingDone.objects.get().moved["files"] == 4


@pytest.mark.parametrize(("code", "is_refused"), [("NH", True), ("MN", False)])
def test_database_lets_a_filed_one_go_to_the_heir_only(old: Cast, code: str, is_refused: bool) -> None:
    filed = initiative(old, "aangemeld")
    planned_ending("AM", "MN", yesterday())
    with pytest.raises(IntegrityError, match="stays of its unit") if is_refused else nullcontext():
        Initiative.objects.filter(pk=filed.pk).update(unit=unit(code))


def test_preview_counts_what_the_day_moves(old: Cast) -> None:
    initiative(old, "concept")
    initiative(old, "aangemeld")
    initiative(old, "afgewezen")
    found = {line.key: line.count for line in preview(unit("AM"), unit("MN"), yesterday())}
    wanted = {"files": 1, "concepts": 1, "terms": 2, "decided": 1, "roles": 1, "heads": 1, "mandates": 0, "parts": 4}
    assert {key: found[key] for key in wanted} == wanted


def test_people_of_both_units_see_what_stayed_and_only_they(old: Cast, heir: Cast) -> None:
    stayed = initiative(old, "afgewezen")
    assert not Initiative.objects.visible_to(heir.contact).filter(pk=stayed.pk).exists()
    merge()
    for somebody in (old.contact, old.head, heir.contact, heir.head):
        assert Initiative.objects.visible_to(afresh(somebody)).filter(pk=stayed.pk).exists()
        assert as_person(afresh(somebody)).get(f"/initiatieven/{stayed.pk}/").status_code == 200
        assert str(stayed.number) in text(as_person(afresh(somebody)).get("/initiatieven/"))
    assert not Initiative.objects.visible_to(holder_of(Role.CONTACT, "NH")).filter(pk=stayed.pk).exists()


def test_head_of_the_successor_objects_to_what_was_decided_before_and_the_former_head_does_not(
    old: Cast, heir: Cast
) -> None:
    stayed = initiative(old, "afgewezen")
    merge()
    assert stayed in waiting_for(afresh(heir.head), local_date(now()))
    assert stayed not in waiting_for(afresh(old.head), local_date(now()))
    old.head, former = heir.head, old.head
    assert as_person(afresh(former)).get(f"/initiatieven/{stayed.pk}/stap/bezwaar_maken/").status_code == 403
    assert walk(old, "bezwaar_maken", start=stayed).status == "bezwaar"


def test_moved_file_goes_on_at_the_successor(old: Cast) -> None:
    moved = initiative(old, "beoordeeld")
    merge()
    assert walk(old, "goedkeuren", start=again(moved)).status == "goedgekeurd"
    assert again(moved).decisions.get().snapshot["unit"] == "MN"


def test_need_that_was_signed_before_still_holds_after(old: Cast) -> None:
    signed = walk(old, "noodzaak_vaststellen")
    merge()
    current = again(signed)
    given = {"title": "Anders", "version": current.version}
    saved = save_concept(current, given, person=afresh(old.contact), at=now())
    assert not saved.lapsed
    assert again(signed).necessity == signed.necessity
    given = {"cameras_requested": 99, "version": again(signed).version}
    assert save_concept(again(signed), given, person=afresh(old.contact), at=now()).lapsed


def test_who_had_the_concept_open_is_told_that_it_changed(old: Cast) -> None:
    subject = concept(old)
    merge()
    assert again(subject).version == subject.version + 1


def test_nothing_new_begins_at_a_unit_that_ended(old: Cast) -> None:
    stayed = initiative(old, "afgewezen")
    merge()
    with pytest.raises(IntegrityError, match="has ended"), transaction.atomic():
        begin_concept(afresh(old.contact), unit("AM"), ["aanschaf"], at=now())
    with pytest.raises(IntegrityError, match="has ended"), transaction.atomic():
        Initiative.objects.filter(pk=concept(Cast("MN")).pk).update(unit=unit("AM"))
    page = as_person(afresh(old.contact)).get("/initiatieven/nieuw/")
    assert "Amsterdam" not in text(page)
    assert again(stayed).unit.code == "AM"


def test_what_was_outside_becomes_a_concept_of_the_successor(old: Cast) -> None:
    outside = register_outside(old.contact, unit("AM"), Outside.USE, "Dienst op zaterdag.", at=now())
    merge()
    made = turn_into_concept(outside, ["aanschaf"], person=afresh(old.contact), at=now())
    assert made.unit.code == "MN"
    assert OutsideProcedure.objects.get().unit.code == "AM"


def test_without_a_successor_the_unit_finishes_what_is_open_and_begins_nothing(old: Cast) -> None:
    subject = walk(old, "noodzaak_vaststellen")
    Unit.objects.filter(parent=unit("AM")).update(parent=unit("MN"))
    planned_ending("AM", None, yesterday())
    carry_out_endings(now())
    assert walk(old, "aanmelden", start=subject).number
    with pytest.raises(IntegrityError, match="has ended"), transaction.atomic():
        begin_concept(afresh(old.contact), unit("AM"), ["aanschaf"], at=now())


# --- at once --------------------------------------------------------------------------------------


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, begun together; answers with what each gave or raised."""
    found: list[Any] = [None] * len(work)
    gate = threading.Barrier(len(work))

    def run(place: int) -> None:
        gate.wait()
        try:
            found[place] = work[place]()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_workers_do_it_once(self) -> None:
        files = [initiative(Cast("AM"), "aangemeld") for _ in range(3)]
        planned_ending("AM", "MN", yesterday())
        assert sorted(at_once(*[lambda: carry_out_endings(now())] * 4)) == [0, 0, 0, 1]
        assert places(*files) == ["MN"] * 3
        assert Entry.objects.filter(action="dossier_overgegaan").count() == 3

    def test_two_administrators_answer_once(self) -> None:
        by = [holder_of(Role.ADMINISTRATOR) for _ in range(3)]
        day = local_date(now())
        ending = propose_ending(unit("AM"), unit("MN"), day, "Zo.", by=by[0], at=now())
        answers = [
            lambda person=person, outcome=outcome: decide_ending(
                UnitEnding.objects.get(pk=ending.pk), outcome, "Nee.", by=person, at=now()
            )
            for person, outcome in zip(by[1:], (Outcome.CONFIRMED, Outcome.REFUSED), strict=True)
        ]
        found = at_once(*answers)
        assert sorted(str(one) for one in found) == ["Dit voorstel is al beantwoord.", "None"]

    def test_concept_that_begins_meanwhile_goes_along_or_does_not_begin(self) -> None:
        cast = Cast("AM")
        planned_ending("AM", "MN", yesterday())

        def begin() -> Any:
            return begin_concept(afresh(cast.contact), unit("AM"), ["aanschaf"], at=now())

        at_once(begin, lambda: carry_out_endings(now()), begin, begin)
        assert not Initiative.objects.filter(unit=unit("AM")).exists()

    def test_worker_that_is_killed_in_the_middle_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        subject = initiative(Cast("AM"), "aangemeld")
        planned_ending("AM", "MN", yesterday())

        class Killed(BaseException):
            pass

        def killed(*_: Any, **__: Any) -> None:
            raise Killed

        monkeypatch.setattr(endings, "_record", killed)
        with pytest.raises(Killed):
            carry_out_endings(now())
        assert (places(subject), unit("AM").successor) == (["AM"], None)
        monkeypatch.undo()
        assert carry_out_endings(now()) == 1
        assert places(subject) == ["MN"]


def test_statuses_are_all_either_open_decided_or_withdrawn() -> None:
    assert {*OPEN, *DECIDED, "ingetrokken"} == set(TO_STATUS)
