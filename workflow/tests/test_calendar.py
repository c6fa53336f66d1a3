"""The equated days as the database keeps them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from workflow.calendar import equated_days
from workflow.models import EquatedDay
from workflow.terms import KINDS, Term
from workflow.tests.almanac import DECREED

pytestmark = pytest.mark.django_db
PLAIN_FRIDAY = date(2018, 6, 29)


def add(day: date, citation: str = "besluit van 1 juni 2018", added_by: str = "2006") -> EquatedDay:
    return EquatedDay.objects.create(date=day, citation=citation, added_by=added_by)


def test_days_on_record_are_those_of_the_decrees():
    assert equated_days() == DECREED


def test_every_seeded_day_names_its_decree():
    for day in EquatedDay.objects.all():
        assert day.citation.startswith("Atw art. 3 lid 3: ")
        assert day.added_by == "systeem"
        assert day.added_at is not None
        assert str(day) == f"{day.date} ({day.citation})"


def test_days_are_read_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        equated_days()


def test_term_moves_once_a_day_is_put_on_record():
    def ends() -> date:
        return Term(KINDS["objection"], date(2018, 5, 18), equated_days()).last_day

    assert ends() == PLAIN_FRIDAY
    add(PLAIN_FRIDAY)
    assert ends() == date(2018, 7, 2)


def test_day_stands_on_record_once():
    add(PLAIN_FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        add(PLAIN_FRIDAY)
    assert EquatedDay.objects.filter(date=PLAIN_FRIDAY).count() == 1


@pytest.mark.parametrize("empty", [{"citation": ""}, {"citation": " \n"}, {"added_by": ""}, {"added_by": " "}])
def test_day_needs_a_citation_and_someone_who_added_it(empty):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(PLAIN_FRIDAY, **empty)
    assert add(PLAIN_FRIDAY)
