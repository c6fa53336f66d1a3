"""The units of the police as the migration writes them (S0-03), against the official counts of the design plan."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import Count

from organisation.models import Unit
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of
from organisation.units import create_unit

pytestmark = pytest.mark.django_db

DISTRICTS = {"NN": 3, "ON": 5, "MN": 5, "NH": 3, "AM": 4, "DH": 7, "RO": 6, "ZWB": 4, "OB": 3, "LI": 3}


def test_ten_regional_units_the_national_unit_and_two_supporting_services() -> None:
    assert dict(Unit.objects.of_the_highest_level().values_list("code", "kind")) == {
        **dict.fromkeys(DISTRICTS, "regionale_eenheid"),
        "LE": "landelijke_eenheid",
        "PDC": "ondersteunende_dienst",
        "SKL": "directie",
    }


def test_forty_three_districts_as_the_design_plan_counts_them() -> None:
    counted = Unit.objects.filter(kind="district").values_list("parent__code").annotate(Count("pk"))
    assert dict(counted) == DISTRICTS
    assert sum(DISTRICTS.values()) == 43


def test_nine_divisions_of_the_national_unit() -> None:
    assert Unit.objects.filter(kind="dienst", parent__code="LE").count() == 9
    assert Unit.objects.count() == 10 + 1 + 2 + 43 + 9


def test_units_stand_in_dutch_order() -> None:
    names = [unit.name for unit in Unit.objects.filter(parent__code="OB")]
    assert names == ["Eindhoven", "Helmond", "’s-Hertogenbosch"]
    assert Unit.objects.get(name="Fryslân").sort_name == "fryslan"


def test_codes_of_parts_begin_with_that_of_the_whole() -> None:
    for code, whole in Unit.objects.filter(parent__isnull=False).values_list("code", "parent__code"):
        assert code.startswith(f"{whole}-")


@pytest.mark.parametrize(("code", "is_taken"), [("AM", True), ("AMX", False)])
def test_two_who_make_the_same_unit_at_once_get_one_and_a_sentence(code: str, is_taken: bool) -> None:
    """The form of the second was right when it was sent: only the database knows."""
    by, first = holder_of(Role.ADMINISTRATOR), date(2027, 1, 1)
    if is_taken:
        with pytest.raises(OrganisationRefused, match="al een eenheid met deze code"):
            create_unit(code, "Nieuw", "directie", None, first, by=by)
    else:
        assert create_unit(code, "Nieuw", "directie", None, first, by=by).pk


def test_what_else_the_database_refuses_is_not_said_to_be_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr("organisation.units.record", refuse)
    with pytest.raises(IntegrityError, match="something else"):
        create_unit("AMX", "Nieuw", "directie", None, date(2027, 1, 1), by=holder_of(Role.ADMINISTRATOR))
