"""The one door into the journal: what an entry holds, and what the database adds."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from journal.models import Entry, Result
from journal.origin import DEMONSTRATION, moment_told, origin, telling
from journal.write import record

pytestmark = pytest.mark.django_db


@dataclass
class Numbered:
    number: str


def test_entry_holds_who_in_which_role_what_on_which_object_and_why() -> None:
    entry = record(
        "goedkeuren",
        "De projectleider heeft het initiatief goedgekeurd.",
        actor=Numbered("2001"),
        role="projectleider",
        unit="ON",
        about=Group(pk=12),
        reason="het past",
        data={"from": "beoordeeld", "to": "goedgekeurd"},
    )
    row = {"id": entry.pk, "tx": entry.tx, "at": entry.at}
    assert Entry.objects.values().get() == row | {
        "actor": "2001",
        "role": "projectleider",
        "unit": "ON",
        "action": "goedkeuren",
        "object_type": "auth.group",
        "object_id": "12",
        "result": Result.TAKEN,
        "reason": "het past",
        "origin": "",
        "data": {
            "from": "beoordeeld",
            "to": "goedgekeurd",
            "sentence": "De projectleider heeft het initiatief goedgekeurd.",
        },
    }


def test_entry_reads_as_its_sentence() -> None:
    assert str(record("inloggen", "Nummer 2001 logde in.")) == "Nummer 2001 logde in."


def test_what_is_not_known_is_empty_and_never_null() -> None:
    record("verzegelen", "Het journaal is verzegeld.")
    row = Entry.objects.values("actor", "role", "unit", "object_type", "object_id", "reason", "origin").get()
    assert set(row.values()) == {""}


def test_database_gives_the_moment_and_the_transaction() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_xact_id()")
        before, transaction_id = cursor.fetchone()
    entry = record("inloggen", "Nummer 2001 logde in.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (after,) = cursor.fetchone()
    assert before < entry.at < after
    assert entry.at.tzinfo is UTC
    assert entry.tx == transaction_id


def test_moment_is_that_of_the_entry_and_not_of_the_transaction() -> None:
    first, second = record("a", "Eerst."), record("b", "Dan.")
    assert first.tx == second.tx
    assert first.at < second.at


def test_origin_is_that_of_the_request_or_task_being_handled() -> None:
    token = origin.set("request-12")
    try:
        record("inloggen", "Nummer 2001 logde in.")
    finally:
        origin.reset(token)
    record("inloggen", "Nummer 2002 logde in.")
    assert list(Entry.objects.order_by("id").values_list("origin", flat=True)) == ["request-12", ""]


def test_entry_is_written_in_the_open_transaction_and_goes_with_it() -> None:
    with transaction.atomic():
        record("goedkeuren", "De projectleider heeft het initiatief goedgekeurd.")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_entry_points_at_nothing_and_so_outlives_what_it_tells_of() -> None:
    assert not [field for field in Entry._meta.get_fields() if field.is_relation]


def test_history_of_a_demonstration_says_so_and_bears_the_moment_of_writing() -> None:
    long_ago = datetime(2017, 3, 7, 10, 30, tzinfo=UTC)
    with telling(long_ago, story="assen"):
        assert moment_told() == long_ago
        entry = record("goedkeuren", "De projectleider heeft het initiatief goedgekeurd.", data={"to": "goedgekeurd"})
    told = Entry.objects.get(pk=entry.pk)
    assert (told.origin, told.data["to"], told.data["story"]) == (DEMONSTRATION, "goedgekeurd", "assen")
    assert told.tells_history
    assert told.happened_at == long_ago < told.at


def test_what_is_recorded_in_real_life_happened_when_it_was_written() -> None:
    with telling(datetime(2017, 3, 7, tzinfo=UTC)):
        pass
    entry = Entry.objects.get(pk=record("inloggen", "Nummer 2001 logde in.").pk)
    assert moment_told() is None
    assert not entry.tells_history
    assert entry.happened_at == entry.at
