"""What the pages of a file say, made from what is recorded: the line, whose turn it is, terms, facts, consequences."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from initiatives.choices import Kind
from initiatives.finality import make_lapsed_decisions_final
from initiatives.models import FileTerm, Initiative
from initiatives.procedure import Status
from initiatives.shown import facts, line, terms, trail, turn
from initiatives.shown.ahead import FOLLOWS, IF_YOU, way_back
from initiatives.shown.consequences import consequences
from initiatives.tests.factories import TO_STATUS, Cast, concept, days_ago, initiative, walk
from initiatives.whole import whole
from journal import read
from organisation.models import Person, RoleAssignment
from workflow.clock import local_date, now
from workflow.dates import day_in_words, weekday_in_words
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def seen(subject: Initiative) -> Initiative:
    """The file as its page reads it."""
    found = whole(Initiative.objects.all(), subject.pk)
    assert found is not None
    return found


def today() -> date:
    return local_date(now())


# --- the line -------------------------------------------------------------------------------------

POINTS: dict[str, tuple[list[str], str, list[str]]] = {
    "concept": ([], "Concept", ["Aangemeld", "Beoordeeld", "Besluit"]),
    "aangemeld": (["Concept"], "Aangemeld", ["Beoordeeld", "Besluit"]),
    "beoordeeld": (["Concept", "Aangemeld"], "Beoordeeld", ["Besluit"]),
    "goedgekeurd": (["Concept", "Aangemeld", "Beoordeeld"], "Goedgekeurd", ["Definitief"]),
    "afgewezen": (["Concept", "Aangemeld", "Beoordeeld"], "Afgewezen", ["Definitief"]),
    "bezwaar": (["Concept", "Aangemeld", "Beoordeeld", "Afgewezen"], "Bezwaar", ["Besluit op bezwaar"]),
    "ingetrokken": (["Concept", "Aangemeld"], "Ingetrokken", []),
}


def points_of(subject: Initiative) -> dict[str, list[str]]:
    """The names on the line, per state."""
    whole_file = seen(subject)
    found: dict[str, list[str]] = {"done": [], "now": [], "todo": []}
    for point in line.line(whole_file, list(read.trail(whole_file))):
        found[point.state].append(point.name)
    return found


@pytest.mark.parametrize("status", POINTS)
def test_line_tells_where_a_file_was_is_and_goes(cast: Cast, status: str) -> None:
    done, present, todo = POINTS[status]
    assert points_of(initiative(cast, status)) == {"done": done, "now": [present], "todo": todo}


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        ((*TO_STATUS["afgewezen"], "berusten"), "Definitief"),
        ((*TO_STATUS["bezwaar"], "bezwaar_intrekken"), "Definitief"),
        ((*TO_STATUS["bezwaar"], "afstemming_vastleggen", "ongegrond_verklaren"), "Besluit op bezwaar"),
        ((*TO_STATUS["aangemeld"], "terugsturen"), "Teruggestuurd"),
        ((*TO_STATUS["beoordeeld"], "terugsturen", "aanmelden"), "Aangemeld"),
    ],
)
def test_line_ends_where_the_file_is_now(cast: Cast, steps: tuple[str, ...], last: str) -> None:
    assert points_of(walk(cast, *steps))["now"] == [last]


# --- whose turn -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "de politiechef, voor de noodzaak"),
        (("noodzaak_vaststellen",), "de contactpersoon, om aan te melden"),
        (TO_STATUS["aangemeld"], "de projectleider, voor de beoordeling"),
        (TO_STATUS["beoordeeld"], "de projectleider, voor het besluit"),
        (TO_STATUS["goedgekeurd"], "de politiechef: berusten of bezwaar maken"),
        ((*TO_STATUS["goedgekeurd"], "berusten"), "niemand, het besluit is definitief"),
        (TO_STATUS["bezwaar"], "de portefeuillehouder, voor de zienswijze"),
        ((*TO_STATUS["bezwaar"], "afstemming_vastleggen"), "de programmamanager, voor het besluit op bezwaar"),
        (TO_STATUS["ingetrokken"], "niemand, het initiatief is ingetrokken"),
    ],
)
def test_somebody_always_has_the_turn(cast: Cast, steps: tuple[str, ...], words: str) -> None:
    assert turn.whose_turn(seen(walk(cast, *steps)), today()) == f"Aan zet: {words}"


def test_turn_goes_back_to_the_project_leader_when_the_supplement_stays_away(cast: Cast) -> None:
    subject = seen(walk(cast, *TO_STATUS["aangemeld"], "terugsturen"))
    pending = subject.pending_return()
    assert pending is not None
    assert "de contactpersoon, voor de aanvulling" in turn.whose_turn(subject, pending.by_when)
    assert "de projectleider" in turn.whose_turn(subject, pending.by_when + timedelta(days=1))


def test_other_units_have_another_head() -> None:
    subject = seen(concept(Cast("PDC")))
    assert turn.whose_turn(subject, today()) == "Aan zet: het hoofd, voor de noodzaak"


# --- terms ----------------------------------------------------------------------------------------


def told(subject: Initiative, day: date | None = None) -> dict[str, str]:
    return {name: shown.left for name, shown, _ in terms.terms(seen(subject), day or today())}


def test_running_term_counts_down(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    last_day = subject.terms.get().last_day
    for days, words in ((8, "nog 8 dagen"), (1, "nog 1 dag"), (0, "vandaag"), (-1, "1 dag te laat")):
        assert told(subject, last_day - timedelta(days=days)) == {"Eerste besluit": words}


def test_term_that_was_met_says_so(cast: Cast) -> None:
    subject = initiative(cast, "afgewezen")
    assert told(subject)["Eerste besluit"] == f"op tijd: {day_in_words(today())}"


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [
        (FileTerm.Kind.FIRST_DECISION, 0, "op tijd"),
        (FileTerm.Kind.FIRST_DECISION, 1, "1 dag te laat"),
        (FileTerm.Kind.OBJECTION, 1, "verstreken"),
    ],
)
def test_term_that_was_met_late_says_how_late(cast: Cast, kind: str, days: int, words: str) -> None:
    subject = initiative(cast, "bezwaar")
    term = subject.terms.get(kind=kind)
    subject.terms.filter(pk=term.pk).update(met_on=term.last_day + timedelta(days=days))
    assert told(subject)[FileTerm.Kind(kind).label.capitalize()].startswith(words)


@pytest.mark.parametrize(
    ("steps", "name"),
    [
        (TO_STATUS["ingetrokken"], "Eerste besluit"),
        ((*TO_STATUS["bezwaar"], "bezwaar_intrekken"), "Besluit op bezwaar"),
    ],
)
def test_term_that_is_not_needed_any_more_has_stopped(cast: Cast, steps: tuple[str, ...], name: str) -> None:
    assert told(walk(cast, *steps))[name] == "gestopt"


def test_postponement_and_adjournment_are_told_beside_the_terms(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["beoordeeld"], "uitstel_melden", "afwijzen", "bezwaar_maken", "verdagen")
    assert told(subject)["Besluit op bezwaar verdaagd"] == "met 3 weken"
    assert "Uitstel gemeld" in told(subject)


# --- facts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0", "€ 0"), ("18500", "€ 18.500"), ("1234567.5", "€ 1.234.567,50"), ("0.99", "€ 0,99")],
)
def test_amount_is_written_the_dutch_way(amount: str, words: str) -> None:
    assert facts.euros(Decimal(amount)) == words


def test_no_cameras_is_something_else_than_not_filled_in(cast: Cast) -> None:
    assert facts.value_of(concept(cast, cameras_now=0), "cameras_now") == "0"
    assert facts.value_of(concept(cast, cameras_now=None), "cameras_now") == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), "1 januari 2026 tot en met 1 februari 2026"),
        (date(2026, 1, 1), None, "vanaf 1 januari 2026"),
        (None, date(2026, 2, 1), "tot en met 1 februari 2026"),
        (None, None, ""),
    ],
)
def test_period_is_one_fact(cast: Cast, first: date | None, last: date | None, words: str) -> None:
    assert facts.value_of(concept(cast, period_from=first, period_until=last), "period") == words


def test_every_field_of_an_initiative_can_be_shown(cast: Cast) -> None:
    for names in facts.SECTIONS.values():
        for name in names:
            assert facts.label_of(name)
            assert isinstance(facts.value_of(concept(cast), name), str)


def test_kinds_stand_on_one_line_in_the_head(cast: Cast) -> None:
    all_kinds = concept(cast, kinds=list(Kind))
    assert "\n" in facts.value_of(all_kinds, "kinds")
    assert facts.kinds_of(all_kinds).startswith("Aanschaf, Vervanging van defecte camera’s, ")


def test_defective_cameras_are_listed_one_by_one(cast: Cast) -> None:
    subject = concept(cast, kinds=["vervanging_defect"], defects=[("B-2", today()), ("A-1", today())])
    assert facts.value_of(subject, "defects").splitlines()[0].startswith("A-1, defect sinds")


# --- consequences ---------------------------------------------------------------------------------


def will(name: str, subject: Initiative, person: Person) -> str:
    """Everything that the page of a step says beforehand."""
    step: Any = steps_of(Initiative)[name]
    return "\n".join(f"{one.title} {one.text}" for one in consequences(step, seen(subject), person, today()))


def test_every_step_says_whether_there_is_a_way_back() -> None:
    assert set(FOLLOWS) == set(IF_YOU) == set(steps_of(Initiative))
    assert all(way_back(name).endswith(".") for name in FOLLOWS)


def test_what_is_said_beforehand_is_what_happens(cast: Cast) -> None:
    beforehand = will("afwijzen", initiative(cast, "beoordeeld"), cast.leader)
    after = initiative(cast, "afgewezen")
    assert after.due_on is not None
    assert "De status wordt Afgewezen" in beforehand
    assert f"Bezwaar maken kan tot en met {weekday_in_words(after.due_on)}." in beforehand
    assert "3 mensen krijgen bericht De contactpersoon, de politiechef en de programmamanager." in beforehand


def test_objection_goes_back_to_the_status_before(cast: Cast) -> None:
    for before in ("goedgekeurd", "afgewezen"):
        subject = walk(cast, *TO_STATUS[before], "bezwaar_maken")
        assert f"De status wordt {Status(before).label}" in will("bezwaar_intrekken", subject, cast.head)


@pytest.mark.parametrize(("weeks", "words"), [(1, "Met één week naar"), (6, "met zes weken naar")])
def test_adjournment_says_both_ends(cast: Cast, weeks: int, words: str) -> None:
    subject = initiative(cast, "bezwaar")
    adjourned = walk(cast, "verdagen", start=initiative(cast, "bezwaar"), given={"verdagen": {"weeks": weeks}})
    assert adjourned.due_on is not None
    assert f"{words} {weekday_in_words(adjourned.due_on)}" in will("verdagen", subject, cast.manager)


def test_file_that_comes_back_says_its_new_term(cast: Cast) -> None:
    returned = walk(cast, *TO_STATUS["aangemeld"], "terugsturen", at=days_ago(10))
    beforehand = will("aanmelden", returned, cast.contact)
    filed = walk(cast, "aanmelden", start=returned)
    assert filed.due_on is not None
    assert f"Het eerste besluit komt uiterlijk op {weekday_in_words(filed.due_on)}." in beforehand


def test_late_objection_reopens_what_was_final(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["afgewezen"], at=days_ago(60))
    words = "Het besluit is niet meer definitief"
    assert words not in will("bezwaar_maken", subject, cast.head)
    make_lapsed_decisions_final(now())
    assert words in will("bezwaar_maken", subject, cast.head)


def test_who_should_know_and_is_nobody_is_told(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    RoleAssignment.objects.filter(person=cast.contact).update(until_date=today() - timedelta(days=1))
    assert "Let op: er is nu geen contactpersoon." in will("afwijzen", subject, cast.leader)


# --- the trail ------------------------------------------------------------------------------------


def test_trail_gives_detail_and_reasons_in_short(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["afgewezen"], given={"afwijzen": {"reasons": "x" * 5000}})
    newest = trail.lines(list(read.trail(subject)))[0][0]
    assert str(newest) == "De projectleider heeft het initiatief afgewezen."
    assert newest.reason.startswith("Geen toestemming.\nRedenen: xxx")
    assert len(newest.reason) < 400
