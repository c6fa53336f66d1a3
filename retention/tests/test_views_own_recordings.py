"""The page of who wore the camera: the last shift with its judgement, earlier ones, and what the page costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.models import Judgement, Recording
from retention.tests.factories import facts, recording
from retention.tests.states import judged_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def wearer(client: Client) -> Person:
    found = holder_of(Role.WEARER, "ON")
    client.force_login(found)
    return found


def page(client: Client, status: int = 200, **asked: Any) -> str:
    answer = client.get("/opnamen/eigen/", asked)
    assert answer.status_code == status
    return answer.content.decode()


def step(found: Recording, name: str) -> str:
    return f'action="/opnamen/{found.pk}/stap/{name}/"'


def test_each_of_the_last_shift_is_judged_in_one_click(client: Client, wearer: Person) -> None:
    found = recording(0, wearer=wearer.number)
    html = page(client)
    assert step(found, "niet_zinvol_verklaren") in html
    for code in ("niet_zinvol", "onbruikbaar_beeld", "geen_audio"):
        assert f'name="reason_code" value="{code}"' in html


def test_what_is_left_to_the_judge_says_why(client: Client, wearer: Person) -> None:
    found = recording(0, wearer=wearer.number, place="woning")
    html = page(client)
    assert step(found, "niet_zinvol_verklaren") not in html
    assert "Er is gefilmd in een woning of op een besloten erf." in html


def test_own_judgement_is_taken_back_in_one_click_and_that_of_a_judge_is_not(client: Client, wearer: Person) -> None:
    mine, theirs = (judged_away(recording(0, wearer=wearer.number), now()) for _ in range(2))
    judge = holder_of(Role.JUDGE, "ON")
    Judgement.objects.create(recording=mine, step="niet_zinvol_verklaren", person=wearer, role="drager", at=now())
    Judgement.objects.create(
        recording=theirs, step="niet_noodzakelijk_verklaren", person=judge, role="beoordelaar", at=now()
    )
    html = page(client)
    assert step(mine, "ongedaan_maken") in html
    assert step(theirs, "ongedaan_maken") not in html


def test_earlier_ones_stand_below_page_by_page(client: Client, wearer: Person) -> None:
    Recording.objects.bulk_create(Recording(**facts(2 + n % 20, wearer=wearer.number)) for n in range(21))
    html = page(client)
    assert "Van de laatste 24 uur zijn er geen opnamen van u." in html
    assert "1 tot en met 20" in html
    assert "pagina=" in html


def test_link_that_leads_nowhere_is_refused_in_words(client: Client, wearer: Person) -> None:
    assert "Deze bladzijde bestaat niet." in page(client, 400, pagina="zomaar")


def test_a_long_shift_costs_as_many_queries_as_a_short_one(client: Client, wearer: Person) -> None:
    def asked(count: int) -> int:
        Recording.objects.bulk_create(Recording(**facts(0, wearer=wearer.number)) for _ in range(count))
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    page(client)
    assert asked(2) == asked(10)


def test_shift_ends_after_a_day(client: Client, wearer: Person) -> None:
    ended = now() - timedelta(hours=24, minutes=1)
    found = recording(0, wearer=wearer.number, used_from=ended - timedelta(hours=1), shift_end=ended)
    assert step(found, "niet_zinvol_verklaren") not in page(client)
