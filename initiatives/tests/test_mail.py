"""Notices are mailed once each, to a real mail server; one that fails does not stop the rest and is tried again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.message import EmailMessage
from html import escape

import pytest
from django.db import connection
from pytest_django import Settings

from initiatives.letters.making import make_letters
from initiatives.mail import mail_notices
from initiatives.models import Notice
from initiatives.querysets import MAILED_WITHIN
from initiatives.reminders import remind
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from initiatives.tests.smtp_server import Post
from organisation.models import Person
from workflow.clock import AMSTERDAM, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    for person in (cast.contact, cast.head, cast.leader, cast.manager):
        Person.objects.filter(pk=person.pk).update(email=f"{person.number}@politie.example")
    return cast


def address_of(person: Person) -> str:
    return f"{person.number}@politie.example"


def words_of(mail: EmailMessage, kind: str) -> str:
    """What somebody reads whose mail program shows plain text, or HTML."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_decision_is_mailed_with_reasons_what_is_next_and_the_address_of_the_file(cast: Cast, post: Post) -> None:
    subject = initiative(cast, "goedgekeurd", title="Bodycams & horeca <Arnhem>")
    Notice.objects.exclude(person=cast.head).delete()
    make_letters(now())
    mail_notices(now())
    mail = post.messages[-1]
    text = words_of(mail, "plain")
    assert mail["To"] == address_of(cast.head)
    assert mail["Subject"] == f"{subject.number}: Bodycams & horeca <Arnhem>"
    for words in (
        "De projectleider heeft het initiatief goedgekeurd.",
        "Redenen:\nDit volgt uit de stukken van het dossier.",
        "Bezwaar maken kan tot en met",
        "U kunt in het besluit berusten of bezwaar maken.",
        f"https://bodycams.example/initiatieven/{subject.pk}/",
    ):
        assert words in text
    html = words_of(mail, "html")
    assert "<h1>" + escape(str(mail["Subject"])) + "</h1>" in html
    assert "Redenen:<br>Dit volgt uit de stukken van het dossier." in html
    assert f'<a href="https://bodycams.example/initiatieven/{subject.pk}/">Naar het dossier</a>' in html


def test_reminder_names_every_file_with_its_term_in_both_shapes(cast: Cast, post: Post) -> None:
    filed = datetime(2026, 10, 29, 12, 0, tzinfo=AMSTERDAM)
    subject = walk(cast, *TO_STATUS["aangemeld"], at=filed)
    Notice.objects.all().delete()
    morning = datetime(2026, 12, 25, 8, 0, tzinfo=AMSTERDAM)
    remind(morning)
    assert mail_notices(morning) == 1
    (mail,) = post.messages
    url, term = f"https://bodycams.example/initiatieven/{subject.pk}/", "Beoordelen: 1 dag te laat, donderdag 24"
    assert mail["Subject"] == "1 termijn is voorbij"
    assert f"{subject.number}: Bodycams in de horeca:\n{term} december 2026\n{url}" in words_of(mail, "plain")
    assert f'<a href="{url}">{subject.number}: Bodycams in de horeca</a><br>{term}' in words_of(mail, "html")


def test_each_notice_goes_out_once(cast: Cast, post: Post) -> None:
    initiative(cast, "goedgekeurd")
    make_letters(now())
    expected = Notice.objects.to_mail(now()).count()
    assert (mail_notices(now()), mail_notices(now())) == (expected, 0)
    ids = [mail["Message-ID"] for mail in post.messages]
    assert len(ids) == len(set(ids)) == expected


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_send_nothing_twice(cast: Cast, post: Post) -> None:
    for _ in range(4):
        initiative(cast, "beoordeeld")
    expected = Notice.objects.to_mail(now()).count()

    def work(_: int) -> int:
        try:
            return mail_notices(now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == expected
    assert len({mail["Message-ID"] for mail in post.messages}) == len(post.messages) == expected


def test_refused_recipient_does_not_stop_the_rest_and_is_tried_again_later(cast: Cast, post: Post) -> None:
    initiative(cast, "beoordeeld")
    post.refused = {address_of(cast.head)}
    at = now()
    mail_notices(at)
    assert {mail["To"] for mail in post.messages} == {address_of(cast.contact), address_of(cast.leader)}
    assert mail_notices(at + timedelta(minutes=1)) == 0
    post.refused = set()
    assert mail_notices(at + timedelta(minutes=2)) == Notice.objects.filter(person=cast.head).count()


def test_waiting_between_tries_grows_to_six_hours(cast: Cast, post: Post) -> None:
    initiative(cast, "aangemeld")
    Notice.objects.exclude(person=cast.head).delete()
    post.refused = {"politie.example"}
    at, waited = now(), []
    for _ in range(10):
        mail_notices(at)
        notice = Notice.objects.get()
        assert notice.try_after is not None
        waited.append((notice.try_after - at) // timedelta(minutes=1))
        at = notice.try_after
    assert waited == [2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


def test_unreachable_server_costs_nobody_a_try(cast: Cast, settings: Settings) -> None:
    initiative(cast, "aangemeld")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert mail_notices(now()) == 0
    assert set(Notice.objects.values_list("tries", "mailed_at")) == {(0, None)}


def test_server_that_takes_a_mail_only_the_second_time_gets_it_the_second_time(cast: Cast, post: Post) -> None:
    initiative(cast, "beoordeeld")
    post.greylisted = {address_of(cast.head)}
    at = now()
    mail_notices(at)
    expected = Notice.objects.filter(person=cast.head).count()
    assert len(post.to(address_of(cast.head))) == expected - 1
    assert mail_notices(at + timedelta(minutes=2)) == 1
    assert len(post.to(address_of(cast.head))) == expected


def test_server_that_hangs_up_in_the_middle_of_a_mail_gets_it_again(cast: Cast, post: Post) -> None:
    initiative(cast, "beoordeeld")
    first = Notice.objects.to_mail(now())[0]
    post.drops, at = 1, now()
    assert mail_notices(at) == 0
    assert list(Notice.objects.exclude(tries=0).values_list("pk", "mailed_at")) == [(first.pk, None)]
    rest = Notice.objects.count() - 1
    assert (mail_notices(at), mail_notices(at + timedelta(minutes=2))) == (rest, 1)
    assert len({mail["Message-ID"] for mail in post.messages}) == len(post.messages) == rest + 1


def test_server_that_is_too_slow_is_left_alone_until_the_next_time(cast: Cast, post: Post, settings: Settings) -> None:
    initiative(cast, "beoordeeld")
    settings.EMAIL_TIMEOUT, post.delay = 0.1, 0.4
    assert mail_notices(now()) == 0
    assert not Notice.objects.exclude(tries=0, mailed_at=None).exists()
    settings.EMAIL_TIMEOUT, post.delay = 10, 0
    assert mail_notices(now()) == Notice.objects.count() == len(post.messages)


def test_server_that_is_too_busy_costs_nobody_a_try(cast: Cast, post: Post) -> None:
    initiative(cast, "aangemeld")
    post.busy = True
    assert mail_notices(now()) == 0
    assert set(Notice.objects.values_list("tries", "mailed_at")) == {(0, None)}


@pytest.mark.parametrize("broken", ["a\nb@politie.example", "é@politie.example", "@"])
def test_address_that_cannot_be_written_does_not_stop_the_rest(cast: Cast, post: Post, broken: str) -> None:
    Person.objects.filter(pk=cast.leader.pk).update(email=broken)
    initiative(cast, "beoordeeld")
    mail_notices(now())
    assert {address_of(cast.contact), address_of(cast.head)} <= {mail["To"] for mail in post.messages}


def test_no_mail_for_who_has_no_address_left_or_after_a_week(cast: Cast, post: Post) -> None:
    initiative(cast, "aangemeld")
    Person.objects.filter(pk=cast.leader.pk).update(email="")
    Person.objects.filter(pk=cast.contact.pk).update(is_active=False)
    assert set(Notice.objects.to_mail(now()).values_list("person", flat=True)) == {cast.head.pk}
    assert mail_notices(now() + MAILED_WITHIN) == 0
