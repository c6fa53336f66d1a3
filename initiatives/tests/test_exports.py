"""What a file of the register says of each initiative: all that was chosen, in its order, as it is now."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.register.asked import SORTS, Asked, in_order, page, selection
from initiatives.register.exports import COLUMNS, rows
from initiatives.tests.factories import TO_STATUS, Cast, concept, walk
from initiatives.tests.test_register import filed, noon
from organisation.roles import Role
from organisation.tests.factories import holder_of

pytestmark = pytest.mark.django_db

HEADS = [column.label for column in COLUMNS]
DAY = date(2017, 3, 1)


def said(asked: Asked = Asked()) -> list[dict[str, Any]]:  # noqa: B008  # it never changes
    found = selection(holder_of(Role.LEADER), asked)
    return [dict(zip(HEADS, row, strict=True)) for row in rows(in_order(found, asked))]


def test_a_filed_initiative_says_what_the_unit_said() -> None:
    filed(
        Cast("ON"),
        DAY,
        title="Bodycams voor bikers",
        teams="district Twente",
        cameras_requested=12,
        cameras_now=4,
        vendor="Axon",
        model_name="Body 2",
        amount=Decimal("10140.50"),
        costs_accepted=True,
        requested_support=["inkoopproces", "ict_integratie"],
    )
    [one] = said()
    number = Initiative.objects.ever_filed().get().number
    assert list(one.values())[:8] == [
        *(number, "Bodycams voor bikers", "Oost-Nederland", "ON", "district Twente", "Aanschaf", "Aangemeld", DAY)
    ]
    assert list(one.values())[8:15] == [
        *(12, 4, "Axon", "Body 2", Decimal("10140.50"), "ja", "Inkoopproces, ICT-integratie")
    ]
    assert list(one.values())[15:22] == ["", "", "", None, "", None, ""]
    assert (one["Lopende termijn"], one["Uiterlijk op"]) == ("eerste besluit", date(2017, 4, 26))


def test_a_decided_one_says_what_was_decided_last() -> None:
    cast = Cast("ON")
    given = {"goedkeuren": {"support_granted": ["inkoopproces"]}}
    begun = concept(cast, requested_support=["inkoopproces", "ict_integratie"])
    walk(cast, *TO_STATUS["goedgekeurd"], start=begun, given=given, at=noon(DAY))
    [one] = said()
    assert (one["Status"], one["Toestemming"], one["Op bezwaar"]) == ("Goedgekeurd", "ja", "nee")
    assert (one["Verleende ondersteuning"], one["Geweigerde ondersteuning"]) == ("Inkoopproces", "ICT-integratie")
    assert (one["Besloten op"], one["Definitief op"]) == (DAY, None)


def test_a_returned_one_is_called_so_and_a_final_one_says_why() -> None:
    cast = Cast("ON")
    walk(cast, "terugsturen", start=filed(cast, DAY), at=noon(DAY))
    filed(cast, DAY, "goedgekeurd", requested_support=[])
    returned, final = said(Asked(sort="aangemeld"))
    assert returned["Status"] == "Teruggestuurd"
    assert (final["Definitief op"], final["Definitief omdat"]) == (DAY, "er is niets geweigerd")


def test_the_rows_are_those_of_the_pages_in_their_order() -> None:
    cast = Cast("ON")
    for day, cameras in enumerate((8, 40, 8, 12), start=1):
        filed(cast, date(2017, 3, day), cameras_requested=cameras, vendor="Axon" if day > 1 else "Zepcam")
    leader = holder_of(Role.LEADER)
    for sort in SORTS:
        asked = Asked(q="axon", vendor="Axon", sort=sort)
        shown = page(selection(leader, asked), asked, 50).rows
        assert [one["Nummer"] for one in said(asked)] == [row.number for row in shown]
        assert len(shown) == 3


def test_one_question_to_the_database_whatever_the_length() -> None:
    cast = Cast("ON")
    for day in (1, 2, 3):
        filed(cast, date(2017, 3, day))
    found = selection(holder_of(Role.LEADER), Asked())
    with CaptureQueriesContext(connection) as asked:
        assert len(list(rows(found))) == 3
    assert len(asked) <= 1  # Django does not count one that it reads little by little
