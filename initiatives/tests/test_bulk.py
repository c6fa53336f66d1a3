"""Made-up initiatives are what real ones could be: complete, counted by the law, decided as recorded; and follow from
their seed.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from initiatives.bulk.fates import CLOSED, OPEN
from initiatives.bulk.load import NobodyThere, load
from initiatives.completeness import missing
from initiatives.models import FileTerm, Initiative, NumberCounter
from initiatives.policy import blocking_at_filing, freeze
from initiatives.procedure import Status
from initiatives.snapshot import snapshot_of, what_was_signed_for
from initiatives.terms import reckoned
from journal.models import Entry
from journal.read import trail
from organisation.demo import make_accounts
from workflow.calendar import equated_days
from workflow.clock import local_date, now
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db
LOADS = pytest.mark.django_db(transaction=True)

SOME = 400


@pytest.fixture(scope="class")
def made(django_db_setup: None, django_db_blocker: Any, fresh_copy: Callable[[], None]) -> Iterator[None]:
    """Loaded once, for those that only read it."""
    with django_db_blocker.unblock():
        at = now()
        try:
            make_accounts(at)
            load(SOME, 7, at, lambda sentence: None)
            yield
        finally:
            fresh_copy()


@pytest.fixture
def loaded(made: None, db: None) -> list[Initiative]:
    return list(Initiative.objects.order_by("pk").select_related("unit", "necessity"))


def two_of_each_way(loaded: list[Initiative]) -> list[Initiative]:
    """A way: what a file came to, on which ground, and by which steps how often."""
    ways: dict[object, list[Initiative]] = defaultdict(list)
    for one in loaded:
        steps = frozenset(Counter(entry.action for entry in trail(one)).items())
        ways[one.status, one.final_ground, steps].append(one)
    assert len(ways) > 20
    return [one for found in ways.values() for one in found[:2]]


BACK = ("bezwaar_intrekken", "ongegrond_verklaren")


class TestWhatIsMade:
    def test_every_made_up_file_could_have_been_filed_and_decided_so(self, loaded: list[Initiative]) -> None:
        assert len(loaded) == SOME
        equated, at = equated_days(), local_date(now())
        for one in two_of_each_way(loaded):
            if one.number:
                assert list(missing(one)) == [], one
                assert list(blocking_at_filing(one, one.policy_date or at)) == [], one
            if one.necessity:
                assert one.necessity.signed_for == what_was_signed_for(one), one
            for decision in one.decisions.all():
                assert decision.snapshot == snapshot_of(one, decision.granted), one
                assert set(decision.granted) | set(decision.refused) == set(one.requested_support), one
                answers_freeze = decision.round == 1 and decision.permission and freeze(one) is not None
                assert bool(decision.override_reasons) == answers_freeze, one
            running = [term for term in one.terms.all() if term.met_on is None]
            for term in one.terms.all():
                engine = reckoned(term, equated)
                assert engine is None or engine.last_day == term.last_day, (one, term)
            due = min(running, key=lambda term: term.kind != FileTerm.Kind.SUPPLEMENT, default=None)
            assert (one.due_kind, one.due_on) == ((due.kind, due.last_day) if due else ("", None)), one

    def test_numbers_follow_the_days_of_filing_without_gaps(self, loaded: list[Initiative]) -> None:
        filed = sorted((one for one in loaded if one.number), key=lambda one: (one.submitted_at, one.pk))
        numbers = [str(one.number) for one in filed]
        assert numbers == sorted(numbers)
        for counter in NumberCounter.objects.all():
            of_year = [number for number in numbers if number.startswith(f"BC-{counter.year}-")]
            assert of_year == [f"BC-{counter.year}-{place:04}" for place in range(1, counter.last + 1)]
            assert {one.policy_date.year for one in filed if one.number in of_year and one.policy_date} == {
                counter.year
            }

    def test_the_trail_tells_the_way_along_the_edges_of_the_procedure(self, loaded: list[Initiative]) -> None:
        steps = steps_of(Initiative)
        for one in loaded:
            status = Status.CONCEPT.value
            entries = list(trail(one))[::-1]
            assert entries[0].action == "concept_begonnen"
            assert all(entry.tells_history and entry.happened_at <= entry.at for entry in entries)
            assert [entry.happened_at for entry in entries] == sorted(entry.happened_at for entry in entries)
            for entry in entries[1:]:
                step = steps[entry.action]
                assert status in step.sources, (one, entry.action)
                status = status if step.keeps_status else next(t for t in step.targets if t != status)
                status = one.objection.status_before if entry.action in BACK else status
            assert status == one.status, one

    def test_every_fate_comes_about_and_nothing_lies_in_the_future(self, loaded: list[Initiative]) -> None:
        found = dict(Initiative.objects.values_list("status").annotate(Count("pk")))
        assert found.keys() == set(Status.values)
        assert sum(fate.weight for fate in CLOSED) == sum(fate.weight for fate in OPEN) == 1000
        today = local_date(now())
        assert all(one.final_on is None or one.final_on <= today for one in loaded)
        assert Entry.objects.filter(action="terugsturen").exists()


@LOADS
def test_the_same_seed_gives_the_same_and_another_seed_gives_others() -> None:
    at = now()
    make_accounts(at)
    for seed in (5, 5, 6):
        load(30, seed, at, lambda sentence: None)
    says = ("unit", "status", "kinds", "title", "description", "vendor", "cameras_requested", "amount", "submitted_at")
    rows: list[Any] = list(Initiative.objects.order_by("pk").values_list(*says))
    first, again, other = rows[:30], rows[30:60], rows[60:]
    assert first == again
    assert first != other


@LOADS
def test_the_command_makes_accounts_says_how_far_it_is_and_ends_with_json() -> None:
    out = StringIO()
    call_command("load_test_data", "--initiatives", "12", "--seed", "3", "--json", stdout=out)
    lines = out.getvalue().splitlines()
    assert "Initiatieven: 12 van 12." in lines
    told = json.loads(lines[-1])
    assert told["initiatives"] == 12 == Initiative.objects.count()
    assert told["filed"] == Initiative.objects.ever_filed().count()


def test_it_refuses_where_it_does_not_belong(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demonstratie"):
        call_command("load_test_data", "--initiatives", "1")
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "10000001"])
def test_a_number_that_makes_no_sense_is_refused(number: str) -> None:
    with pytest.raises(CommandError, match="Kies een aantal"):
        call_command("load_test_data", f"--initiatives={number}")


@LOADS
def test_without_anybody_to_play_the_parts_it_says_so() -> None:
    with pytest.raises(NobodyThere, match="Maak eerst accounts"):
        load(1, 1, now(), lambda sentence: None)
