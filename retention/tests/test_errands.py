"""What recordings ask of somebody on the page with one's own work."""

import pytest

from initiatives.work.errands import errands
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.tests.factories import recording
from retention.tests.states import kept, today

pytestmark = pytest.mark.django_db


def asked(person: Person) -> list[tuple[str, str, str]]:
    return [(errand.label, errand.url, errand.note) for errand in errands(person, today())]


def test_a_judge_is_asked_to_judge_what_closes_first() -> None:
    judge = holder_of(Role.JUDGE, "ON")
    assert asked(judge) == []
    recording(26)
    recording(2, place="woning")
    recording(3, "MN")
    kept(keep_until=today())
    assert asked(judge) == [
        (
            "2 opnamen beoordelen",
            "/opnamen/",
            "1 sluit vannacht, 1 in een woning of op een erf, zonder uitzondering.",
        ),
        (
            "1 noodzakelijke opname loopt binnen 28 dagen af",
            "/opnamen/?staat=loopt_af",
            "Kijk of zij nog nodig is.",
        ),
    ]
    [first, _] = errands(judge, today())
    assert first.term is not None
    assert first.term.tone == "late"


def test_who_answers_for_them_is_told_what_is_overdue() -> None:
    guard, head = holder_of(Role.PRIVACY), holder_of(Role.HEAD, "ON")
    recording(27)
    assert [label for label, *_ in asked(guard)] == []
    recording(29)
    assert asked(guard)[0][:2] == ("1 opname is over tijd", "/opnamen/?staat=over_tijd")
    assert ("1 opname is over tijd", "/opnamen/cijfers/") in [one[:2] for one in asked(head)]
    assert asked(holder_of(Role.HEAD, "MN"))[0][0] != "1 opname is over tijd"


def test_a_wearer_is_asked_about_the_last_shift() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    recording(3, wearer=wearer.number)
    assert asked(wearer) == []
    recording(0, wearer=wearer.number)
    [(label, url, note)] = asked(wearer)
    assert (label, url) == ("1 opname van uw laatste dienst", "/opnamen/eigen/")
    assert (note.startswith("Zeg binnen 23 uur"), note.endswith(" of zij niet zinvol is.")) == (True, True)
