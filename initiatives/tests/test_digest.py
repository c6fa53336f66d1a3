"""One mail a day for who chose so: made once, at the right hour, with everything in it, delivered like any other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from initiatives.mail import SHOWN, gather_digests, is_morning, latest_morning, mail_notices
from initiatives.models import Digest, Notice
from initiatives.tests.factories import Cast, initiative, walk
from initiatives.tests.smtp_server import Post
from organisation.models import Person
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2026, 6, 2, 6, 0, tzinfo=UTC)  # eight o'clock in the Netherlands
ADDRESS = "leider@politie.example"


@pytest.fixture
def cast() -> Cast:
    """A project leader who wants one mail a day, and a head who wants everything at once."""
    cast = Cast()
    Person.objects.filter(pk=cast.leader.pk).update(email=ADDRESS, mail=Person.Mail.DAILY)
    Person.objects.filter(pk=cast.head.pk).update(email="hoofd@politie.example")
    return cast


def tell(person: Person, count: int = 1, at: datetime = MORNING, kind: Notice.Kind = Notice.Kind.STEP) -> None:
    Notice.objects.bulk_create(
        Notice(person=person, kind=kind, subject=f"Bericht {n}", body="Er is iets.\n\nMeer hierover.", created_at=at)
        for n in range(count)
    )


def body_of(post: Post) -> str:
    part = post.to(ADDRESS)[-1].get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_what_happens_waits_for_the_digest_and_a_decision_does_not(cast: Cast, post: Post) -> None:
    subject = initiative(cast, "aangemeld")
    tell(cast.leader, kind=Notice.Kind.DECISION)
    mail_notices(MORNING)
    assert [mail["Subject"] for mail in post.to(ADDRESS)] == ["Bericht 0"]
    Notice.objects.update(created_at=MORNING)
    assert gather_digests(MORNING) == 1
    mail_notices(MORNING)
    assert [mail["Subject"] for mail in post.to(ADDRESS)] == ["Bericht 0", "Bodycamregister: 1 bericht"]
    text = body_of(post)
    assert "Dit is uw mail van dinsdag 2 juni 2026." in text
    assert f"{subject.number}: Bodycams in de horeca\n---" in text
    assert f"https://bodycams.example/initiatieven/{subject.pk}/" in text
    assert "Kies hoe u mail krijgt:\nhttps://bodycams.example/account/mail/" in text
    assert not Notice.objects.filter(person=cast.leader, mailed_at=None).exists()


def test_steps_that_decide_are_mailed_at_once(cast: Cast) -> None:
    Person.objects.filter(pk=cast.head.pk).update(mail=Person.Mail.DAILY)
    walk(cast, "noodzaak_vaststellen", "aanmelden", "beoordelen", "goedkeuren", at=MORNING)
    waiting = Notice.objects.to_mail(MORNING).filter(person=cast.head)
    at_once = [notice.kind for notice in waiting.on_their_own()]
    assert at_once == [Notice.Kind.DECISION]
    assert waiting.for_a_digest().count() == waiting.count() - 1


@pytest.mark.parametrize(
    ("at", "made"),
    [
        ("2026-06-02T04:59:59", 0),  # a second before seven, in summer
        ("2026-06-02T05:00:00", 1),
        ("2026-12-02T05:59:59", 0),  # and in winter
        ("2026-12-02T06:00:00", 1),
        ("2026-12-02T22:59:59", 1),  # late is better than never
    ],
)
def test_digest_is_made_from_seven_o_clock_on(cast: Cast, at: str, made: int) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    tell(cast.leader, at=moment - timedelta(hours=1))
    assert gather_digests(moment) == made


def test_any_number_of_beats_makes_one_digest_a_day(cast: Cast, post: Post) -> None:
    tell(cast.leader, 3)
    assert [gather_digests(MORNING) for _ in range(3)] == [1, 0, 0]
    tell(cast.leader, 2, at=MORNING + timedelta(hours=1))
    assert gather_digests(MORNING + timedelta(hours=2)) == 0
    mail_notices(MORNING)
    assert [mail["Subject"] for mail in post.to(ADDRESS)] == ["Bodycamregister: 3 berichten"]
    assert gather_digests(MORNING + timedelta(days=1)) == 1
    assert gather_digests(MORNING + timedelta(days=2)) == 0  # nothing new, no mail
    mail_notices(MORNING + timedelta(days=2))
    assert [mail["Subject"] for mail in post.to(ADDRESS)][1:] == ["Bodycamregister: 2 berichten"]


def test_beats_at_the_same_moment_make_and_send_one(cast: Cast, post: Post) -> None:
    tell(cast.leader, 3)

    def beat(_: int) -> int:
        try:
            made = gather_digests(MORNING)
            mail_notices(MORNING)
            return made
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(beat, range(4))) == 1
    mail_notices(MORNING)
    assert len(post.to(ADDRESS)) == 1
    assert Digest.objects.count() == 1


def test_digest_that_is_refused_is_tried_again_and_the_rest_goes_out(cast: Cast, post: Post) -> None:
    tell(cast.leader)
    tell(cast.head)
    gather_digests(MORNING)
    post.refused = {ADDRESS}
    assert mail_notices(MORNING) == 1
    post.refused = set()
    assert mail_notices(MORNING + timedelta(minutes=2)) == 1
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_who_changes_to_mail_at_once_gets_what_was_gathered_in_its_digest(cast: Cast, post: Post) -> None:
    tell(cast.leader)
    gather_digests(MORNING)
    Person.objects.filter(pk=cast.leader.pk).update(mail=Person.Mail.AT_ONCE)
    tell(cast.leader, at=MORNING)
    mail_notices(MORNING)
    assert [mail["Subject"] for mail in post.to(ADDRESS)] == ["Bericht 0", "Bodycamregister: 1 bericht"]
    assert mail_notices(MORNING) == 0


def test_nothing_is_gathered_for_who_has_no_address_or_has_left(cast: Cast) -> None:
    tell(cast.leader)
    Person.objects.filter(pk=cast.leader.pk).update(is_active=False)
    assert gather_digests(MORNING) == 0
    Person.objects.filter(pk=cast.leader.pk).update(is_active=True, email="")
    assert gather_digests(MORNING) == 0
    assert not Digest.objects.exists()


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        ("2026-06-02T06:59", "2026-06-01"),
        ("2026-06-02T07:00", "2026-06-02"),
        ("2026-10-25T00:30", "2026-10-24"),  # before the hour that comes twice
        ("2026-03-29T06:30", "2026-03-28"),
    ],
)
def test_latest_morning_is_today_from_seven_o_clock_on(at: str, morning: str) -> None:
    found = latest_morning(datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM))
    assert found.isoformat().startswith(f"{morning}T07:00:00")
    assert is_morning(found)


def test_long_digest_says_how_many_there_are_more(cast: Cast, post: Post) -> None:
    tell(cast.leader, SHOWN + 2)
    gather_digests(MORNING)
    mail_notices(MORNING)
    text = body_of(post)
    assert text.count("Er is iets.") == SHOWN
    assert "Er zijn nog 2 berichten." in text
    assert "https://bodycams.example/meldingen/" in text
