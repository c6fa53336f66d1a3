"""Questions to the project leader: who asks and sees what, the answers and their versions, and what the database
refuses.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from initiatives.concepts import AlreadySent
from initiatives.mail import mail_of
from initiatives.models import Answer, Notice, Question
from initiatives.questions import (
    AnsweredMeanwhile,
    Asked,
    answer,
    ask,
    count,
    may_ask,
    may_ask_about,
    page,
    selection,
)
from initiatives.tests.factories import Cast, concept, initiative
from journal.models import Entry
from journal.read import trail
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


def asked_by(cast: Cast, title: str = "Opleiding", text: str = "Wie betaalt de opleiding?", **more: Any) -> Question:
    return ask(cast.contact, title, text, at=now(), **more)


def found(somebody: Person, **asked: Any) -> set[str]:
    return {question.title for question in selection(Person.objects.get(pk=somebody.pk), Asked(**asked))}


# --- who --------------------------------------------------------------------------------------------


def test_contact_persons_and_heads_ask_in_general(cast: Cast) -> None:
    assert {one: may_ask(one) for one in (cast.contact, cast.head)} == {cast.contact: True, cast.head: True}
    others = [cast.leader, cast.manager, cast.holder, holder_of(Role.AUDITOR), holder_of(Role.JUDGE, "ON"), person()]
    assert not any(may_ask(one) for one in others)


def test_about_a_file_asks_who_sees_it_but_who_answers_and_who_only_looks(cast: Cast) -> None:
    filed = initiative(cast, "aangemeld")
    asking = [cast.contact, cast.head, cast.manager, cast.holder]
    assert all(may_ask_about(one, filed) for one in asking)
    others = [cast.leader, holder_of(Role.AUDITOR), holder_of(Role.CONTACT, "MN"), person(is_superuser=True)]
    assert not any(may_ask_about(one, filed) for one in others)


def test_about_a_concept_that_the_project_leader_cannot_see_nobody_asks(cast: Cast) -> None:
    assert not may_ask_about(cast.contact, concept(cast))


def test_question_on_a_file_is_seen_with_the_file_and_a_general_one_by_all(cast: Cast) -> None:
    asked_by(cast, "Over het dossier", initiative=initiative(cast, "aangemeld"))
    asked_by(cast, "In het algemeen")
    both = {"Over het dossier", "In het algemeen"}
    for somebody in (cast.contact, cast.head, cast.leader, cast.manager, cast.holder, holder_of(Role.AUDITOR)):
        assert found(somebody) == both
    for somebody in (holder_of(Role.CONTACT, "MN"), holder_of(Role.HEAD, "MN"), holder_of(Role.ADMINISTRATOR)):
        assert found(somebody) == {"In het algemeen"}
    for somebody in (holder_of(Role.JUDGE, "ON"), holder_of(Role.WEARER, "ON"), person(is_superuser=True)):
        assert found(somebody) == set()


# --- asking and answering -----------------------------------------------------------------------------


def test_question_stands_in_the_trail_of_its_file_in_the_role_of_who_asked(cast: Cast) -> None:
    filed = initiative(cast, "aangemeld")
    question = asked_by(cast, initiative=filed)
    entry = trail(filed)[0]
    assert (entry.action, entry.role, entry.unit, entry.data["question"]) == (
        "vraag_gesteld",
        "contactpersoon",
        "ON",
        question.pk,
    )
    assert str(entry) == "De contactpersoon Oost-Nederland heeft een vraag gesteld: ‘Opleiding’."
    assert question.asked_as == "De contactpersoon Oost-Nederland"


def test_general_question_and_its_answers_have_a_trail_of_their_own(cast: Cast) -> None:
    question = asked_by(cast)
    answer(question, "De eenheid.", person=cast.leader, at=now())
    answer(question, "De eenheid, tot het budget er is.", person=cast.leader, at=now(), after=1)
    assert [str(entry) for entry in trail(question)] == [
        "De projectleider heeft het antwoord verbeterd op de vraag ‘Opleiding’.",
        "De projectleider heeft de vraag beantwoord: ‘Opleiding’.",
        "De contactpersoon Oost-Nederland heeft een vraag gesteld: ‘Opleiding’.",
    ]


def test_better_answer_takes_the_place_of_the_first_which_stays(cast: Cast) -> None:
    question = asked_by(cast)
    first = answer(question, "De eenheid.", person=cast.leader, at=now())
    answer(question, "De eenheid, tot het budget er is.", person=cast.leader, at=now(), after=1)
    stored: Any = Question.objects.with_answer().get()
    assert (stored.answer["text"], stored.answer["version"]) == ("De eenheid, tot het budget er is.", 2)
    assert stored.answered_at == first.answered_at
    assert [one.text for one in Answer.objects.order_by("version")] == [
        "De eenheid.",
        "De eenheid, tot het budget er is.",
    ]


@pytest.mark.parametrize("after", [0, 2])
def test_who_answers_after_somebody_else_is_told(cast: Cast, after: int) -> None:
    question = asked_by(cast)
    answer(question, "De eenheid.", person=cast.leader, at=now())
    entries = Entry.objects.count()
    with pytest.raises(AnsweredMeanwhile):
        answer(question, "Het korps.", person=holder_of(Role.LEADER), at=now(), after=after)
    assert (Answer.objects.count(), Entry.objects.filter(action="vraag_beantwoord").count()) == (1, 1)
    assert Entry.objects.count() >= entries


def test_one_form_asks_once(cast: Cast) -> None:
    form_id = uuid4()
    asked_by(cast, form_id=form_id)
    with pytest.raises(AlreadySent):
        asked_by(cast, form_id=form_id)
    assert Question.objects.count() == 1


# --- who is told ----------------------------------------------------------------------------------------


def told(**about: Any) -> set[str]:
    return {notice.person.number for notice in Notice.objects.filter(**about).select_related("person")}


def test_project_leaders_are_told_of_a_question_and_who_asked_of_the_answer(cast: Cast) -> None:
    second = holder_of(Role.LEADER)
    question = asked_by(cast)
    assert told(links__0__1=f"/vragen/{question.pk}/") == {cast.leader.number, second.number}
    assert "Beantwoord de vraag." in Notice.objects.filter(person=second).get().body
    Notice.objects.all().delete()
    answer(question, "De eenheid.", person=cast.leader, at=now())
    assert told() == {cast.contact.number}
    mail = mail_of(Notice.objects.select_related("person").get())
    assert mail.subject == "Vraag: Opleiding"
    assert f"/vragen/{question.pk}/" in mail.text
    assert "De eenheid." in mail.text


def test_contact_persons_of_the_file_are_told_of_the_answer_too(cast: Cast) -> None:
    colleague = holder_of(Role.CONTACT, "ON")
    filed = initiative(cast, "aangemeld")
    question = ask(cast.manager, "Opleiding", "Wie betaalt?", at=now(), initiative=filed)
    Notice.objects.all().delete()
    answer(question, "De eenheid.", person=cast.leader, at=now())
    assert told(initiative=filed) == {cast.manager.number, cast.contact.number, colleague.number}


# --- finding --------------------------------------------------------------------------------------------


def test_words_of_the_question_and_of_the_answer_in_force_are_found_in_dutch(cast: Cast) -> None:
    question = asked_by(cast, "Privacy", "Wie bekijkt de opnamen?")
    asked_by(cast, "Iets anders", "Niets hiervan.")
    answer(question, "De beoordelaars van de eenheid.", person=cast.leader, at=now())
    for words in ("opname", "beoordelaar", "privacy"):
        assert found(cast.contact, q=words) == {"Privacy"}
    answer(question, "Alleen de officier van justitie.", person=cast.leader, at=now(), after=1)
    assert found(cast.contact, q="officier justitie") == {"Privacy"}
    assert found(cast.contact, q="beoordelaar") == set()


def test_filters_narrow_together(cast: Cast) -> None:
    filed = initiative(cast, "aangemeld")
    asked_by(cast, "een", initiative=filed)
    answer(asked_by(cast, "twee"), "Ja.", person=cast.leader, at=now())
    ask(cast.head, "drie", "Kan dat?", at=now())
    assert found(cast.contact, state="open") == {"een", "drie"}
    assert found(cast.contact, state="beantwoord") == {"twee"}
    assert found(cast.contact, about="algemeen") == {"twee", "drie"}
    assert found(cast.contact, about="dossier") == found(cast.contact, file=str(filed.number)) == {"een"}
    assert found(cast.contact, mine=True) == {"een", "twee"}
    assert found(cast.contact, mine=True, state="open", about="algemeen") == set()


def test_pages_show_every_question_once_newest_first(cast: Cast) -> None:
    for number in range(7):
        asked_by(cast, str(number))
    everything = selection(cast.contact, Asked())
    assert count(everything) == 7
    first = page(everything, 3)
    second = page(everything, 3, first.next)
    third = page(everything, 3, second.next)
    titles = [question.title for part in (first, second, third) for question in part.rows]
    assert titles == ["6", "5", "4", "3", "2", "1", "0"]
    assert (first.previous, third.next, page(everything, 3, second.previous).rows) == ("", "", first.rows)


# --- what the database refuses --------------------------------------------------------------------------

ASK = (
    "INSERT INTO initiatives_question (initiative_id, title, text, asked_by_id, asked_as, asked_at, answered_at) "
    "VALUES ({initiative}, 't', 't', {person}, 'r', now(), {answered})"
)
ANSWER = (
    "INSERT INTO initiatives_answer (question_id, version, text, answered_by_id, answered_at) "
    "VALUES ({question}, {version}, 'a', {person}, now())"
)


@transaction.atomic
def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (ASK, {"answered": "now()", "initiative": "NULL"}),
        (ASK, {"answered": "NULL", "initiative": "{concept}"}),
        (ANSWER, {"question": "0", "version": "1"}),
        (ANSWER, {"question": "{question}", "version": "1"}),
        (ANSWER, {"question": "{question}", "version": "3"}),
        ("UPDATE initiatives_question SET text = 'iets anders'", {}),
        ("UPDATE initiatives_question SET answered_at = NULL", {}),
        ("DELETE FROM initiatives_question", {}),
        ("UPDATE initiatives_answer SET text = 'iets anders'", {}),
        ("DELETE FROM initiatives_answer", {}),
    ],
)
def test_database_refuses_what_may_never_be(cast: Cast, statement: str, values: dict[str, str]) -> None:
    question = asked_by(cast)
    answer(question, "De eenheid.", person=cast.leader, at=now())
    known = {"concept": concept(cast).pk, "question": question.pk, "person": cast.leader.pk}
    given = {name: value.format(**known) for name, value in values.items()}
    with pytest.raises(DatabaseError):
        run(statement.format(**{**known, **given}))
    assert list(Question.objects.values_list("text", flat=True)) == ["Wie betaalt de opleiding?"]
    assert list(Answer.objects.values_list("text", flat=True)) == ["De eenheid."]
