"""A letter goes with the mail about its step, as it is kept; the mail waits for it, but not forever."""

from datetime import timedelta

import pytest
from django.core import mail

from initiatives import letters
from initiatives.letters.making import make_letters
from initiatives.letters.posting import PATIENCE
from initiatives.mail import mail_notices
from initiatives.models import Digest, LetterPaper, Notice
from initiatives.tests.factories import Cast, initiative, walk
from organisation.models import Person
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    for person in (cast.contact, cast.head):
        Person.objects.filter(pk=person.pk).update(email=f"{person.number}@politie.example")
    return cast


def sent_to(person: Person) -> list[mail.EmailMessage]:
    return [message for message in mail.outbox if message.to == [f"{person.number}@politie.example"]]


def test_mail_waits_for_its_letter_and_brings_it_byte_for_byte(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    mail_notices(now())
    mail.outbox.clear()
    walk(cast, "afwijzen", start=subject)
    assert (mail_notices(now()), mail.outbox) == (0, [])
    make_letters(now())
    mail_notices(now())
    paper = bytes(LetterPaper.objects.get().content)
    for person in (cast.head, cast.contact):
        (message,) = sent_to(person)
        assert message.attachments == [(f"{subject.number}-brief-1.pdf", paper, "application/pdf")]
        assert f"De brief zit bij dit bericht: {subject.number}-brief-1.pdf." in str(message.body)


def test_other_mails_do_not_wait_and_bring_nothing(cast: Cast) -> None:
    initiative(cast, "beoordeeld")
    mail_notices(now())
    assert sent_to(cast.head) != []
    assert [message.attachments for message in mail.outbox if message.attachments] == []


def test_mail_goes_without_a_letter_that_cannot_be_made(cast: Cast) -> None:
    initiative(cast, "afgewezen")
    mail_notices(now() + PATIENCE + timedelta(minutes=1))
    assert sent_to(cast.head)[-1].attachments == []


def test_each_notice_finds_the_letter_of_its_own_step(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    make_letters(now())
    names = {
        (letter.name, notice.created_at)
        for notice in Notice.objects.filter(initiative=subject)
        if (letter := letters.for_notice(notice))
    }
    assert sorted(name for name, _ in names) == [f"{subject.number}-brief-1.pdf", f"{subject.number}-brief-2.pdf"]


def test_digest_brings_the_letters_of_what_it_tells_of(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    Notice.objects.all().delete()
    Person.objects.filter(pk=cast.contact.pk).update(mail=Person.Mail.DAILY)
    walk(cast, "terugsturen", start=subject)
    make_letters(now())
    row = Digest.objects.create(person=cast.contact, day=local_date(now()), created_at=now())
    Notice.objects.filter(person=cast.contact).update(digest=row)
    mail_notices(now())
    (message,) = sent_to(cast.contact)
    assert [name for name, *_ in message.attachments] == [f"{subject.number}-brief-1.pdf"]
