"""What a letter says is written down with its step: numbered per file, complete, and never changed."""

from typing import Any

import pytest
from django.db import Error, connection, transaction

from initiatives import letter_facts, notices
from initiatives.letter_facts import KINDS
from initiatives.letters.making import html
from initiatives.models import FileTerm, Initiative, Letter
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, usual_input, walk
from workflow.clock import local_date, now
from workflow.dates import weekday_in_words
from workflow.steps import steps_of
from workflow.take import Taken
from workflow.who import Capacity

pytestmark = pytest.mark.django_db(transaction=True)

ALL = (
    *("noodzaak_vaststellen", "aanmelden", "terugsturen", "aanmelden", "uitstel_melden", "beoordelen", "goedkeuren"),
    *("bezwaar_maken", "verdagen", "afstemming_vastleggen", "gegrond_verklaren"),
)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def letters_of(subject: Initiative) -> list[Letter]:
    return list(Letter.objects.filter(initiative=subject))


def test_each_step_that_the_unit_is_written_about_brings_one_letter_in_order(cast: Cast) -> None:
    subject = walk(cast, *ALL)
    found = letters_of(subject)
    assert [(letter.n, letter.kind) for letter in found] == [
        (n, KINDS[name]) for n, name in enumerate((name for name in ALL if name in KINDS), 1)
    ]
    assert {letter.dated for letter in found} == {local_date(now())}
    assert [str(letter) for letter in found][:2] == [f"{subject.number} / B1", f"{subject.number} / B2"]


@pytest.mark.parametrize(("status", "count"), [("aangemeld", 0), ("ingetrokken", 0), ("afgewezen", 1), ("bezwaar", 2)])
def test_other_steps_bring_none(cast: Cast, status: str, count: int) -> None:
    assert len(letters_of(initiative(cast, status))) == count


@pytest.mark.parametrize("last", ["gegrond_verklaren", "ongegrond_verklaren"])
def test_all_that_a_letter_needs_is_in_its_facts(cast: Cast, last: str) -> None:
    subject = walk(cast, *ALL[:-1], last)
    for letter in letters_of(subject):
        assert subject.number is not None
        assert subject.number in html(letter)


def test_facts_hold_what_the_step_recorded(cast: Cast) -> None:
    given = {"goedkeuren": {"support_granted": ["ict_integratie"], "conditions": ["Eén.", "Twee."]}}
    subject = walk(cast, *TO_STATUS["goedgekeurd"], start=concept(cast, title="Proef"), given=given)
    facts = letters_of(subject)[0].facts
    decision = facts["decisions"][0]
    assert (facts["number"], facts["title"], facts["unit"]) == (subject.number, "Proef", subject.unit.name)
    assert (decision["granted"], decision["refused"]) == (["ict_integratie"], ["inkoopproces"])
    assert (decision["conditions"], decision["reasons"]) == (
        ["Eén.", "Twee."],
        usual_input("goedkeuren", now())["reasons"],
    )
    assert facts["terms"]["objection"]["last_day"] == subject.due_on.isoformat()  # type: ignore[union-attr]


def test_last_day_on_the_letter_is_that_of_the_running_term(cast: Cast) -> None:
    subject = initiative(cast, "afgewezen")
    term = subject.terms.get(kind=FileTerm.Kind.OBJECTION)
    assert f"<b>{weekday_in_words(term.last_day)}</b>" in html(letters_of(subject)[0])
    walk(cast, "bezwaar_maken", start=subject)
    runs = subject.terms.get(kind=FileTerm.Kind.OBJECTION_DECISION)
    assert f"uiterlijk op {weekday_in_words(runs.last_day)}." in html(letters_of(subject)[1])


def test_adjournment_names_the_day_to_which_the_term_moved(cast: Cast) -> None:
    subject = walk(cast, "verdagen", start=initiative(cast, "bezwaar"))
    assert subject.due_on is not None
    assert f"uiterlijk op {weekday_in_words(subject.due_on)}." in html(letters_of(subject)[-1])


def test_last_view_before_the_decision_is_the_one_on_the_letter(cast: Cast) -> None:
    twice = walk(cast, "afstemming_vastleggen", start=initiative(cast, "bezwaar"))
    given = {"afstemming_vastleggen": {"view": "oneens", "note": "Bij nader inzien niet."}}
    subject = walk(cast, "afstemming_vastleggen", "ongegrond_verklaren", start=twice, given=given)
    assert letters_of(subject)[-1].facts["view"]["note"] == "Bij nader inzien niet."


def test_nobodys_name_or_number_is_in_a_letter(cast: Cast) -> None:
    for letter in letters_of(walk(cast, *ALL)):
        text = html(letter)
        assert not [key for key in keys(letter.facts) if key.endswith(("_by", "_by_id", "person_id"))]
        for person in (cast.contact, cast.head, cast.leader, cast.manager, cast.holder):
            assert person.number not in text


def keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in keys(inner))]
    return [key for inner in value for key in keys(inner)] if isinstance(value, list) else []


def test_what_was_changed_afterwards_is_not_in_the_letter(cast: Cast) -> None:
    subject = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    before = html(letters_of(subject)[0])
    Initiative.objects.filter(pk=subject.pk).update(title="Een andere titel")
    assert html(letters_of(subject)[0]) == before


def test_step_that_fails_leaves_no_letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = initiative(cast, "beoordeeld")

    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(notices, "write", fail)
    with pytest.raises(RuntimeError):
        walk(cast, "afwijzen", start=subject)
    assert letters_of(subject) == []


INSERT = (
    "INSERT INTO initiatives_letter (initiative_id, n, kind, dated, written_at, facts) "
    "VALUES (%s, %s, 'besluit', now(), now(), '{}')"
)
PAPER = (
    "INSERT INTO initiatives_letterpaper (letter_id, content, sha256, made_at) "
    "SELECT id, %s, %s, now() FROM initiatives_letter"
)


REFUSED = r"no letter|without gaps|check constraint|permission denied"


@pytest.mark.parametrize(
    ("status", "statement", "given"),
    [
        ("afgewezen", INSERT, [3]),
        ("afgewezen", INSERT, [1]),
        ("afgewezen", INSERT, [0]),
        ("concept", INSERT, [1]),
        ("afgewezen", "UPDATE initiatives_letter SET facts = '{}'", []),
        ("afgewezen", "DELETE FROM initiatives_letter", []),
        ("afgewezen", PAPER, [b"%PDF-1.7", "0" * 64]),
        ("afgewezen", PAPER, [b"x", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]),
        ("afgewezen", "UPDATE initiatives_letterpaper SET content = ''", []),
        ("afgewezen", "DELETE FROM initiatives_letterpaper", []),
    ],
)
def test_database_refuses(cast: Cast, status: str, statement: str, given: list[Any]) -> None:
    subject = initiative(cast, status)
    named = [subject.pk, *given] if statement == INSERT else given
    with pytest.raises(Error, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, named)


def test_a_letter_costs_its_step_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    subject = initiative(cast, "beoordeeld")
    for name, statements in (("terugsturen", 1), ("beoordelen", 0)):
        taken = Taken(steps_of(Initiative)[name], subject, cast.leader, Capacity(role="", title=""), now(), {})
        with django_assert_num_queries(statements):
            letter_facts.write(taken)
