"""What fails is tried again later and later; what works is not held up by what failed before."""

from datetime import UTC, datetime, timedelta

from bodycams.patience import FIRST, LONGEST, Patience

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def tries_in(span: timedelta, every: timedelta = timedelta(seconds=5)) -> list[timedelta]:
    """When something that always fails is tried, by who comes by every few seconds."""
    patience, tries, moment = Patience(), [], AT
    while moment < AT + span:
        if patience.is_up("brief", moment):
            tries.append(moment - AT)
            patience.failed("brief", moment)
        moment += every
    return tries


def test_what_always_fails_is_tried_later_and_later_and_never_given_up() -> None:
    assert tries_in(timedelta(minutes=2)) == [timedelta(seconds=after) for after in (0, 10, 30, 70)]
    tries = tries_in(timedelta(hours=10))
    assert len(tries) < 20
    assert tries[-1] - tries[-2] == LONGEST


def test_one_does_not_hold_up_another() -> None:
    patience = Patience()
    patience.failed("brief", AT)
    assert (patience.is_up("brief", AT), patience.is_up("editie", AT)) == (False, True)
    assert patience.is_up("brief", AT + FIRST)


def test_what_worked_begins_anew() -> None:
    patience = Patience()
    for _ in range(5):
        patience.failed("brief", AT)
    assert not patience.is_up("brief", AT + FIRST)
    patience.worked("brief")
    assert patience.is_up("brief", AT)
    patience.failed("brief", AT)
    assert patience.is_up("brief", AT + FIRST)
