"""The one door: what is looked at and in which order, and that a refusal or a failure leaves nothing but its entry."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from journal.models import Entry
from journal.write import record
from workflow.steps import Step
from workflow.take import (
    Forbidden,
    Input,
    InputInvalid,
    InputRefused,
    NotThere,
    StepRefused,
    Taken,
    take,
)
from workflow.tests.leave.models import (
    ASKING_MANAGER,
    EMPLOYEE,
    MANAGER,
    STRANGER,
    Leave,
    Somebody,
    Status,
    leave,
)

AT = datetime(2018, 5, 18, 12, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2018, 12, 31, 12, tzinfo=UTC)


def try_to(step: str, subject: Leave, person: Somebody, at: datetime = AT, **arguments: Any) -> Taken:
    return take(Leave.objects.visible(), subject.pk, step, person=person, at=at, **arguments)


def typed(**given: Any) -> Any:
    return lambda subject, step: given


def of_the_wrong_shape(subject: Leave, step: Step) -> Input:
    raise InputInvalid


def entries(subject: Leave) -> list[tuple[str, str, str, str]]:
    found = Entry.objects.filter(object_type="leave.leave", object_id=str(subject.pk)).order_by("id")
    return [(entry.action, entry.result, entry.actor, entry.role) for entry in found]


def as_it_was(subject: Leave) -> dict[str, Any]:
    return {field.attname: getattr(subject, field.attname) for field in Leave._meta.concrete_fields}


WRONG_FROM_HERE: dict[str, tuple[type[Exception], dict[str, Any], Somebody, datetime, Any]] = {
    "not visible": (NotThere, {"hidden": True, "status": Status.GRANTED}, STRANGER, NEW_YEARS_EVE, of_the_wrong_shape),
    "no authority": (Forbidden, {"status": Status.GRANTED}, STRANGER, NEW_YEARS_EVE, of_the_wrong_shape),
    "own request": (
        Forbidden,
        {"status": Status.GRANTED, "asked_by": "2002"},
        ASKING_MANAGER,
        NEW_YEARS_EVE,
        of_the_wrong_shape,
    ),
    "wrong status": (StepRefused, {"status": Status.GRANTED}, MANAGER, NEW_YEARS_EVE, of_the_wrong_shape),
    "broken rule": (StepRefused, {"status": Status.ASKED}, MANAGER, NEW_YEARS_EVE, of_the_wrong_shape),
    "wrong shape": (InputInvalid, {"status": Status.ASKED, "days": 3}, MANAGER, AT, of_the_wrong_shape),
    "broken rule on input": (InputRefused, {"status": Status.ASKED, "days": 3}, MANAGER, AT, typed(days=4)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", WRONG_FROM_HERE)
def test_refusals_come_in_this_order_and_change_nothing(wrong: str) -> None:
    """Each case is wrong from its own point on to the end, so that an earlier answer shows a wrong order."""
    refusal, fields, person, at, read = WRONG_FROM_HERE[wrong]
    subject = leave(**fields)
    with pytest.raises(refusal):
        try_to("grant", subject, person, at, read=read)
    assert Leave.objects.filter(pk=subject.pk).values().get() == as_it_was(subject)


@pytest.mark.django_db
@pytest.mark.parametrize("pk", [0, 10**30])
def test_object_that_is_not_there_is_not_there(pk: int) -> None:
    with pytest.raises(NotThere):
        take(Leave.objects.visible(), pk, "grant", person=MANAGER, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["forgive", "save", "status", "visible", "__init__", ""])
def test_step_that_does_not_exist_is_not_there(name: str) -> None:
    with pytest.raises(NotThere):
        try_to(name, leave(), MANAGER)


@pytest.mark.django_db
def test_taken_step_changes_the_object_and_answers_with_what_was_done() -> None:
    taken = try_to("grant", leave(Status.ASKED), MANAGER, read=typed(days=2))
    now = Leave.objects.get(pk=taken.subject.pk)
    assert (now.status, now.days, now.decided_by) == (Status.GRANTED, 2, MANAGER.number)
    assert (taken.step.name, taken.person, taken.at, taken.input) == ("grant", MANAGER, AT, {"days": 2})
    assert taken.subject.status == Status.GRANTED


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "target"), [({"start_over": True}, Status.DRAFT), ({}, Status.ASKED)])
def test_target_may_depend_on_the_object_and_on_what_was_typed(given: dict[str, Any], target: Status) -> None:
    taken = try_to("take_back", leave(Status.GRANTED), MANAGER, read=typed(**given))
    assert Leave.objects.get(pk=taken.subject.pk).status == target


@pytest.mark.django_db
def test_step_without_target_changes_the_object_and_not_its_status() -> None:
    taken = try_to("adjust", leave(), EMPLOYEE, read=typed(days=5))
    now = Leave.objects.get(pk=taken.subject.pk)
    assert (now.status, now.days) == (Status.DRAFT, 5)
    assert Entry.objects.get().data["from"] == Entry.objects.get().data["to"] == Status.DRAFT


@pytest.mark.django_db
def test_step_leaves_one_entry_with_capacity_sentence_reason_and_what_changed() -> None:
    subject = leave(Status.ASKED, by_mandate=True)
    try_to("grant", subject, MANAGER, read=typed(reasons="drukte is er niet"), work=lambda taken: "nummer 12")
    entry = Entry.objects.get()
    assert (entry.object_type, entry.object_id) == ("leave.leave", str(subject.pk))
    assert (entry.actor, entry.role, entry.unit) == (MANAGER.number, "manager", "ON")
    assert (entry.action, entry.result, entry.reason) == ("grant", "genomen", "drukte is er niet")
    assert entry.data == {
        "from": "gevraagd",
        "to": "toegekend",
        "detail": "nummer 12",
        "sentence": "De chef namens de afdeling heeft het verlof toegekend.",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        ("not visible", []),
        ("no authority", [("grant", "geweigerd", STRANGER.number, "")]),
        ("own request", [("grant", "geweigerd", ASKING_MANAGER.number, "manager")]),
        ("wrong status", [("grant", "geweigerd", MANAGER.number, "manager")]),
        ("broken rule", [("grant", "geweigerd", MANAGER.number, "manager")]),
        ("wrong shape", []),
        ("broken rule on input", [("grant", "geweigerd", MANAGER.number, "manager")]),
    ],
)
def test_refusal_leaves_exactly_one_entry(wrong: str, left: list[tuple[str, str, str, str]]) -> None:
    refusal, fields, person, at, read = WRONG_FROM_HERE[wrong]
    subject = leave(**fields)
    with pytest.raises(refusal):
        try_to("grant", subject, person, at, read=read)
    assert entries(subject) == left


@pytest.mark.django_db
def test_refusal_says_every_reason_and_its_entry_repeats_them() -> None:
    with pytest.raises(StepRefused) as refused:
        try_to("ask", leave(days=0, purpose=""), EMPLOYEE)
    assert [reason.field for reason in refused.value.reasons] == ["days", "purpose"]
    assert Entry.objects.get().reason == "Vul in hoeveel dagen u vrij wilt. Vul in waarvoor u vrij wilt."
    assert str(Entry.objects.get()) == "‘Aanvragen’ is geweigerd."


@pytest.mark.django_db
def test_second_click_is_told_what_the_status_is() -> None:
    subject = leave(Status.ASKED)
    try_to("grant", subject, MANAGER)
    with pytest.raises(StepRefused, match="de status is ‘toegekend’"):
        try_to("grant", subject, MANAGER)


def write_and(fail: Exception) -> Any:
    def writes(*_: Any) -> Any:
        leave(purpose="bijvangst")
        record("bijvangst", "Dit mag er niet blijven staan.")
        raise fail

    return writes


def assert_nothing_is_left(subject: Leave, *, refusals: int = 0) -> None:
    """The object stands as it stood, no other was added, and the journal holds refusals only."""
    assert list(Leave.objects.values()) == [as_it_was(subject)]
    assert list(Entry.objects.values_list("result", flat=True)) == ["geweigerd"] * refusals


@pytest.mark.django_db(transaction=True)
def test_reader_that_finds_the_wrong_shape_leaves_nothing_at_all() -> None:
    subject = leave(Status.ASKED)
    with pytest.raises(InputInvalid):
        try_to("grant", subject, MANAGER, read=write_and(InputInvalid()))
    assert_nothing_is_left(subject)


@pytest.mark.django_db(transaction=True)
def test_work_that_fails_takes_the_step_back_with_it() -> None:
    subject = leave(Status.ASKED)
    with pytest.raises(ZeroDivisionError):
        try_to("grant", subject, MANAGER, work=write_and(ZeroDivisionError()))
    assert_nothing_is_left(subject)


@pytest.mark.django_db(transaction=True)
def test_step_that_the_database_refuses_leaves_nothing() -> None:
    subject = leave()
    with pytest.raises(IntegrityError, match="leave_has_an_end"):
        try_to("adjust", subject, EMPLOYEE, read=typed(days=100))
    assert_nothing_is_left(subject)


@pytest.mark.django_db(transaction=True)
def test_no_change_without_a_trace() -> None:
    subject = leave(Status.ASKED)
    with pytest.raises(Exception, match="value too long"):
        try_to("grant", subject, Somebody("9" * 81, "manager"))
    assert_nothing_is_left(subject)


@pytest.mark.django_db(transaction=True)
def test_refusal_is_journalled_after_the_rollback_in_a_transaction_of_its_own() -> None:
    subject, seen = leave(Status.ASKED), []

    def read(subject: Leave, step: Step) -> Input:
        leave(purpose="bijvangst")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
            seen.append(int(cursor.fetchone()[0]))
        return {"days": 4}

    with pytest.raises(InputRefused):
        try_to("grant", subject, MANAGER, read=read)
    assert_nothing_is_left(subject, refusals=1)
    assert int(Entry.objects.get().tx) > seen[0]


@pytest.mark.django_db(transaction=True)
def test_step_cannot_be_taken_inside_another_transaction() -> None:
    """Otherwise its rollback would take the entry of a refusal with it."""
    subject = leave(Status.ASKED)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        try_to("grant", subject, MANAGER)
    assert_nothing_is_left(subject)
