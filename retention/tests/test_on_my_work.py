"""The numbers of recordings on the page with one's own work: who sees them, of which units, and what they are."""

from html import unescape

import pytest
from django.test import Client

from initiatives.work.beside import beside
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.tests.factories import recording
from retention.tests.states import not_kept
from retention.work.on_my_work import TITLE, Counted

pytestmark = pytest.mark.django_db

OF_THE_COUNTRY = (Role.LEADER, Role.MANAGER, Role.HOLDER, Role.AUDITOR, Role.PRIVACY)
OF_NOTHING = (Role.CONTACT, Role.WEARER, Role.ADMINISTRATOR)


def counted(somebody: Person) -> Counted | None:
    panels = beside(somebody)
    return panels[0].shown if panels else None


def holder(role: Role) -> Person:
    return holder_of(role, "ON" if role in Role.of_a_unit() else None)


def test_who_answers_for_recordings_sees_the_numbers_and_nobody_else() -> None:
    recording(2)
    not_kept()
    recording(3, "MN")
    for role in (Role.HEAD, Role.JUDGE):
        own = counted(holder(role))
        assert own is not None
        assert [words for _, words in own.facts[:4]] == ["2", "1", "1", "0"]
        assert own.chart is not None
        assert own.chart.rows == [("Binnengekomen", 2), ("Beoordeeld", 1), ("Wachten", 1), ("Over tijd", 0)]
    for role in OF_THE_COUNTRY:
        every = counted(holder(role))
        assert every is not None
        assert every.chart is not None
        assert list(every.chart.total) == ["Alle eenheden", "3", "1", "0"]
        rows = sorted(map(tuple, every.chart.rows))
        assert rows == [("Midden-NL", "1", "0", "0"), ("Oost-NL", "2", "1", "0")]
    assert [counted(holder(role)) for role in OF_NOTHING] == [None] * len(OF_NOTHING)


def test_it_stands_on_the_page_with_its_table_and_the_way_to_all_of_it(client: Client) -> None:
    recording(29)
    client.force_login(holder_of(Role.HEAD, "ON"))
    html = unescape(client.get("/").content.decode())
    assert TITLE in html
    assert "over tijd 1" in html
    assert "Bekijk als tabel" in html
    assert 'href="/opnamen/cijfers/"' in html
    client.force_login(holder_of(Role.HEAD, "MN"))
    assert "Er zijn nog geen opnamen binnengekomen." in client.get("/").content.decode()


def test_it_costs_one_question_however_many_and_none_without_the_right(django_assert_num_queries: object) -> None:
    auditor, contact = holder(Role.AUDITOR), holder(Role.CONTACT)
    for times in (0, 3):
        for place in range(times):
            recording(2, ("ON", "MN", "LI")[place])
        for somebody, questions in ((auditor, 1), (contact, 0)):
            beside(somebody)  # asks for the rights
            with django_assert_num_queries(questions):  # type: ignore[operator]
                beside(somebody)
