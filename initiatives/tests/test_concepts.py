"""Writing a concept: what is saved, what is told, what lapses, and two people at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from initiatives import concepts
from initiatives.concepts import (
    AlreadySent,
    NotAConcept,
    Saved,
    SavedByAnother,
    begin_concept,
    discard_concept,
    save_concept,
)
from initiatives.models import Initiative, Notice
from initiatives.tests.factories import Cast, concept, initiative, walk
from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, unit
from workflow.clock import now

pytestmark = pytest.mark.django_db
at_once = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def save(cast: Cast, subject: Initiative, **given: Any) -> Saved:
    options = {name: given.pop(name) for name in ("defects", "may_lapse", "chosen") if name in given}
    version = given.pop("version", subject.version)
    return save_concept(subject, {**given, "version": version}, person=cast.contact, at=now(), **options)


def again(subject: Initiative) -> Initiative:
    return Initiative.objects.get(pk=subject.pk)


def actions(subject: Initiative) -> list[str]:
    return list(Entry.objects.filter(object_id=str(subject.pk)).order_by("id").values_list("action", flat=True))


def test_saving_changes_what_is_given_and_nothing_else(cast: Cast) -> None:
    subject = concept(cast)
    saved = save(cast, subject, title="Bodycams op het water", cameras_now=5)
    assert saved.fields == ("title", "cameras_now")
    changed = again(subject)
    assert (changed.title, changed.cameras_now, changed.vendor) == ("Bodycams op het water", 5, "Zepcam")
    assert changed.version == subject.version + 1


def test_saving_the_same_again_leaves_no_trace(cast: Cast) -> None:
    subject = concept(cast, defects=[("A1", date(2026, 3, 1))])
    before = Entry.objects.count()
    assert save(cast, subject, title=subject.title, defects=[("A1", date(2026, 3, 1))]).fields == ()
    assert (again(subject).version, Entry.objects.count()) == (subject.version, before)


def test_the_journal_tells_which_fields_were_changed_and_not_what_they_say(cast: Cast) -> None:
    subject = concept(cast)
    save(cast, subject, title="Geheim plan", amount=7)
    entry = Entry.objects.latest("id")
    assert (entry.data["fields"], entry.data["version"]) == (["title", "amount"], subject.version + 1)
    assert "Geheim plan" not in str(vars(entry))


def test_defects_are_replaced_as_a_whole(cast: Cast) -> None:
    subject = concept(cast, defects=[("A1", date(2026, 3, 1)), ("B2", date(2026, 3, 2))])
    save(cast, subject, defects=[("B2", date(2026, 3, 2)), ("C3", date(2026, 3, 3))])
    assert [defect.serial for defect in again(subject).defects.all()] == ["B2", "C3"]


def test_older_version_is_refused_and_both_stand_in_the_journal(cast: Cast) -> None:
    subject = concept(cast)
    save(cast, subject, title="Van de eerste")
    with pytest.raises(SavedByAnother) as refused:
        save(cast, subject, title="Van de tweede")
    assert refused.value.current.title == again(subject).title == "Van de eerste"
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.result) == ("concept_bewaard", Result.REFUSED)


def test_choice_between_two_texts_is_journalled_and_makes_a_version_of_its_own(cast: Cast) -> None:
    subject = concept(cast)
    assert save(cast, subject, chosen={"title": "theirs"}).fields == ()
    assert again(subject).version == subject.version + 1
    assert Entry.objects.latest("id").data["chosen"] == {"title": "theirs"}


@pytest.mark.parametrize("status", ["aangemeld", "beoordeeld", "goedgekeurd", "afgewezen", "bezwaar", "ingetrokken"])
def test_what_is_no_concept_any_more_is_not_written(cast: Cast, status: str) -> None:
    subject = initiative(cast, status)
    with pytest.raises(NotAConcept):
        save(cast, subject, title="Te laat")
    assert again(subject).title == subject.title


def test_returned_file_is_written_again_and_keeps_its_number(cast: Cast) -> None:
    subject = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    save(cast, subject, title="Aangevuld")
    assert (again(subject).title, again(subject).number) == ("Aangevuld", subject.number)


# --- the necessity --------------------------------------------------------------------------------


def signed(cast: Cast, *, urgent: bool = False) -> Initiative:
    given = {"noodzaak_vaststellen": {"necessary": True, "urgent": urgent, "reasons": "Nodig."}}
    return walk(cast, "noodzaak_vaststellen", given=given)


SIGNED: list[tuple[str, Any]] = [
    ("unit", "AM"),
    ("kinds", ["aanschaf", "experiment"]),
    ("cameras_requested", 13),
    ("amount", 18_501),
]


@pytest.mark.parametrize(("field", "value"), SIGNED)
def test_necessity_lapses_when_what_it_was_signed_for_changes(field: str, value: Any) -> None:
    cast, elsewhere = Cast(), Cast("AM")
    if field == "unit":
        value = unit(value)
        cast.contact = also_holds(cast.contact, Role.CONTACT, "AM")
    subject = signed(cast, urgent=True)
    assert save(cast, subject, **{field: value}).lapsed
    changed = again(subject)
    assert (changed.necessity, changed.urgent) == (None, False)
    assert actions(subject)[-2:] == ["noodzaak_vervallen", "concept_bewaard"]
    told = Notice.objects.filter(body__contains="noodzaak is vervallen").values_list("person", flat=True)
    assert set(told) == {elsewhere.head.pk if field == "unit" else cast.head.pk}


@pytest.mark.parametrize(("field", "value"), SIGNED[1:])
def test_without_leave_to_lapse_the_field_is_held_back_and_the_rest_is_saved(
    cast: Cast, field: str, value: Any
) -> None:
    subject = signed(cast)
    saved = save(cast, subject, **{field: value}, title="Andere titel", may_lapse=False)
    assert (saved.held, saved.fields, saved.lapsed) == ((field,), ("title",), False)
    changed = again(subject)
    assert (changed.title, getattr(changed, field)) == ("Andere titel", getattr(subject, field))
    assert changed.necessity_id == subject.necessity_id


def test_necessity_stays_when_something_else_changes(cast: Cast) -> None:
    subject = signed(cast)
    assert not save(cast, subject, title="Andere titel", vendor="Axon", cameras_now=3).lapsed
    assert again(subject).necessity_id == subject.necessity_id


# --- beginning and throwing away ------------------------------------------------------------------


def test_a_form_that_is_sent_twice_begins_one_concept(cast: Cast) -> None:
    form_id = uuid4()
    begin_concept(cast.contact, unit("ON"), ["aanschaf"], at=now(), form_id=form_id)
    with pytest.raises(AlreadySent):
        begin_concept(cast.contact, unit("ON"), ["aanschaf"], at=now(), form_id=form_id)
    assert Initiative.objects.count() == 1
    assert actions(Initiative.objects.get()) == ["concept_begonnen"]


def test_concept_that_was_never_filed_is_thrown_away_and_the_journal_remembers(cast: Cast) -> None:
    subject = concept(cast, defects=[("A1", date(2026, 3, 1))])
    discard_concept(subject, person=cast.contact)
    assert not Initiative.objects.filter(pk=subject.pk).exists()
    assert actions(subject)[-1] == "concept_weggegooid"


def test_what_was_filed_or_signed_for_is_not_thrown_away(cast: Cast) -> None:
    returned = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    for subject in (returned, signed(cast), initiative(cast, "ingetrokken")):
        with pytest.raises(NotAConcept):
            discard_concept(subject, person=cast.contact)


# --- two at once ----------------------------------------------------------------------------------


def save_at_once(cast: Cast, subject: Initiative, count: int = 8) -> list[str]:
    """What became of `count` people who save the same version at the same moment."""

    def one(number: int) -> str:
        try:
            save(cast, subject, title=f"Titel {number}")
        except SavedByAnother:
            return "told"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@at_once
def test_of_many_who_save_at_once_one_wins_and_the_others_are_told(cast: Cast) -> None:
    subject = concept(cast)
    assert sorted(save_at_once(cast, subject)) == ["saved"] + ["told"] * 7
    assert again(subject).version == subject.version + 1
    refused = Entry.objects.filter(object_id=str(subject.pk), result=Result.REFUSED)
    assert refused.count() == 7


@at_once
def test_twin_without_the_lock_texts_are_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The race is real: when the row is not locked, two who look at the same moment both think that they were first."""
    subject, both_looked = concept(cast), Barrier(2, timeout=60)

    def unlocked(pk: int, person: Person) -> Initiative:
        found: Initiative = Initiative.objects.select_related("unit", "necessity", "earlier").get(pk=pk)
        both_looked.wait()
        return found

    monkeypatch.setattr(concepts, "locked", unlocked)
    assert save_at_once(cast, subject, 2) == ["saved", "saved"]


@at_once
def test_a_form_that_is_sent_twice_at_once_begins_one_concept(cast: Cast) -> None:
    form_id = uuid4()

    def one(_: int) -> str:
        try:
            begin_concept(cast.contact, unit("ON"), ["aanschaf"], at=now(), form_id=form_id)
        except AlreadySent:
            return "told"
        finally:
            connection.close()
        return "begun"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["begun", "told", "told", "told"]
