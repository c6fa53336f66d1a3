"""What comes with a step of a recording: what changes on it, which rows tell of it, and who must be two people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from journal.models import Entry, Result
from journal.read import trail
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention import services
from retention.choices import Use
from retention.clock import now
from retention.looking.viewings import state_purpose
from retention.models import Judgement, Recording, TermRequest, TermVerdict
from retention.tests.factories import recording
from retention.tests.states import anew, begun, change, kept, not_kept, today
from workflow.take import Forbidden, InputRefused, StepRefused, Taken

pytestmark = pytest.mark.django_db

KEEP: dict[str, Any] = {
    "ground": "9",
    "purpose": "strafzaak",
    "second_purposes": ["onderwijs"],
    "council_record": "",
    "case_reference": "PL-2026-9",
    "reasons": "De aanhouding staat erop.",
    "usable": True,
}
AWAY: dict[str, Any] = {"reason_code": "onbruikbaar_beeld", "reasons": ""}


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


def take(found: Recording, name: str, by: Person, **given: Any) -> Taken:
    return services.take_step(found.pk, name, person=by, at=now(), read=lambda *_: given)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def test_necessary_says_why_for_what_and_until_when(judge: Person) -> None:
    found = recording()
    taken = take(found, "noodzakelijk_verklaren", judge, **KEEP, keep_until=in_days(90))
    after = anew(found)
    assert (after.status, after.status_before, after.judged_at) == ("noodzakelijk", "te_beoordelen", taken.at)
    assert (after.ground, after.purpose, after.case_reference) == ("9", "strafzaak", "PL-2026-9")
    assert after.keep_until == in_days(90)
    told = Judgement.objects.get(recording=found)
    assert (told.step, told.person, told.role, told.at) == ("noodzakelijk_verklaren", judge, "beoordelaar", taken.at)
    assert (told.second_purposes, told.usable, told.viewed) == (["onderwijs"], True, False)
    entry = trail(found)[0]
    assert (entry.role, entry.unit, entry.reason) == ("beoordelaar", "ON", KEEP["reasons"])


@pytest.mark.parametrize("until", [-1, 400])
def test_an_end_outside_the_ground_is_refused_and_leaves_nothing_but_the_refusal(judge: Person, until: int) -> None:
    found = recording()
    with pytest.raises(InputRefused):
        take(found, "noodzakelijk_verklaren", judge, **KEEP, keep_until=in_days(until))
    assert (anew(found).status, Judgement.objects.count()) == ("te_beoordelen", 0)
    about = {"object_type": "retention.recording", "object_id": str(found.pk)}
    assert Entry.objects.get(**about).result == Result.REFUSED


def test_the_database_itself_wants_a_purpose_and_the_councils_record(judge: Person) -> None:
    row = {"recording": recording(), "step": "x", "person": judge, "role": "beoordelaar", "at": now()}
    with pytest.raises(IntegrityError, match="never_for_training"), transaction.atomic():
        Judgement.objects.create(**row, purpose="onderwijs")
    for given in ({"purpose": "personeelsvolg"}, {"purpose": "opsporing", "second_purposes": ["personeelsvolg"]}):
        with pytest.raises(IntegrityError, match="councils_leave"), transaction.atomic():
            Judgement.objects.create(**row, **given)
        Judgement.objects.create(**row, **given, council_record="COR 2026-1")


def test_undone_within_the_hour_it_is_what_it_was(judge: Person) -> None:
    fresh, necessary = recording(), kept()
    for found, status in [(fresh, "te_beoordelen"), (necessary, "noodzakelijk")]:
        take(found, "niet_noodzakelijk_verklaren", judge, **AWAY)
        assert anew(found).status == "niet_noodzakelijk"
        take(found, "ongedaan_maken", judge)
        assert anew(found).status == status
    assert (anew(fresh).judged_at, anew(fresh).next_at) == (None, fresh.judging_closes_at)
    assert anew(necessary).keep_until == necessary.keep_until
    with pytest.raises(StepRefused):
        take(not_kept(61), "ongedaan_maken", judge)


def test_a_wearer_judges_and_takes_back_the_own_and_nothing_else() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    own = recording(wearer=wearer.number)
    take(own, "niet_zinvol_verklaren", wearer, reason_code="niet_zinvol")
    told = Judgement.objects.get(recording=own)
    assert (told.role, told.reason_code, anew(own).status) == ("drager", "niet_zinvol", "niet_noodzakelijk")
    take(own, "ongedaan_maken", wearer)
    assert anew(own).status == "te_beoordelen"
    take(own, "niet_noodzakelijk_verklaren", holder_of(Role.JUDGE, "ON"), **AWAY)
    with pytest.raises(Forbidden, match="Een beoordelaar"):
        take(own, "ongedaan_maken", wearer)
    both = also_holds(wearer, Role.JUDGE, "ON")
    with pytest.raises(Forbidden, match="droeg deze camera zelf"):
        take(recording(wearer=both.number), "niet_noodzakelijk_verklaren", both, **AWAY)


def test_a_longer_term_is_asked_by_one_and_confirmed_by_another(judge: Person) -> None:
    found, privacy = kept(), holder_of(Role.PRIVACY)
    take(found, "termijn_wijzigen", judge, keep_until=in_days(300), reasons="Het hoger beroep loopt.")
    assert anew(found).keep_until == in_days(30)
    with pytest.raises(StepRefused, match="al om een langere termijn"):
        take(found, "termijn_wijzigen", judge, keep_until=in_days(301), reasons="Nog eens.")
    take(found, "termijn_wijzigen", privacy, keep_until=None, reasons="Akkoord.")
    assert anew(found).keep_until == in_days(300)
    verdict = TermVerdict.objects.get()
    assert (verdict.agreed, verdict.asked_by, verdict.decided_by) == (True, judge, privacy)
    with pytest.raises(StepRefused, match="Niemand heeft"):
        take(found, "termijn_wijzigen", privacy, keep_until=None, reasons="Nog eens.")


def test_who_asked_never_answers_not_even_with_both_roles(judge: Person) -> None:
    found = kept()
    take(found, "termijn_wijzigen", judge, keep_until=in_days(60), reasons="Nodig.")
    both = also_holds(judge, Role.PRIVACY)
    for name in ("termijn_wijzigen", "termijn_weigeren"):
        with pytest.raises(Forbidden, match="U vroeg zelf"):
            take(found, name, both, keep_until=None, reasons="Akkoord.")
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        TermVerdict.objects.create(
            request=TermRequest.objects.get(),
            agreed=True,
            reasons="-",
            asked_by=both,
            decided_by=both,
            decided_at=now(),
        )


def test_a_refused_term_leaves_the_day_and_can_be_asked_again(judge: Person) -> None:
    found, privacy = kept(), holder_of(Role.PRIVACY)
    for _ in range(2):
        take(found, "termijn_wijzigen", judge, keep_until=in_days(60), reasons="Nodig.")
        take(found, "termijn_weigeren", privacy, reasons="De zaak is gesloten.")
    assert anew(found).keep_until == in_days(30)
    assert TermRequest.objects.filter(verdict__agreed=False).count() == 2


def test_judged_again_within_the_ground(judge: Person) -> None:
    found = kept()
    take(found, "herbeoordelen", judge, **KEEP, keep_until=in_days(200))
    after = anew(found)
    assert (after.status, after.ground, after.keep_until) == ("noodzakelijk", "9", in_days(200))


def test_the_true_moment_is_fixed_and_everything_counts_from_it(judge: Person) -> None:
    arrived = now() - timedelta(days=3)
    wrong = recording(used_from=arrived + timedelta(days=1), uploaded_at=arrived, arrived_at=arrived)
    take(wrong, "tijdstip_vaststellen", judge, true_from=arrived - timedelta(days=2), reasons="De klok liep voor.")
    after: Any = anew(wrong)
    assert (after.set_apart, after.status) == (False, "te_beoordelen")
    assert after.judging_closes_at < wrong.judging_closes_at
    with pytest.raises(StepRefused):
        take(wrong, "tijdstip_vaststellen", judge, true_from=arrived, reasons="Toch niet.")


def test_what_closes_while_a_step_waits_is_refused_in_words(judge: Person) -> None:
    """The page was opened in time and the database's own clock says that the time is over: no fault, but a 409."""
    closed: Any = recording(27)
    early = closed.judging_closes_at - timedelta(minutes=1)
    with pytest.raises(StepRefused, match="nu niet meer"):
        services.take_step(closed.pk, "niet_noodzakelijk_verklaren", person=judge, at=early, read=lambda *_: AWAY)
    done = services.judge_together([closed.pk, recording(2).pk], person=judge, at=early, given=AWAY)
    assert ([one.subject.pk for one in done.refused], len(done.taken)) == ([closed.pk], 1)


def test_what_is_being_destroyed_says_so(judge: Person) -> None:
    with pytest.raises(StepRefused, match="vernietiging"):
        take(begun(not_kept(61)), "noodzakelijk_verklaren", judge, **KEEP, keep_until=in_days(9))
    assert change(recording(), file_seen_at=now()).status == "te_beoordelen"


def test_whether_the_judge_had_looked_is_kept_with_the_judgement(judge: Person) -> None:
    looked, also, unseen = recording(), recording(), recording()
    for found, by in [(looked, judge), (also, judge), (unseen, holder_of(Role.JUDGE, "ON"))]:
        state_purpose(
            found, Use.VIEW, person=by, session="s", purpose="beoordelen", reasons="Ik beoordeel de opname.", at=now()
        )
    take(looked, "niet_noodzakelijk_verklaren", judge, **AWAY)
    services.judge_together([also.pk, unseen.pk], person=judge, at=now(), given=AWAY)
    assert {one.recording_id: one.viewed for one in Judgement.objects.all()} == {
        looked.pk: True,
        also.pk: True,
        unseen.pk: False,
    }
