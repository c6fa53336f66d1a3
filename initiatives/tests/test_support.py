"""Support that a decision grants becomes work: once per kind, kept up to date line by line, guarded by the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from initiatives.choices import Progress, Support
from initiatives.models import Initiative, Notice, SupportLine, SupportWork
from initiatives.support import RESPONSIBLE, ChangedMeanwhile, write_about
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from journal.read import trail
from organisation.models import Person
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = (
    "granted|begins open|numbered without gaps|last line says|check constraint|permission denied|unique constraint"
)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def approved(cast: Cast, *granted: str) -> Initiative:
    return walk(cast, *TO_STATUS["goedgekeurd"], given={"goedkeuren": {"support_granted": list(granted)}})


def a_work(cast: Cast) -> SupportWork:
    return approved(cast, "inkoopproces").support_work.get()


def said(**changed: Any) -> dict[str, Any]:
    day = local_date(now()) + timedelta(days=30)
    usual = {"progress": "loopt", "responsible": "afdeling Inkoop", "due_on": day, "note": "De eisen zijn besproken."}
    return {**usual, **changed}


def write(work: SupportWork, person: Person, lines: int = 0, **changed: Any) -> SupportWork:
    return write_about(work, said(**changed), lines=lines, person=Person.objects.get(pk=person.pk), at=now())


def test_each_kind_that_is_granted_becomes_one_open_piece_of_work(cast: Cast) -> None:
    found = approved(cast, "inkoopproces", "juridische_borging").support_work.values_list(
        "kind", "progress", "responsible"
    )
    assert list(found) == [
        ("inkoopproces", "open", "afdeling Inkoop"),
        ("juridische_borging", "open", RESPONSIBLE[Support.LEGAL]),
    ]


@pytest.mark.parametrize("status", ["goedgekeurd", "afgewezen"])
def test_nothing_granted_makes_no_work(cast: Cast, status: str) -> None:
    initiative(cast, status)
    assert not SupportWork.objects.exists()


def test_what_an_objection_adds_becomes_work_and_what_was_there_stays(cast: Cast) -> None:
    subject = approved(cast, "inkoopproces")
    before = subject.support_work.get()
    write(before, cast.leader)
    walk(cast, "bezwaar_maken", "afstemming_vastleggen", "gegrond_verklaren", start=subject)
    found = dict(subject.support_work.values_list("kind", "progress"))
    assert found == {"inkoopproces": "loopt", "ict_integratie": "open"}


def test_dismissed_objection_makes_no_work(cast: Cast) -> None:
    subject = approved(cast, "inkoopproces")
    walk(cast, "bezwaar_maken", "afstemming_vastleggen", "ongegrond_verklaren", start=subject)
    assert subject.support_work.count() == 1


def test_a_line_changes_how_it_stands_and_tells_the_unit(cast: Cast) -> None:
    work = a_work(cast)
    Notice.objects.all().delete()
    write(work, cast.leader)
    write(work, cast.leader, lines=1, progress="afgerond", note="De bestelling is geplaatst.")
    stands = SupportWork.objects.get(pk=work.pk)
    assert (stands.progress, stands.lines) == (Progress.DONE, 2)
    assert [(line.n, line.progress, line.note) for line in stands.log.all()] == [
        (2, "afgerond", "De bestelling is geplaatst."),
        (1, "loopt", "De eisen zijn besproken."),
    ]
    told = Notice.objects.filter(person=cast.contact).order_by("-pk")[0]
    assert "De bestelling is geplaatst." in told.body
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.contact.pk, cast.head.pk}
    entry = trail(work.initiative)[0]
    assert str(entry) == "De projectleider heeft de ondersteuning bijgewerkt."
    assert entry.data["detail"] == "Inkoopproces is afgerond. De bestelling is geplaatst."


def test_who_goes_on_from_an_older_state_is_told_and_changes_nothing(cast: Cast) -> None:
    work = a_work(cast)
    write(work, cast.leader)
    with pytest.raises(ChangedMeanwhile):
        write(work, cast.leader, lines=0, progress="afgerond")
    assert list(SupportLine.objects.values_list("progress", flat=True)) == ["loopt"]


def test_of_several_at_once_one_writes(cast: Cast) -> None:
    work = a_work(cast)

    def try_it(_: int) -> bool:
        try:
            write(work, cast.leader)
        except ChangedMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(try_it, range(4))) == [False, False, False, True]
    assert SupportLine.objects.count() == 1


LINE = (
    "INSERT INTO initiatives_supportline (work_id, n, progress, responsible, due_on, note, written_by_id, written_at) "
    "SELECT id, {n}, '{progress}', responsible, due_on, 'x', {leader}, now() FROM initiatives_supportwork"
)
WORK = (
    "INSERT INTO initiatives_supportwork (initiative_id, kind, progress, responsible, granted_at, lines) "
    "SELECT initiative_id, '{kind}', '{progress}', '{who}', now(), 0 FROM initiatives_supportwork"
)


@pytest.mark.parametrize(
    "statement",
    [
        WORK.format(kind="ict_integratie", progress="open", who="iemand"),
        WORK.format(kind="inkoopproces", progress="open", who="iemand"),
        WORK.format(kind="inkoopproces", progress="afgerond", who="iemand"),
        "DELETE FROM initiatives_supportwork",
        "UPDATE initiatives_supportwork SET kind = 'ict_integratie'",
        "UPDATE initiatives_supportwork SET progress = 'afgerond'",
        "UPDATE initiatives_supportwork SET progress = 'loopt'",
        "UPDATE initiatives_supportwork SET responsible = 'iemand'",
        "UPDATE initiatives_supportwork SET responsible = ''",
        LINE.format(n=1, progress="afgerond", leader="{leader}"),
        LINE.format(n=3, progress="open", leader="{leader}"),
        "UPDATE initiatives_supportline SET note = ''",
        "DELETE FROM initiatives_supportline",
    ],
)
def test_database_refuses(cast: Cast, statement: str) -> None:
    a_work(cast)
    with pytest.raises(Error, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(leader=cast.leader.pk))
