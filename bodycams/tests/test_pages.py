"""Every page that can be shown, in a real browser: axe finds nothing, the keyboard reaches everything, and nothing goes
wrong behind it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from bodycams.tests.access import somebody_who_is
from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
from bodycams.tests.test_access import ACCESS
from organisation.models import Person

SHOWN = [(name, kind) for name, line in ACCESS.items() for kind in line.looked_at_by()]

SamePage = Callable[[Person | None], Page]


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_page_is_for_everybody(name: str, kind: str, same_page: SamePage) -> None:
    page = same_page(somebody_who_is(kind))
    page.goto(reverse(name, kwargs=ACCESS[name].address()))
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)


@pytest.mark.parametrize(
    ("address", "status"), [("/onbekend/", 404), ("/?q=%00", 400), ("/inloggen/wachtwoord/1/verlopen/", 410)]
)
def test_page_that_says_no_is_for_everybody_too(address: str, status: int, same_page: SamePage) -> None:
    page = same_page(None)
    response: Any = page.goto(address)
    assert response.status == status
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)


def test_refusal_is_for_everybody_too(same_page: SamePage) -> None:
    page = same_page(somebody_who_is("drager"))
    response: Any = page.goto(reverse("organisation"))
    assert response.status == 403
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
