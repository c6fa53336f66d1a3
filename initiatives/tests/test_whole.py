"""A file comes with everything that is recorded about it, in two queries, the same as when each is asked for."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from initiatives.choices import CarriedOut
from initiatives.concepts import begin_concept
from initiatives.evaluations import save
from initiatives.executions import report
from initiatives.models import FileTerm, Initiative
from initiatives.policy import rules_for
from initiatives.tests.factories import Cast, initiative, walk
from initiatives.whole import MANY, ONE, add, whole
from organisation.policy import rules_on
from organisation.tests.factories import unit
from workflow.clock import now

pytestmark = pytest.mark.django_db


def values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def full_file() -> Initiative:
    cast = Cast()
    trial = {"period_from": date(2017, 7, 1), "period_until": date(2018, 3, 31), "research_question": "Werkt het?"}
    filed = initiative(cast, "aangemeld", kinds=["aanschaf", "experiment"], **trial)
    steps = ("terugsturen", "aanmelden", "uitstel_melden", "beoordelen", "afwijzen", "bezwaar_maken", "verdagen",
             "afstemming_vastleggen", "gegrond_verklaren")  # fmt: skip
    full = walk(cast, *steps, start=filed)
    report(full, CarriedOut.DONE, date(2018, 4, 1), "Het is gedaan.", person=cast.contact, at=now())
    save(full, {"lessons": "Begin klein."}, person=cast.contact, at=now(), after=0)
    return Initiative.objects.get(pk=full.pk)


def test_a_file_is_read_by_two_queries() -> None:
    pk = full_file().pk
    with CaptureQueriesContext(connection) as asked:
        found = whole(Initiative.objects.all(), pk)
        assert found is not None
        for name in ONE:
            getattr(found, name)
        for name in MANY:
            assert all(row.initiative is found for row in getattr(found, name).all())
    assert len(asked) == 2


def test_what_is_read_at_once_equals_what_is_asked_for_apart() -> None:
    plain = full_file()
    found = whole(Initiative.objects.all(), plain.pk)
    assert found is not None
    for name in MANY:
        assert [values(row) for row in getattr(found, name).all()] == [
            values(row) for row in getattr(plain, name).all()
        ]
    for name in ONE:
        assert values(getattr(found, name)) == values(getattr(plain, name))
    assert found.decision_in_force() == plain.decision_in_force()
    assert found.submitter_ids() == plain.submitter_ids()


def test_the_policy_of_the_day_of_filing_comes_along() -> None:
    found = whole(Initiative.objects.all(), full_file().pk)
    assert found is not None
    assert found.policy_date is not None
    plain = rules_on(found.policy_date)
    with CaptureQueriesContext(connection) as asked:
        along = rules_for(found, found.policy_date)
    assert len(asked) == 0
    assert list(along) == list(plain)
    assert [values(rule) for rule in along.values()] == [values(rule) for rule in plain.values()]


def bare_concept() -> Initiative:
    cast = Cast()
    return begin_concept(cast.contact, unit(cast.unit_code), ["aanschaf"], at=now())


def test_a_file_without_anything_recorded_has_empty_collections() -> None:
    found = whole(Initiative.objects.all(), bare_concept().pk)
    assert found is not None
    assert [name for name in MANY if getattr(found, name).all()] == []
    assert [name for name in ("objection", "postponement", "adjournment", "evaluation") if hasattr(found, name)] == []


def test_what_is_recorded_afterwards_stands_among_the_rest() -> None:
    plain = full_file()
    found = whole(Initiative.objects.all(), plain.pk)
    assert found is not None
    there = list(found.terms.all())
    day = there[0].last_day
    new = add(FileTerm(initiative=found, kind="supplement", starts_on=day, last_day=day, met_on=day))
    assert list(found.terms.all()) == [*there, new]
    also = add(FileTerm(initiative=plain, kind="supplement", starts_on=day, last_day=day, met_on=day))
    assert set(plain.terms.all()) == {*there, new, also}


def test_a_file_that_is_not_among_them_is_not_there() -> None:
    assert whole(Initiative.objects.none(), 1) is None
