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


class Hopeless(Exception):
    """Nothing can be made."""


def test_one_that_fails_does_not_stop_the_rest_and_waits_for_its_turn() -> None:
    def make(one: str, at: object) -> bool:
        if one == "stuk":
            raise ValueError(one)
        return True

    patience = Patience()
    assert patience.make(["stuk", "a", "b", "c"], make, AT, hopeless=Hopeless, most=2) == 2
    assert (patience.is_up("stuk", AT), patience.is_up("a", AT)) == (False, True)
    assert patience.make(["stuk"], lambda *_: True, AT, hopeless=Hopeless) == 0
    assert patience.make(["stuk"], lambda *_: True, AT + FIRST, hopeless=Hopeless) == 1


def test_what_is_hopeless_for_one_is_not_tried_with_the_others() -> None:
    tried: list[str] = []

    def make(one: str, at: object) -> bool:
        tried.append(one)
        raise Hopeless

    patience = Patience()
    for _ in range(2):
        assert patience.make(["a", "b"], make, AT, hopeless=Hopeless) == 0
    assert tried == ["a"]
    assert patience.make(["b"], lambda *_: True, AT + FIRST, hopeless=Hopeless) == 1
