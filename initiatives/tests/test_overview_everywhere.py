"""Whatever is on the overview: paper, page and data say the same of it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying

from initiatives.overview.approved import Overview
from initiatives.overview.data import as_json, from_json
from initiatives.overview.words import line
from initiatives.tests.overview_examples import PRINTABLE, overviews
from initiatives.tests.overview_paper import expected_row, read_row, rows_of, sections_of
from initiatives.tests.overview_rows import overview_of
from initiatives.views import overview as page
from organisation.roles import Role
from organisation.tests.factories import holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(holder_of(Role.AUDITOR), "initiatives.backends.Backend")
    return client


def solid(text: str) -> str:
    """However it was broken into lines."""
    return re.sub(r"\s", "", text)


@trying(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(overviews(PRINTABLE, 4))
def test_paper_page_and_data_say_the_same(auditor: Client, overview: Overview) -> None:
    told = from_json(as_json(overview)).rows
    assert on_paper(overview) == {row.number: list(map(solid, expected_row(row))) for row in told}
    shown = on_screen(auditor, overview)
    assert shown.keys() == {row.number for row in told}
    for words in map(line, told):
        for said in (words.title, words.unit, words.kinds, words.cameras, words.decided, words.amount):
            assert solid(said) in shown[words.number]


def on_paper(overview: Overview) -> dict[str, list[str]]:
    return {number: list(map(solid, read_row(cells))) for number, cells in rows_of(sections_of(overview)).items()}


def on_screen(client: Client, overview: Overview) -> dict[str, str]:
    """All that a row says, by the number in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "overview_on", lambda peildatum: overview)
        html = client.get(reverse("overview")).content.decode()
    rows = (solid(unescape(re.sub("<[^>]*>", "", row))) for row in re.findall(r"<tr\b.*?</tr>", html, re.DOTALL))
    return {found[0]: row for row in rows if (found := re.search(r"BC-20[0-9]{2}-[0-9]{4}", row))}


def test_twin_a_word_that_differs_is_seen() -> None:
    """So that the comparison above is one."""
    overview = overview_of(1)
    (row,) = overview.rows
    printed = list(on_paper(overview).values())
    assert printed == [list(map(solid, expected_row(row)))]
    assert printed != [list(map(solid, expected_row(row._replace(cameras=row.cameras + 1))))]
