"""The register answers exactly to what is asked, and its pages show every row once, whatever happens meanwhile."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bodycams.keyset import BadLink
from initiatives.models import Initiative
from initiatives.register.asked import BEST_FIRST, SORTS, Asked, page, selection, totals
from initiatives.tests.factories import TO_STATUS, Cast, concept, walk
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db

Filter = tuple[dict[str, Any], Callable[[Initiative], bool]]
NO_FILTER: Filter = ({}, lambda i: True)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM)


def filed(cast: Cast, day: date, status: str = "aangemeld", **fields: Any) -> Initiative:
    return walk(cast, *TO_STATUS[status], start=concept(cast, **fields), at=noon(day))


@pytest.fixture
def shelf() -> list[Initiative]:
    """Two units, every status, several kinds, vendors and days; and a concept that nobody but its unit may see."""
    east, north = Cast("ON"), Cast("NN")
    both = ["aanschaf", "experiment"]
    trial = {"period_from": date(2017, 1, 1), "period_until": date(2017, 6, 1), "research_question": "Werkt het?"}
    found = [
        filed(east, date(2016, 3, 1), "goedgekeurd", title="Bodycams voor hondengeleiders"),
        filed(east, date(2016, 12, 31), "afgewezen", vendor="Axon", requested_support=["juridische_borging"]),
        filed(east, date(2017, 1, 1), "bezwaar", kinds=both, cameras_requested=40, **trial),
        filed(north, date(2017, 1, 1), "beoordeeld", kinds=both, vendor="Axon", requested_support=[], **trial),
        filed(north, date(2017, 1, 2), "ingetrokken", cameras_requested=40, description="Proef in de horeca."),
        filed(north, date(2018, 5, 5), "aangemeld", teams="Team horecadiensten Assen"),
        walk(north, "terugsturen", start=filed(north, date(2018, 5, 6)), at=noon(date(2018, 5, 7))),
    ]
    concept(east)
    return list(Initiative.objects.filter(pk__in=[one.pk for one in found]).select_related("unit"))


def filed_on(one: Initiative) -> date:
    assert one.policy_date
    return one.policy_date


def ids(found: Any) -> list[int]:
    return [one.pk for one in found]


# --- the selection --------------------------------------------------------------------------------

FILTERS: list[list[Filter]] = [
    [
        NO_FILTER,
        ({"q": "hondengeleider"}, lambda i: "hondengeleiders" in i.title),
        ({"q": "BC-2017"}, lambda i: str(i.number).startswith("BC-2017")),
    ],
    [NO_FILTER, ({"unit": "NN"}, lambda i: i.unit.code == "NN")],
    [NO_FILTER, ({"kind": "experiment"}, lambda i: "experiment" in i.kinds)],
    [
        NO_FILTER,
        ({"status": "bezwaar"}, lambda i: i.status == "bezwaar"),
        ({"status": "teruggestuurd"}, lambda i: i.status == "concept"),
    ],
    [NO_FILTER, ({"since": date(2017, 1, 1)}, lambda i: filed_on(i) >= date(2017, 1, 1))],
    [NO_FILTER, ({"until": date(2017, 1, 1)}, lambda i: filed_on(i) <= date(2017, 1, 1))],
    [NO_FILTER, ({"vendor": "Axon"}, lambda i: i.vendor == "Axon")],
    [NO_FILTER, ({"support": "ict_integratie"}, lambda i: "ict_integratie" in i.requested_support)],
]


def test_every_three_filters_together_select_what_answers_to_all_of_them(shelf: list[Initiative]) -> None:
    leader = holder_of(Role.LEADER)
    for combination in (some for some in product(*FILTERS) if some.count(NO_FILTER) >= len(FILTERS) - 3):
        asked = Asked(**{name: value for given, _ in combination for name, value in given.items()})
        wanted = {one.pk for one in shelf if all(answers(one) for _, answers in combination)}
        found = selection(leader, asked)
        assert set(ids(found)) == wanted, asked
        sums = totals(leader, found)
        assert (sums.count, sums.exact, sums.everything) == (len(wanted), True, len(shelf))
        assert sums.cameras == sum(one.cameras_requested or 0 for one in shelf if one.pk in wanted)


def test_a_national_role_sees_all_that_was_filed_and_a_unit_its_own(shelf: list[Initiative]) -> None:
    of_north = {one.pk for one in shelf if one.unit.code == "NN"}
    north = holder_of(Role.CONTACT, "NN")
    assert set(ids(selection(north, Asked()))) == of_north
    assert set(ids(selection(holder_of(Role.HEAD, "NN"), Asked()))) == of_north
    for role in (Role.LEADER, Role.MANAGER, Role.HOLDER, Role.AUDITOR):
        assert len(selection(holder_of(role), Asked())) == len(shelf)
    for stranger in (holder_of(Role.JUDGE, "NN"), holder_of(Role.PRIVACY), holder_of(Role.ADMINISTRATOR), person()):
        assert ids(selection(stranger, Asked())) == []
    assert totals(north, selection(north, Asked())).everything is None


def test_what_can_be_chosen_from_is_what_somebody_sees(shelf: list[Initiative]) -> None:
    leader, north = holder_of(Role.LEADER), holder_of(Role.CONTACT, "NN")
    assert totals(north, selection(north, Asked())).units == [("NN", "Noord-Nederland")]
    of_all = totals(leader, selection(leader, Asked(q="niets hiervan")))
    assert of_all.vendors == ["Axon", "Zepcam"]
    assert [code for code, _ in of_all.units][:2] == ["AM", "DH"]
    assert of_all.count == 0


# --- paging ---------------------------------------------------------------------------------------


def pages(asked: Asked, size: int, reader: Any, meanwhile: Callable[[], object] = lambda: None) -> Iterator[Any]:
    """From the first page to the last, by the links; something happens after each."""
    link = ""
    while True:
        shown = page(selection(reader, asked), asked, size, link)
        yield shown
        meanwhile()
        if not shown.next:
            return
        link = shown.next


def test_paging_shows_every_row_once_in_every_order_and_size(shelf: list[Initiative]) -> None:
    leader = holder_of(Role.LEADER)
    for sort, size in product(SORTS.keys() - {BEST_FIRST}, (1, 2, 3, 6, 7, 8)):
        asked = Asked(sort=sort)
        order = SORTS[sort]
        whole = selection(leader, asked).order_by(
            *((order.keys[0].desc(), "-pk") if order.descending else (order.keys[0].asc(), "pk"))
        )
        walked = list(pages(asked, size, leader))
        assert [row.id for shown in walked for row in shown.rows] == ids(whole), (sort, size)
        assert [shown.position for shown in walked] == list(range(1, len(shelf) + 1, size))
        back = walked[-1]
        for earlier in reversed(walked[:-1]):
            back = page(selection(leader, asked), asked, size, back.previous)
            assert [row.id for row in back.rows] == [row.id for row in earlier.rows], (sort, size)
            assert back.position == earlier.position
        assert back.previous == ""


def test_what_is_filed_meanwhile_takes_no_row_away_and_shows_none_twice() -> None:
    east = Cast("ON")
    before = [filed(east, date(2018, 5, 5)) for _ in range(5)]
    leader = holder_of(Role.LEADER)
    for sort in ("-aangemeld", "aangemeld", "cameras"):
        walked = list(pages(Asked(sort=sort), 2, leader, lambda: filed(east, date(2018, 5, 5))))
        seen = [row.id for shown in walked[:6] for row in shown.rows]
        assert len(seen) == len(set(seen))
        if sort == "-aangemeld":
            assert set(seen) == set(ids(before))
            return


def test_a_link_that_was_not_made_here_for_this_order_is_refused(shelf: list[Initiative]) -> None:
    found = selection(holder_of(Role.LEADER), Asked())
    newest = Asked(sort="-aangemeld")
    link = page(found, newest, 2).next
    for bad in (link + "x", link[1:], "0", ":", "💥", link.replace(":", "."), "a" * 3000):
        with pytest.raises(BadLink):
            page(found, newest, 2, bad)
    with pytest.raises(BadLink):
        page(found, Asked(sort="cameras"), 2, link)


# --- the words of strangers -----------------------------------------------------------------------


@pytest.fixture
def leader() -> Person:
    return holder_of(Role.LEADER)


@pytest.fixture
def horeca() -> Initiative:
    return filed(Cast("ON"), date(2018, 5, 5), title="Bodycams in de horeca")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60) | st.text(alphabet="'\"\\&|!():*<->% ab-", max_size=30))
def test_no_question_breaks_the_database(leader: Person, horeca: Initiative, q: str) -> None:
    """Neither looking for it, nor weighing and marking what is found."""
    asked = Asked(q=f"{q} horeca".replace("\0", ""))
    assert {row.id for row in page(selection(leader, asked), asked, 5).rows} <= {horeca.pk}
