"""The anchor in the auditors' mail: as often as is set, to each of them, and enough for a check outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from journal import anchors, seals
from journal.models import Entry
from journal.write import record
from organisation.journal_mail import mail_anchor
from organisation.models import Person
from organisation.roles import Role
from organisation.tasks import mail_anchor as task
from organisation.tests.factories import holder_of
from script.verify_journal import read_anchors
from workflow.clock import now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


@pytest.fixture
def auditors() -> list[Person]:
    people = [holder_of(Role.AUDITOR) for _ in range(3)]
    for person, email in zip(people, ("een@voorbeeld.nl", "twee@voorbeeld.nl", ""), strict=True):
        Person.objects.filter(pk=person.pk).update(email=email)
    return people


def test_every_auditor_with_an_address_gets_the_newest_anchor_once_a_day(auditors: list[Person], settings: Any) -> None:
    at = now()
    assert mail_anchor(at) == 0
    seals.seal()
    newest = seals.newest()
    assert newest is not None
    assert mail_anchor(at) == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["een@voorbeeld.nl", "twee@voorbeeld.nl"]
    assert anchors.anchor_of(newest) in str(mail.outbox[0].body).splitlines()
    kept = read_anchors(mail.outbox[0].message().as_string().splitlines())
    assert kept == {newest.number: (newest.last_seq, bytes(newest.hash).hex())}
    assert mail_anchor(at + timedelta(hours=23)) == 0
    assert mail_anchor(at + timedelta(hours=24)) == 2
    settings.JOURNAL_MAIL_EVERY = timedelta(hours=6)
    assert mail_anchor(at + timedelta(hours=7)) == 2
    assert Entry.objects.filter(action="anker_gemaild").count() == 3


def test_one_that_cannot_be_delivered_does_not_keep_others_from_theirs(auditors: list[Person]) -> None:
    record("proef", "Een regel.")
    seals.seal()
    Person.objects.filter(pk=auditors[0].pk).update(email="een@voorbeeld.nl\nBcc: iedereen@voorbeeld.nl")
    task()
    assert [message.to for message in mail.outbox] == [["twee@voorbeeld.nl"]]
