"""Many people at the same moment, on a real PostgreSQL: one decision, one entry, numbers without gaps."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from initiatives.concepts import save_concept
from initiatives.models import Decision, Initiative, Necessity, View
from initiatives.register import saved as selections
from initiatives.register.saved import NotSaved, save_selection
from initiatives.services import take_step
from initiatives.snapshot import what_was_signed_for
from initiatives.tests.factories import Cast, initiative, usual_input, walk
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import now
from workflow.take import Forbidden, StepRefused

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20
PATIENCE = 30


def all_at_once(tasks: list[Callable[[], str]]) -> Counter[str]:
    """Run these at the same time, `AT_ONCE` together, each on a connection of its own; how often each answer came."""

    def run(task: Callable[[], str]) -> str:
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, tasks))


def decision(subject: Initiative, person: Person, name: str) -> Callable[[], str]:
    def take() -> str:
        typed = usual_input(name, now())
        try:
            take_step(subject.pk, name, person=Person.objects.get(pk=person.pk), at=now(), read=lambda *_: typed)
        except StepRefused:
            return "409"
        except Forbidden:
            return "403"
        return "taken"

    return take


def test_of_two_hundred_decisions_at_once_one_is_taken() -> None:
    cast = Cast()
    subject = initiative(cast, "beoordeeld")
    leaders, auditor = [cast.leader, holder_of(Role.LEADER)], holder_of(Role.AUDITOR)
    tasks = [decision(subject, leaders[n % 2], ("goedkeuren", "afwijzen")[n % 3 == 0]) for n in range(190)]
    tasks += [decision(subject, auditor, "goedkeuren") for _ in range(10)]
    answers = all_at_once(tasks)
    assert answers == {"taken": 1, "409": 189, "403": 10}
    assert Decision.objects.filter(initiative=subject).count() == 1
    entries = Entry.objects.filter(object_id=str(subject.pk), action__in=["goedkeuren", "afwijzen"])
    assert Counter(entries.values_list("result", flat=True)) == {"genomen": 1, "geweigerd": 199}


def test_without_the_lock_the_race_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with the lock taken out the first question no longer protects, and the database has to."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    cast = Cast()
    subject = initiative(cast, "beoordeeld")

    def unprotected() -> str:
        try:
            return decision(subject, cast.leader, "goedkeuren")()
        except Exception as error:
            return type(error).__name__

    answers = all_at_once([unprotected] * 200)
    assert answers["IntegrityError"] > 0
    assert Decision.objects.filter(initiative=subject).count() == 1


def test_numbers_have_no_gaps_when_many_file_at_once_and_some_fail() -> None:
    cast = Cast()
    concepts = [walk(cast, "noodzaak_vaststellen", start=initiative(cast)) for _ in range(30)]

    def file(subject: Initiative, fails: bool) -> Callable[[], str]:
        def take() -> str:
            contact = Person.objects.get(pk=cast.contact.pk)
            if fails:
                Initiative.objects.filter(pk=subject.pk).update(title="")
            try:
                taken = take_step(subject.pk, "aanmelden", person=contact, at=now(), read=lambda *_: {})
            except StepRefused:
                return "refused"
            return str(taken.subject.number)

        return take

    answers = all_at_once([file(subject, place % 5 == 0) for place, subject in enumerate(concepts)])
    assert answers.pop("refused") == 6
    assert sorted(int(number[-4:]) for number in answers) == list(range(1, 25))


def test_over_http_one_click_wins_and_nobody_sees_an_error_of_the_server() -> None:
    cast = Cast()
    subject = initiative(cast, "beoordeeld")
    auditor = holder_of(Role.AUDITOR)
    address = reverse("step", args=[subject.pk, "afwijzen"])

    def click(person: Person) -> Callable[[], str]:
        browser = Client()
        browser.force_login(person, "initiatives.backends.Backend")
        return lambda: str(browser.post(address, {"reasons": "De koppeling ontbreekt."}).status_code)

    answers = all_at_once([click(auditor if n % 10 == 0 else cast.leader) for n in range(100)])
    assert answers == {"302": 1, "409": 89, "403": 10}


def saving(person: Person, name: str) -> Callable[[], str]:
    def save() -> str:
        try:
            return str(save_selection(person, name, "q=horeca", at=now()).place)
        except NotSaved as refused:
            return str(refused)

    return save


def test_selections_saved_at_once_each_find_a_place() -> None:
    person = holder_of(Role.LEADER)
    assert all_at_once([saving(person, name) for name in "abcdef"]) == Counter("123456")


def test_twin_without_the_lock_two_selections_want_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    both, free_place = Barrier(2, timeout=PATIENCE), selections._free_place
    monkeypatch.setattr(selections, "_free_place", lambda *given: (free_place(*given), both.wait())[0])
    person = holder_of(Role.LEADER)
    assert all_at_once([saving(person, name) for name in "ab"]) == Counter(["1", selections.NAME_TAKEN])


WAITING_FOR_ME = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@contextmanager
def held(subject: Initiative, meanwhile: Callable[[], str]) -> Iterator[list[str]]:
    """Hold the lock on the file; `meanwhile` starts at the same time and waits for it. Its answer comes afterwards."""
    answers: list[str] = []

    def run() -> None:
        try:
            answers.append(meanwhile())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            Initiative.objects.select_for_update().get(pk=subject.pk)
            waits = pool.submit(run)
            until = time.monotonic() + PATIENCE
            while cursor.execute(WAITING_FOR_ME) or cursor.fetchone() is None:
                assert not waits.done(), "did not wait"
                assert time.monotonic() < until, "took too long"
                time.sleep(0.01)
            yield answers
        waits.result(PATIENCE)


def test_a_step_that_waited_for_the_lock_judges_by_what_was_recorded_meanwhile() -> None:
    cast = Cast()
    subject = initiative(cast, "bezwaar")
    with held(subject, decision(subject, cast.manager, "gegrond_verklaren")) as answers:
        View.objects.create(initiative=subject, view="eens", note="Akkoord.", given_by=cast.holder, given_at=now())
    assert answers == ["taken"]


def test_a_concept_that_waited_for_the_signature_lets_it_lapse() -> None:
    cast = Cast()
    subject = initiative(cast)

    def save() -> str:
        saved = save_concept(subject, {"amount": 99_000, "version": subject.version}, person=cast.contact, at=now())
        return "lapsed" if saved.lapsed else "stands"

    with held(subject, save) as answers:
        signed = Necessity.objects.create(
            initiative=subject,
            necessary=True,
            urgent=False,
            reasons="Nodig.",
            signed_by=cast.head,
            signed_at=now(),
            signed_for=what_was_signed_for(subject),
        )
        Initiative.objects.filter(pk=subject.pk).update(necessity=signed)
    assert answers == ["lapsed"]
