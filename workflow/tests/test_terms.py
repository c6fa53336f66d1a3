"""Terms: worked dates, suspension, adjournment, the explaining sentence and the countdown."""

import calendar
from datetime import UTC, date, datetime, time, timedelta

import pytest

from workflow.clock import AMSTERDAM, local_date
from workflow.dates import DateError
from workflow.terms import KINDS, Suspension, Term, count_of_days, length_in_words
from workflow.tests.almanac import DECREED, MOVABLE, days_of


def day(text: str) -> date:
    return date.fromisoformat(text)


def term(kind: str, start: str, **added) -> Term:
    return Term(KINDS[kind], day(start), DECREED, **added)


@pytest.mark.parametrize(
    ("kind", "start", "raw", "last"),
    [
        # the two worked cases of the letter's time: Ascension, a decree day and a weekend; and a plain Friday
        ("objection", "2015-02-19", "2015-04-02", "2015-04-02"),
        ("objection_decision", "2015-04-02", "2015-05-14", "2015-05-18"),
        ("objection", "2018-05-18", "2018-06-29", "2018-06-29"),
        ("objection_decision", "2018-06-29", "2018-08-10", "2018-08-10"),
        # each kind, ending on a working day and on a free one
        ("first_decision", "2018-01-10", "2018-03-07", "2018-03-07"),
        ("first_decision", "2018-02-02", "2018-03-30", "2018-04-03"),  # Good Friday up to Easter Monday
        ("objection", "2018-04-09", "2018-05-21", "2018-05-22"),  # Whit Monday
        ("objection_decision", "2019-11-13", "2019-12-25", "2019-12-30"),  # Christmas, a decree day, a weekend
        ("late_objection_decision", "2014-03-15", "2014-04-26", "2014-04-28"),  # King's Day on the Saturday before
        ("late_objection_decision", "2014-03-14", "2014-04-25", "2014-04-25"),
        ("access_request", "2016-01-19", "2016-03-01", "2016-03-01"),  # over a leap day
        ("access_request", "2015-01-19", "2015-03-02", "2015-03-02"),  # over none
        ("access_request", "2017-03-24", "2017-05-05", "2017-05-08"),  # 5 May in a year with few free people
        ("correction_request", "2018-12-03", "2018-12-31", "2019-01-02"),  # a decree day over the turn of the year
        ("correction_request", "2018-12-05", "2019-01-02", "2019-01-02"),
        ("correction_request", "2013-04-02", "2013-04-30", "2013-05-01"),  # the last Queen's Day
        ("correction_request", "2015-04-02", "2015-04-30", "2015-04-30"),  # no longer one
        # over both changes of the clock: days are days
        ("correction_request", "2015-03-28", "2015-04-25", "2015-04-28"),  # a Saturday, King's Day on the Monday
        ("correction_request", "2015-10-24", "2015-11-21", "2015-11-23"),
    ],
)
def test_term_ends_on_the_worked_day(kind, start, raw, last):
    counted = term(kind, start)
    assert (str(counted.raw_last_day), str(counted.last_day)) == (raw, last)


def test_every_kind_has_the_length_of_its_source():
    assert {name: (kind.days, kind.adjournable) for name, kind in KINDS.items()} == {
        "first_decision": (56, 0),
        "objection": (42, 0),
        "objection_decision": (42, 42),
        "late_objection_decision": (42, 42),
        "access_request": (42, 42),
        "correction_request": (28, 0),
    }


@pytest.mark.parametrize("year", MOVABLE)
def test_no_term_ends_on_a_free_day_of_the_almanac_and_none_moves_without_need(year):
    free = days_of(year) | DECREED
    for raw in (date(year, 1, 1) + timedelta(n) for n in range(358)):
        moved = raw
        while moved.weekday() > 4 or moved in free:
            moved += timedelta(1)
        assert Term(KINDS["objection"], raw - timedelta(42), DECREED).last_day == moved


@pytest.mark.parametrize("day", sorted(DECREED), ids=str)
def test_around_every_equated_day_only_what_ends_on_it_or_adjoins_it_moves(day):
    for raw in (day - timedelta(1), day, day + timedelta(1)):
        start = raw - timedelta(42)
        with_it, without = (Term(KINDS["objection"], start, days) for days in (DECREED, DECREED - {day}))
        assert with_it.last_day not in DECREED
        assert (with_it.last_day != without.last_day) == (day in dict(with_it.passed) and without.last_day <= day)
        assert without.last_day == day or with_it.last_day == without.last_day


def last_sunday(year: int, month: int) -> date:
    """The day on which the clock changes."""
    end = date(year, month, 31)
    return end - timedelta((end.weekday() + 1) % 7)


@pytest.mark.parametrize("year", MOVABLE)
def test_changes_of_the_clock_take_nothing_and_give_nothing(year):
    for change in (last_sunday(year, 3), last_sunday(year, 10)):
        noon = datetime.combine(change, time(12), AMSTERDAM)
        assert noon.utcoffset() != (noon - timedelta(days=1)).utcoffset()
        for start in (change + timedelta(n) for n in range(-57, 2)):
            for kind in KINDS.values():
                assert Term(kind, start, DECREED).raw_last_day.toordinal() == start.toordinal() + kind.days
        for hour in (0, 2, 3, 23):  # the whole of the day, whichever of its hours come twice or not at all
            moment = datetime.combine(change, time(hour, 30), AMSTERDAM).astimezone(UTC)
            assert local_date(moment) == change


@pytest.mark.parametrize("year", [2011, 2012, 2015, 2016, 2019, 2020, 2023, 2024, 2028, 2100])
def test_leap_day_counts_as_a_day(year):
    start = date(year, 2, 1)
    four_weeks, six_weeks = (Term(KINDS[kind], start, frozenset()) for kind in ("correction_request", "objection"))
    assert four_weeks.raw_last_day == (date(year, 2, 29) if calendar.isleap(year) else date(year, 3, 1))
    assert six_weeks.raw_last_day == date(year, 3, 14 if calendar.isleap(year) else 15)


@pytest.mark.parametrize(
    ("returned", "by_when", "filed_again", "days"),
    [
        ("2015-03-02", "2015-03-20", "2015-03-12", 10),  # in time: up to and including the day of filing again
        ("2015-03-02", "2015-03-20", "2015-03-20", 18),  # on the day itself
        ("2015-03-02", "2015-03-20", "2015-03-21", 18),  # a day too late adds nothing more
        ("2015-03-02", "2015-03-20", "2015-06-01", 18),
        ("2015-03-02", "2015-03-20", None, 18),  # still away: until the given day at most
        ("2015-03-02", "2015-03-20", "2015-03-02", 0),  # back on the same day
        ("2015-03-02", "2015-03-20", "2015-03-03", 1),
        ("2016-02-28", "2016-03-20", "2016-03-01", 2),  # over a leap day
    ],
)
def test_suspension_adds_the_days_after_the_return_until_filing_again_or_the_given_day(
    returned, by_when, filed_again, days
):
    away = Suspension(day(returned), day(by_when), day(filed_again) if filed_again else None)
    assert away.days == days
    assert term("first_decision", "2015-02-19", suspensions=(away,)).raw_last_day == day("2015-04-16") + timedelta(days)


def test_suspensions_are_added_up():
    first = Suspension(day("2015-03-02"), day("2015-03-20"), day("2015-03-12"))
    second = Suspension(day("2015-03-12"), day("2015-03-30"), day("2015-03-17"))
    assert str(term("first_decision", "2015-02-19").raw_last_day) == "2015-04-16"
    assert str(term("first_decision", "2015-02-19", suspensions=(first,)).raw_last_day) == "2015-04-26"
    assert str(term("first_decision", "2015-02-19", suspensions=(first, second)).raw_last_day) == "2015-05-01"


@pytest.mark.parametrize(("by_when", "filed_again"), [("2015-03-01", None), ("2015-03-20", "2015-03-01")])
def test_file_does_not_come_back_before_it_went(by_when, filed_again):
    with pytest.raises(DateError, match="voordat"):
        Suspension(day("2015-03-02"), day(by_when), day(filed_again) if filed_again else None)


def test_file_is_returned_only_after_filing_and_after_the_earlier_suspension():
    away = Suspension(day("2015-03-02"), day("2015-03-20"), day("2015-03-12"))
    overlapping = Suspension(day("2015-03-11"), day("2015-03-20"))
    assert term("first_decision", "2015-03-02", suspensions=(away,))
    for start, suspensions in (("2015-03-03", (away,)), ("2015-02-19", (away, overlapping))):
        with pytest.raises(DateError, match="teruggestuurd"):
            term("first_decision", start, suspensions=suspensions)


def test_adjournment_is_added_to_the_unmoved_date():
    assert str(term("objection_decision", "2015-04-02").last_day) == "2015-05-18"  # moved from 14 May
    assert str(term("objection_decision", "2015-04-02", adjourned=1).last_day) == "2015-05-18"  # 15 May, not 19 May
    assert str(term("objection_decision", "2015-04-02", adjourned=42).last_day) == "2015-06-25"  # not 29 June


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("objection_decision", 42),
        ("access_request", 42),
        ("first_decision", 0),
        ("objection", 0),
        ("correction_request", 0),
    ],
)
def test_adjournment_has_a_limit(kind, most):
    assert term(kind, "2015-04-02", adjourned=most)
    for days in (most + 1, -1):
        with pytest.raises(DateError, match=f"hooguit {most} dagen"):
            term(kind, "2015-04-02", adjourned=days)


def test_sentence_tells_count_and_that_it_is_a_working_day():
    assert term("objection", "2018-05-18").why == (
        "Zes weken na de bekendmaking op vrijdag 18 mei 2018 is vrijdag 29 juni 2018. Dat is een werkdag. "
        "Dit is naar analogie van de Awb, artikel 6:7 en 6:8."
    )


def test_sentence_tells_every_free_day_that_was_passed():
    assert term("objection_decision", "2015-04-02").why == (
        "Zes weken na het einde van de bezwaartermijn op donderdag 2 april 2015 is donderdag 14 mei 2015. "
        "Dat is Hemelvaartsdag. "
        "Daarna komen een dag die met een feestdag is gelijkgesteld, een zaterdag en een zondag. "
        "Volgens de Algemene termijnenwet wordt het de eerste werkdag: maandag 18 mei 2015. "
        "Dit is naar analogie van de Awb, artikel 7:10."
    )


def test_days_that_were_passed_are_told_one_by_one_with_why():
    assert term("objection_decision", "2015-04-02").passed == [
        (day("2015-05-14"), "Hemelvaartsdag"),
        (day("2015-05-15"), "een dag die met een feestdag is gelijkgesteld"),
        (day("2015-05-16"), "een zaterdag"),
        (day("2015-05-17"), "een zondag"),
    ]
    assert term("objection", "2018-05-18").passed == []


def test_sentence_tells_every_suspension_and_the_adjournment():
    back = Suspension(day("2015-03-02"), day("2015-03-20"), day("2015-03-03"))
    same_day = Suspension(day("2015-03-09"), day("2015-03-20"), day("2015-03-09"))
    away = Suspension(day("2015-03-16"), day("2015-03-27"))
    assert term("first_decision", "2015-02-19", suspensions=(back, same_day, away)).why == (
        "Acht weken na de aanmelding op donderdag 19 februari 2015 is donderdag 16 april 2015. "
        "Het dossier is op 2 maart 2015 teruggestuurd voor aanvulling. "
        "De dagen daarna tellen erbij, tot en met 3 maart 2015: 1 dag. "
        "Het dossier is op 16 maart 2015 teruggestuurd voor aanvulling. "
        "De dagen daarna tellen erbij, tot uiterlijk 27 maart 2015: hooguit 11 dagen. "
        "Zo komt het einde op dinsdag 28 april 2015. Dat is een werkdag. "
        "Dit is naar analogie van de Awb, artikel 4:13."
    )
    assert "De termijn is verdaagd met zes weken. Zo komt het einde op donderdag 25 juni 2015. Dat is een werkdag." in (
        term("objection_decision", "2015-04-02", adjourned=42).why
    )
    assert "verdaagd" not in term("objection_decision", "2015-04-02").why


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("2018-06-30", "Dat is een zaterdag. Daarna komt een zondag. Volgens"),
        ("2018-07-01", "Dat is een zondag. Volgens"),
        ("2018-05-19", "Dat is een zaterdag. Daarna komen een zondag en Tweede Pinksterdag. Volgens"),
        ("2018-05-21", "Dat is Tweede Pinksterdag. Volgens"),
        ("2018-04-27", "Dat is Koningsdag. Daarna komen een zaterdag en een zondag. Volgens"),
        ("2012-12-31", "Dat is een dag die met een feestdag is gelijkgesteld. Daarna komt Nieuwjaarsdag. Volgens"),
        ("2016-05-05", "Dat is Bevrijdingsdag en Hemelvaartsdag. Daarna komen een dag die"),
    ],
)
def test_sentence_names_the_reason(raw, reason):
    moved = Term(KINDS["objection"], day(raw) - timedelta(42), DECREED)
    assert reason in moved.why
    working = Term(KINDS["objection"], moved.last_day - timedelta(42), DECREED)
    assert "Dat is een werkdag." in working.why
    assert "Algemene termijnenwet" not in working.why


def test_sentence_of_a_request_names_its_own_law():
    assert term("access_request", "2018-06-04").why.endswith("Dit volgt uit de Wet politiegegevens, artikel 25.")
    assert term("correction_request", "2018-06-04").why.endswith("Dit volgt uit de Wet politiegegevens, artikel 28.")


def test_term_ends_within_the_calendar_or_says_that_it_does_not():
    assert term("objection", "0001-01-01").last_day == date(1, 2, 12)
    assert term("objection", "9999-11-19").last_day == date(9999, 12, 31)
    with pytest.raises(DateError, match="te ver weg"):
        _ = term("objection", "9999-11-20").last_day


def test_lengths_are_told_in_weeks_where_they_are_whole_weeks():
    lengths = {1: "1 dag", 6: "6 dagen", 7: "1 week", 8: "8 dagen", 14: "twee weken", 56: "acht weken", 63: "9 weken"}
    assert {days: length_in_words(days) for days in lengths} == lengths
    assert [count_of_days(days) for days in (0, 1, 2)] == ["0 dagen", "1 dag", "2 dagen"]
