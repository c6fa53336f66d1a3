"""The page of the list: what it shows to whom, what it costs, and what it says when there is nothing to show."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention.models import Recording
from retention.tests.factories import facts, recording
from retention.tests.states import kept, removed

pytestmark = pytest.mark.django_db

PAGE = "/opnamen/"


def shown(client: Client, person: Person, address: str = PAGE, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def many(count: int, **fields: Any) -> None:
    Recording.objects.bulk_create(Recording(**facts(1 + n % 20, **fields)) for n in range(count))


def in_list(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'data-row="/opnamen/(\d+)/"', html)]


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


def test_a_judge_sees_the_own_unit_and_nothing_of_another(client: Client, judge: Person) -> None:
    mine, others, out_of_use = recording(3), recording(3, "MN"), removed()
    assert in_list(shown(client, judge, f"{PAGE}?staat=alle")) == [mine.pk]
    seen = in_list(shown(client, holder_of(Role.PRIVACY), f"{PAGE}?staat=alle"))
    assert seen == [out_of_use.pk, others.pk, mine.pk]


def test_a_wearer_sees_the_own_recordings_only(client: Client) -> None:
    wearer = holder_of(Role.WEARER, "ON")
    mine = recording(3, "MN", wearer=wearer.number)
    recording(3)
    assert in_list(shown(client, wearer)) == [mine.pk]


@pytest.mark.parametrize("role", [Role.HEAD, Role.LEADER, Role.AUDITOR])
def test_who_only_counts_sees_no_recording(client: Client, role: Role) -> None:
    recording(3, source_id="GEHEIM-1")
    html = shown(client, holder_of(role, "ON" if role == Role.HEAD else None))
    assert "Opnamen in cijfers" in html
    assert "GEHEIM-1" not in html


@pytest.mark.parametrize("role", [Role.CONTACT, Role.ADMINISTRATOR])
def test_who_has_nothing_to_do_with_recordings_is_told_so(client: Client, role: Role) -> None:
    html = shown(client, holder_of(role, "ON" if role == Role.CONTACT else None), status=403)
    assert "Opnamen zijn voor beoordelaars, voor dragers en voor de privacyfunctionaris." in html


@pytest.mark.parametrize(("address", "most"), [(PAGE, 5), (f"{PAGE}?plaats=woning&staat=alle", 6)])
def test_list_costs_as_many_queries_for_ten_as_for_a_hundred(
    client: Client, judge: Person, address: str, most: int
) -> None:
    """Session and person, rights, figures, rows; and how many there are when the list is narrowed."""
    many(101, place="woning")
    shown(client, judge, address)
    asked = set()
    for size in (10, 50, 100):
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address, {"aantal": size} | ({"plaats": "woning", "staat": "alle"} if most > 5 else {}))
        assert len(in_list(html.content.decode())) == size
        asked.add(len(queries))
    assert len(asked) == 1
    assert asked.pop() <= most


def test_rows_stand_under_heads_that_say_how_many_there_are(client: Client, judge: Person) -> None:
    recording(26)
    recording(2, place="woning")
    recording(2)
    recording(3)
    heads = re.findall(r'class="queue-head"[^>]*>([^<]+)', shown(client, judge))
    assert heads == [
        "In een woning of op een erf, zonder uitzondering (1)",
        "Sluit vannacht om 00.00 uur (1)",
        "Op volgorde van sluiten (2)",
    ]


def test_one_is_told_as_one_and_two_as_two(client: Client, judge: Person) -> None:
    recording(26)
    html = shown(client, judge)
    assert [words in html for words in ("1 van 1 opname<", ">sluit vannacht<", ">sluit binnen 3 dagen<")] == [True] * 3
    recording(26)
    html = shown(client, judge)
    there = ("1 tot en met 2 van 2 opnamen<", ">sluiten vannacht<", ">sluiten binnen 3 dagen<")
    assert [words in html for words in there] == [True] * 3, "the twin"


def test_page_goes_on_and_keeps_what_was_asked(client: Client, judge: Person) -> None:
    many(15)
    first = shown(client, judge, f"{PAGE}?aantal=10&plaats=openbare_weg")
    assert "1 tot en met 10 van 15 opnamen" in first
    [following] = re.findall(r'href="(\?[^"]*pagina=[^"]*)"', first)
    second = shown(client, judge, PAGE + following.replace("&amp;", "&"))
    assert "11 tot en met 15 van 15 opnamen" in second
    assert not set(in_list(first)) & set(in_list(second))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?pagina=zomaar", "Deze bladzijde bestaat niet."),
        ("?staat=verwijderd", "Wat u ziet"),
        ("?voor=morgen", "Sluit vóór"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client: Client, judge: Person, asked: str, words: str) -> None:
    recording(3)
    assert words in shown(client, judge, PAGE + asked, status=400)


def test_nothing_to_do_is_said_as_good_news(client: Client, judge: Person) -> None:
    html = shown(client, judge)
    assert "Alle opnamen zijn beoordeeld." in html
    assert "Naar de hele lijst" not in html
    recording(3)
    html = shown(client, judge, f"{PAGE}?sluit=0")
    assert "Alle opnamen die dan sluiten, zijn beoordeeld. De eerste volgende sluit op" in html
    assert "Naar de hele lijst" in html
    assert "Haal een filter weg." in shown(client, judge, f"{PAGE}?q=bestaat-niet")


def test_kept_recordings_that_come_to_their_end_are_told_of(client: Client, judge: Person) -> None:
    assert "loopt binnen 28 dagen af" not in shown(client, judge).replace("Noodzakelijk, loopt binnen 28 dagen af", "")
    kept(keep_until=kept().used_from.date())
    assert "Eén noodzakelijke opname loopt binnen 28 dagen af." in shown(client, judge)


def test_what_one_wore_the_camera_for_cannot_be_chosen(client: Client, judge: Person) -> None:
    also_holds(judge, Role.WEARER, "ON")
    mine, another = recording(3, wearer=judge.number), recording(3)
    html = shown(client, judge)
    assert set(in_list(html)) == {mine.pk, another.pk}
    assert re.findall(r'name="recording" value="(\d+)"', html) == [str(another.pk)]


def test_judging_together_is_offered_when_something_can_be_chosen(client: Client) -> None:
    judge, together = holder_of(Role.JUDGE, "ON"), 'action="/opnamen/samen-beoordelen/"'
    kept()
    page = shown(client, judge, f"{PAGE}?staat=noodzakelijk")
    assert 'class="queue"' in page
    assert together not in page
    recording()
    assert together in shown(client, judge)
