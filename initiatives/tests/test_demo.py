"""What stands in the register after loading the demonstration, and how it is told. Breaking off is in
`test_demo_broken_off.py`, the texts themselves in `test_demo_texts.py`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http import HTTPStatus
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, Max
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import reverse

from initiatives.choices import CarriedOut, FinalGround, Kind, Support
from initiatives.demo.stories import number_of
from initiatives.evaluations import due
from initiatives.forms.register import RegisterForm
from initiatives.models import (
    Answer,
    Decision,
    Evaluation,
    Execution,
    FileTerm,
    Initiative,
    Notice,
    NumberCounter,
    OutsideProcedure,
    PassedOn,
    Question,
    SavedSelection,
)
from initiatives.policy import freeze, warnings
from initiatives.procedure import Status
from initiatives.register.asked import selection
from journal.models import Entry, Result
from journal.objects import KINDS
from journal.origin import DEMONSTRATION
from journal.read import trail
from organisation.demo import ACCOUNTS, FORMER
from organisation.models import Mandate, Person, PolicyChange, UnitEnding
from organisation.permissions import capacities, may, rights_of
from organisation.roles import Perm, Role
from workflow.clock import local_date, now
from workflow.steps import steps_of


def demo() -> dict[str, Any]:
    said = StringIO()
    call_command("demo", "--json", stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
    return answer


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: Any,
    fresh_copy: Callable[[], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Any]]:
    """The demonstration, loaded once for the tests that only look."""
    address = f"file://{tmp_path_factory.mktemp('demo')}"
    places = {"RECORDINGS_STORAGE": f"{address}/opnamen", "DESTRUCTION_LEDGER": f"{address}/lijst"}
    with django_db_blocker.unblock(), override_settings(**places):
        yield demo()
        fresh_copy()


def filed() -> Any:
    return Initiative.objects.ever_filed()


def page_for(number: str, name: str, *arguments: Any) -> Any:
    """What this page answers to whoever has this number."""
    client = Client()
    client.force_login(Person.objects.get(number=number), backend="initiatives.backends.Backend")
    return client.get(reverse(name, args=arguments))


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
class TestWhatIsThere:
    def test_second_time_changes_nothing(self) -> None:
        before = Entry.objects.aggregate(last=Max("id"))
        assert demo() == {"accounts": 0, "steps": 0, "recordings": 0}
        assert Entry.objects.aggregate(last=Max("id")) == before

    def test_all_statuses_and_grounds_are_there(self) -> None:
        statuses = set(Initiative.objects.values_list("status", flat=True))
        assert statuses == set(Status.values)
        assert set(filed().exclude(final_ground="").values_list("final_ground", flat=True)) == set(FinalGround.values)

    def test_every_unit_has_several(self) -> None:
        per_unit = Counter(filed().values_list("unit__code", flat=True))
        assert len(per_unit) == 11
        assert min(per_unit.values()) >= 2

    def test_numbers_follow_the_days_of_filing_without_gaps(self) -> None:
        in_order = list(filed().order_by("submitted_at").values_list("number", "submitted_at"))
        per_year: Counter[int] = Counter()
        for number, at in in_order:
            year = local_date(at).year
            per_year[year] += 1
            assert number == f"BC-{year}-{per_year[year]:04}"
        assert dict(NumberCounter.objects.values_list("year", "last")) == per_year

    def test_what_an_initiative_goes_through_is_there(self) -> None:
        taken = set(Entry.objects.filter(object_type="initiatives.initiative").values_list("action", flat=True))
        assert taken >= set(steps_of(Initiative))
        dicta = set(Decision.objects.exclude(dictum="").values_list("dictum", flat=True))
        assert dicta == {"gegrond", "deels_gegrond", "ongegrond", "niet_ontvankelijk"}
        assert {kind for kinds in filed().values_list("kinds", flat=True) for kind in kinds} == set(Kind.values)
        given = {kind for granted in Decision.objects.values_list("granted", flat=True) for kind in granted}
        refused = {kind for kinds in Decision.objects.values_list("refused", flat=True) for kind in kinds}
        assert given == refused == set(Support.values)

    def test_policy_of_its_day_was_answered(self) -> None:
        frozen = [initiative for initiative in filed().filter(status=Status.GOEDGEKEURD) if freeze(initiative)]
        assert len(frozen) == 1
        assert "aanbesteding" in frozen[0].first_decision().override_reasons
        waiting = [warning.rule.code for one in filed().filter(status=Status.BEOORDEELD) for warning in warnings(one)]
        assert set(waiting) == {"plafond-2000", "overleg-en-afspraken-verplicht"}

    def test_files_since_the_handreiking_say_what_was_arranged_with_papers(self) -> None:
        asked = filed().filter(
            kinds__overlap=[Kind.PURCHASE, Kind.EXPERIMENT], submitted_at__date__gte=date(2017, 7, 1)
        )
        assert all(one.consultations.exists() and one.agreements.exists() for one in asked)
        assert all(one.documents.filter(place="dpia").count() == 1 for one in asked)

    def test_light_track_names_its_defective_cameras(self) -> None:
        replaced = Initiative.objects.filter(kinds=[Kind.REPLACEMENT])
        assert {one.status for one in replaced} == {Status.GOEDGEKEURD, Status.AANGEMELD}
        assert all(one.defects.count() == one.cameras_requested for one in replaced)

    def test_questions_are_open_and_answered_on_files_and_in_general(self) -> None:
        per_kind = Counter(
            (question.initiative_id is None, question.answered_at is None) for question in Question.objects.all()
        )
        assert set(per_kind) == {(True, True), (True, False), (False, True), (False, False)}
        assert Answer.objects.filter(version=2).count() == 2

    def test_experiments_were_evaluated_reported_on_and_one_is_due(self) -> None:
        assert Evaluation.objects.submitted().count() == 9
        assert set(Execution.objects.values_list("outcome", flat=True)) == set(CarriedOut.values)
        waiting = list(due(Initiative.objects.all(), local_date(now())))
        assert [initiative.unit.code for initiative in waiting] == ["ZWB"]

    def test_most_units_passed_the_procedure_on(self) -> None:
        assert PassedOn.objects.values("unit").distinct().count() == 8
        assert PassedOn.objects.count() == 9

    def test_overview_has_approved_ones_with_and_without_support(self) -> None:
        permitted = Decision.objects.filter(permission=True)
        assert permitted.exclude(granted=[]).values("initiative").distinct().count() >= 10
        assert permitted.filter(round=1, granted=[]).count() >= 3
        assert Decision.objects.filter(round=2, permission=True).count() >= 2
        assert Initiative.objects.filter(status=Status.BEZWAAR, objection__status_before=Status.GOEDGEKEURD).exists()

    def test_terms_were_met_in_time_and_some_that_run_are_late_or_soon(self) -> None:
        late = FileTerm.objects.filter(met_on__gt=F("last_day")).exclude(kind__in=["objection", "supplement"])
        assert not late.exists()
        today = local_date(now())
        runs = list(FileTerm.objects.filter(met_on__isnull=True).values_list("last_day", flat=True))
        assert min(runs) < today
        assert any(today <= day <= today + timedelta(days=7) for day in runs)
        assert any(day > today + timedelta(days=28) for day in runs)

    def test_closed_ones_were_closed_when_their_story_ended(self) -> None:
        for initiative in filed().filter(submitted_at__year__lte=2020):
            assert initiative.is_final or initiative.status == Status.INGETROKKEN
            assert initiative.due_on is None
            assert initiative.final_on is None or initiative.final_on.year <= 2020

    def test_there_are_concepts_that_cannot_be_filed_yet(self) -> None:
        never_filed = Initiative.objects.filter(number__isnull=True)
        assert never_filed.count() == 4
        assert OutsideProcedure.objects.values("answer").distinct().count() == 3

    def test_one_mandate_is_active_and_one_has_ended(self) -> None:
        today = local_date(now())
        assert Mandate.objects.filter(until_date__gte=today, revoked_at__isnull=True).count() == 1
        assert Mandate.objects.filter(until_date__lt=today).count() == 1
        assert Entry.objects.filter(action="berusten", role=Role.CONTACT).count() == 1

    def test_policy_waits_a_merger_is_planned_and_somebody_deputises(self) -> None:
        assert [change.code for change in PolicyChange.objects.waiting()] == ["aanschafstop"]
        planned = UnitEnding.objects.planned().get()
        assert (planned.unit.name, planned.successor.name) == ("Noordwijk-Teylingen", "Bollenstreek-Noord")
        assert planned.last_day > local_date(now())
        deputy = Person.objects.get(assignments__deputy_for__person__number="1042")
        assert [capacity.title for capacity in capacities(deputy)] == ["De waarnemend politiechef Noord-Holland"]

    def test_some_saved_selections_that_find_something(self) -> None:
        for kept in SavedSelection.objects.select_related("person"):
            form = RegisterForm(QueryDict(kept.address))
            assert form.is_valid()
            assert form.address() == kept.address
            assert selection(Person.objects.get(pk=kept.person_id), form.asked()).exists(), kept.name

    def test_limburg_has_nobody_to_file_and_its_files_stay(self) -> None:
        former = Person.objects.get(number=FORMER.number)
        assert rights_of(former) == ()
        assert filed().filter(unit__code="LI", submissions__person=former).distinct().count() == 3
        of_limburg = [a for a in ACCOUNTS if a.unit == "LI"]
        assert not any(may(Person.objects.get(number=a.number), Perm.FILE) for a in of_limburg)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
class TestHowItIsTold:
    def test_entries_bear_the_moment_of_loading_and_say_what_they_tell(self) -> None:
        initiative = filed().get(number="BC-2017-0001")
        told = list(trail(initiative))
        assert all(entry.tells_history and entry.origin == DEMONSTRATION for entry in told)
        assert all(now() - entry.at < timedelta(hours=1) for entry in told)
        assert [entry.happened_at for entry in reversed(told)] == sorted(entry.happened_at for entry in told)
        assert {entry.happened_at.year for entry in told} == {2016, 2017, 2019}

    def test_the_journal_has_a_word_for_everything_it_tells_of(self) -> None:
        told_of = set(Entry.objects.exclude(object_type="").values_list("object_type", flat=True))
        assert told_of - set(KINDS) == set()
        assert "initiatives.initiative" in told_of

    def test_nothing_was_refused_on_the_way(self) -> None:
        wrong = Entry.objects.exclude(result__in=[Result.TAKEN, Result.SEEN])
        assert [one.object_type for one in wrong] == ["retention.storageincident"], "the file that was left behind"

    def test_nothing_is_left_to_mail(self) -> None:
        assert Notice.objects.exists()
        assert not Notice.objects.filter(mailed_at__isnull=True).exists()

    @pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.number)
    def test_everybody_sees_files_or_an_honest_empty_page(self, account: Any) -> None:
        person = Person.objects.get(number=account.number)
        sees = Initiative.objects.visible_to(person).exists()
        assert sees is (account.role not in (Role.JUDGE, Role.WEARER, Role.PRIVACY, Role.ADMINISTRATOR))
        assert page_for(account.number, "my-work").status_code == HTTPStatus.OK

    def test_every_file_has_its_page_and_says_that_it_is_a_demonstration(self) -> None:
        for initiative in Initiative.objects.select_related("unit"):
            reader = "2001" if initiative.number else number_of(Role.HEAD, initiative.unit.code)
            page = page_for(reader, "file", initiative.pk)
            assert page.status_code == HTTPStatus.OK
            assert "Demonstratiegegevens" in page.content.decode()
