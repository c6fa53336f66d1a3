"""Requests of filmed persons: terms, steps with their rules, recordings, and forgetting who asked."""

from datetime import date, timedelta
from typing import Any

import pytest

from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.holds import NotPossible, held_until, release
from retention.models import Hold, PrivacyRequest, Requester, RequestLetter, RequestPaper
from retention.request_rules import objection_is_no_longer_possible
from retention.request_terms import decision_term, is_late, warned_of
from retention.requests.services import forget, link, linked, take_step, unlink
from retention.tests.factories import recording
from retention.tests.hold_samples import again as hold_again
from retention.tests.hold_samples import held, officer
from retention.tests.request_samples import NAME, asked, closed, closed_on, decided, objected, step, today
from retention.tests.test_holds import begin_destruction
from retention.tests.test_request_letters import PDF, paper_of
from workflow.rules import Situation
from workflow.steps import steps_of
from workflow.take import InputRefused, NotThere, StepRefused

pytestmark = pytest.mark.django_db
NONE: frozenset[date] = frozenset()


def open_steps(request: PrivacyRequest) -> list[str]:
    return [name for name, found in steps_of(PrivacyRequest).items() if request.status in found.sources]


@pytest.mark.parametrize(
    ("kind", "received", "adjourned", "last"),
    [
        ("kennisneming", date(2026, 11, 2), 0, date(2026, 12, 14)),
        ("kennisneming", date(2026, 11, 14), 0, date(2026, 12, 28)),  # Second Christmas day, Sunday
        ("kennisneming", date(2026, 11, 2), 28, date(2027, 1, 11)),
        ("kennisneming", date(2026, 11, 2), 42, date(2027, 1, 25)),
        ("verwijdering", date(2026, 11, 2), 0, date(2026, 11, 30)),
        ("aanpassing", date(2026, 11, 28), 0, date(2026, 12, 28)),
    ],
)
def test_the_term_runs_from_receipt(kind: str, received: date, adjourned: int, last: date) -> None:
    assert decision_term(kind, received, NONE, adjourned).last_day == last


def test_a_request_is_registered_without_a_name_in_the_journal() -> None:
    request = asked()
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.object_id) == ("verzoek_ontvangen", str(request.pk))
    assert NAME not in f"{entry.data}{entry.reason}"
    assert request.due_on == decision_term("kennisneming", request.received_on, NONE).last_day


def test_the_way_of_a_request() -> None:
    """The procedure once more, by hand."""
    assert open_steps(asked()) == ["identiteit_vaststellen", "verdagen", "intrekken"]
    known = step(asked(), "identiteit_vaststellen")
    assert open_steps(known) == ["besluiten", "verdagen", "intrekken"]
    assert open_steps(step(known, "besluiten")) == ["bezwaar_registreren", "bezwaar_afhandelen", "sluiten"]
    done = closed()
    assert (open_steps(done), done.status) == ([], "gesloten")
    assert step(asked(), "intrekken").status == "gesloten"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_nobody_else_sees_or_takes_anything(role: Role) -> None:
    request, stranger = asked(), holder_of(role, None if role in Role.national() else "ON")
    assert not PrivacyRequest.objects.visible_to(stranger).exists()
    with pytest.raises(NotThere):
        take_step(request.pk, "intrekken", person=stranger, at=now(), read=lambda *_: {"reasons": "x"})


@pytest.mark.parametrize(("days", "is_taken"), [(-4, False), (-3, True), (0, True), (1, False)])
def test_identity_is_established_from_receipt_until_today(days: int, is_taken: bool) -> None:
    request, day = asked(days_ago=3), today() + timedelta(days=days)
    if is_taken:
        assert step(request, "identiteit_vaststellen", day=day).identity_on == day
    else:
        with pytest.raises(InputRefused, match="dag van ontvangst"):
            step(request, "identiteit_vaststellen", day=day)


def test_only_access_is_adjourned_once_and_in_time() -> None:
    for kind in ("verwijdering", "aanpassing"):
        with pytest.raises(StepRefused, match="Alleen een verzoek om kennisneming"):
            step(asked(kind), "verdagen")
    request = step(asked(), "verdagen")
    assert request.due_on == decision_term("kennisneming", request.received_on, NONE, 28).last_day
    with pytest.raises(StepRefused, match="al verdaagd"):
        step(request, "verdagen")


def test_six_weeks_more_only_when_several_units_hold_the_data() -> None:
    request = asked()
    with pytest.raises(InputRefused, match="meer eenheden"):
        step(request, "verdagen", days=42)
    assert step(request, "verdagen", days=42, several_units=True).adjourned_days == 42


def test_adjourning_is_possible_until_the_last_day() -> None:
    request = asked(days_ago=30)
    PrivacyRequest.objects.filter(pk=request.pk).update(due_on=today() - timedelta(days=1))
    with pytest.raises(StepRefused, match="termijn is voorbij"):
        step(request, "verdagen")
    PrivacyRequest.objects.filter(pk=request.pk).update(due_on=today())
    assert step(request, "verdagen").adjourned_days == 28


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        ("kennisneming", {"outcome": "afgewezen"}, "Noem waarom"),
        ("kennisneming", {"outcome": "deels"}, "Noem waarom"),
        ("kennisneming", {"ground": "derden"}, "geen grond"),
        ("kennisneming", {"outcome": "afgewezen", "ground": "politietaak"}, ""),
        ("verwijdering", {}, "eindigt"),
        ("verwijdering", {"ends_in": "verwijderen"}, ""),
        ("verwijdering", {"outcome": "afgewezen", "ground": "juist_en_nodig"}, ""),
        ("aanpassing", {}, ""),
    ],
)
def test_a_decision_says_what_it_must(kind: str, typed: dict[str, Any], refusal: str) -> None:
    known = step(asked(kind), "identiteit_vaststellen")
    if refusal:
        with pytest.raises(InputRefused, match=refusal):
            step(known, "besluiten", **typed)
        typed = {**typed, "outcome": "afgewezen", "ground": "derden", "ends_in": ""}
    assert step(known, "besluiten", **typed).decided_on == today()


def test_a_decision_and_an_adjournment_bring_a_letter_without_a_name() -> None:
    request = step(asked(), "verdagen")
    step(step(request, "identiteit_vaststellen"), "besluiten")
    letters = list(request.letters.all())
    assert [(letter.n, letter.kind) for letter in letters] == [(1, "verdaging"), (2, "besluit")]
    assert NAME not in f"{[letter.facts for letter in letters]}"


def test_an_objection_is_registered_once_and_its_outcome_too() -> None:
    request = decided()
    with pytest.raises(StepRefused, match="geen bezwaar"):
        step(request, "bezwaar_afhandelen")
    with pytest.raises(InputRefused, match="na het besluit"):
        step(request, "bezwaar_registreren", day=today() - timedelta(days=1))
    request = step(request, "bezwaar_registreren")
    assert request.objection_waits
    with pytest.raises(StepRefused, match="al een bezwaar"):
        step(request, "bezwaar_registreren")
    with pytest.raises(StepRefused, match="nog niet is beslist"):
        step(request, "sluiten")
    with pytest.raises(InputRefused, match="na het bezwaar"):
        step(request, "bezwaar_afhandelen", day=today() + timedelta(days=1))
    assert not step(request, "bezwaar_afhandelen").objection_waits


@pytest.mark.parametrize(("days_over", "is_possible"), [(0, False), (1, True)])
def test_closing_waits_for_the_objection_term(days_over: int, is_possible: bool) -> None:
    request = decided()
    with pytest.raises(StepRefused, match="termijn voor bezwaar"):
        step(request, "sluiten")
    request.decided_on = date(2026, 9, 1)  # six weeks later is Tuesday 13 October
    at = now().replace(year=2026, month=10, day=13 + days_over, hour=10)
    assert (not list(objection_is_no_longer_possible.reasons(Situation(request, officer(), at)))) == is_possible


def test_linking_places_a_hold_where_there_is_none_and_it_can_be() -> None:
    request, by = asked(), officer()
    free, already, begun = recording(), held().recording, recording(days_ago=27)
    begin_destruction(begun)
    assert link(request, [free, already, begun], person=by, at=now()) == 3
    assert [one.hold is not None for one in sorted(linked(request), key=lambda one: one.pk)] == [True, False, False]
    hold = Hold.objects.get(recording=free)
    assert (hold.reason, hold.owner, request.number in hold.explanation) == ("betrokkeneverzoek", by, True)
    assert link(request, [free], person=by, at=now()) == 0


def test_unlinking_says_why_and_leaves_the_hold() -> None:
    request, found, by = asked(), recording(), officer()
    link(request, [found], person=by, at=now())
    (one,) = linked(request)
    unlink(one, "Het was een andere dag.", person=by, at=now())
    assert (linked(request), held_until(found, now()) is not None) == ([], True)
    with pytest.raises(NotPossible, match="al losgekoppeld"):
        unlink(one, "Nog eens.", person=by, at=now())
    assert link(request, [found], person=by, at=now()) == 1


def test_a_hold_for_a_request_is_not_released_before_it_closes() -> None:
    request, found = objected(), recording()
    link(request, [found], person=officer(), at=now())
    hold = hold_again(Hold.objects.get(recording=found))
    with pytest.raises(NotPossible, match="nog niet gesloten"):
        release(hold, "Klaar.", person=officer(), at=now())
    step(step(request, "bezwaar_afhandelen"), "sluiten")
    release(hold, "Klaar.", person=officer(), at=now())


def test_an_objection_holds_what_is_not_held_any_more() -> None:
    request, complaint = decided(), held()
    link(request, [complaint.recording], person=officer(), at=now())
    release(complaint, "De klacht is afgehandeld.", person=officer(), at=now())
    assert held_until(complaint.recording, now()) is None
    step(request, "bezwaar_registreren")
    assert held_until(complaint.recording, now()) is not None


def test_a_closed_request_takes_nothing_more() -> None:
    request = closed()
    with pytest.raises(NotPossible, match="gesloten"):
        link(request, [recording()], person=officer(), at=now())


@pytest.mark.parametrize(("days", "is_forgotten"), [(-1, False), (1, True)])
def test_who_asked_is_forgotten_five_years_after_closing(days: int, is_forgotten: bool) -> None:
    at = now()
    five_years_ago = at.replace(year=at.year - 5, day=min(at.day, 28))
    request = closed_on(five_years_ago - timedelta(days=days))
    letter = RequestLetter.objects.create(request=request, n=1, kind="besluit", dated=today(), facts={})
    paper_of(letter, PDF)
    assert forget() == is_forgotten
    assert Requester.objects.exists() != is_forgotten
    assert RequestPaper.objects.exists() != is_forgotten
    assert PrivacyRequest.objects.count() == RequestLetter.objects.count() == 1
    assert Entry.objects.filter(action="verzoeker_vergeten").count() == is_forgotten
    assert forget() == 0


def test_what_runs_is_never_forgotten() -> None:
    asked()
    assert forget() == 0


def test_late_and_warned_of() -> None:
    request = asked()
    day = request.due_on
    assert [is_late(request, day + timedelta(days=n)) for n in (0, 1)] == [False, True]
    assert [n for n in range(-2, 16) if warned_of(request, day - timedelta(days=n))] == [-2, -1, 0, 1, 3, 7, 14]
    late = decided()
    late.due_on = today() - timedelta(days=1)
    assert is_late(late, today())
    assert not is_late(step(asked(), "intrekken"), day + timedelta(days=9))
