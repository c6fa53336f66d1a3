"""What holds for every term, whatever the dates: tried with dates that nobody chose."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.holidays import first_working_day, last_working_day, why_free
from workflow.terms import KINDS, Kind, Suspension, Term

DAYS = st.dates(date(1, 6, 1), date(9990, 1, 1))
NEAR = st.dates(date(2011, 1, 1), date(2031, 1, 1))
EQUATED = st.frozensets(NEAR, max_size=40)
LENGTHS = st.integers(1, 400)
ONE_DAY = timedelta(1)


def ends(length: int, start: date, equated: frozenset[date]) -> date:
    return Term(Kind(length, "het begin", "Zo is het."), start, equated).last_day


@st.composite
def suspensions(draw, start: date) -> tuple[Suspension, ...]:
    """Up to four returns after each other, filed again in time, too late or not yet."""
    found: list[Suspension] = []
    for away, late in draw(st.lists(st.tuples(st.integers(0, 56), st.integers(-56, 30)), max_size=4)):
        returned = start + timedelta(draw(st.integers(0, 30)))
        by_when = returned + timedelta(away)
        found.append(Suspension(returned, by_when, max(returned, by_when + timedelta(late))))
        start = found[-1].until
    return tuple(found)


@given(LENGTHS, DAYS, EQUATED)
def test_term_never_ends_earlier_than_the_raw_date_nor_on_a_free_day(length, start, equated):
    last_day = ends(length, start, equated)
    assert last_day >= start + timedelta(length)
    assert why_free(last_day, equated) is None


@given(LENGTHS, DAYS, EQUATED)
def test_term_moves_only_over_free_days(length, start, equated):
    raw, last_day = start + timedelta(length), ends(length, start, equated)
    assert all(why_free(raw + timedelta(n), equated) for n in range((last_day - raw).days))


@given(LENGTHS, NEAR)
def test_term_moves_at_most_five_days_by_the_holidays_alone(length, start):
    assert ends(length, start, frozenset()) - start - timedelta(length) <= 5 * ONE_DAY


@given(LENGTHS, NEAR, EQUATED)
def test_each_equated_day_moves_a_term_at_most_over_itself_and_what_adjoins_it(length, start, equated):
    moved = ends(length, start, equated) - ends(length, start, frozenset())
    assert timedelta(0) <= moved <= 6 * len(equated) * ONE_DAY


@given(LENGTHS, DAYS, EQUATED, st.integers(0, 60))
def test_later_start_or_longer_term_never_ends_earlier(length, start, equated, more):
    last_day = ends(length, start, equated)
    assert last_day <= ends(length, start + timedelta(more), equated)
    assert last_day <= ends(length + more, start, equated)
    assert ends(length, start + timedelta(more), equated) == ends(length + more, start, equated)


@given(LENGTHS, NEAR, EQUATED, NEAR)
def test_one_more_equated_day_never_ends_a_term_earlier(length, start, equated, added):
    assert ends(length, start, equated) <= ends(length, start, equated | {added})


@given(st.data(), st.sampled_from(sorted(KINDS)), NEAR, EQUATED)
def test_suspensions_and_adjournment_add_up_and_the_law_moves_the_end_once(data, name, start, equated):
    kind, away = KINDS[name], data.draw(suspensions(start))
    adjourned = data.draw(st.integers(0, kind.adjournable))
    term = Term(kind, start, equated, away, adjourned)
    added = sum((suspension.until - suspension.returned).days for suspension in away) + adjourned
    assert term.raw_last_day == start + timedelta(kind.days + added)
    assert term.last_day == first_working_day(term.raw_last_day, equated)
    assert term.last_day == ends(kind.days + added, start, equated)


@given(st.data(), st.sampled_from(sorted(KINDS)), NEAR, EQUATED)
def test_sentence_says_moved_exactly_when_it_moved(data, name, start, equated):
    term = Term(KINDS[name], start, equated, data.draw(suspensions(start)))
    moved = term.last_day != term.raw_last_day
    assert moved == ("Algemene termijnenwet" in term.why) == ("Dat is een werkdag." not in term.why)
    assert (why_free(term.raw_last_day, equated) or "Dat is een werkdag") in term.why
    assert term.why.count("teruggestuurd") == sum(suspension.days > 0 for suspension in term.suspensions)
    assert str(term.last_day.year) in term.why


@given(DAYS, EQUATED)
def test_reminder_comes_on_a_working_day_that_is_not_later(day, equated):
    earlier = last_working_day(day, equated)
    assert earlier <= day <= first_working_day(day, equated)
    assert why_free(earlier, equated) is None
    assert all(why_free(earlier + timedelta(n), equated) for n in range(1, (day - earlier).days + 1))
