"""A beat that stood still for three days: health says so meanwhile, and the first review makes up for all of it."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bodycams import heartbeat as programs
from initiatives.models import Notice
from retention import tasks
from retention.models import Destruction, Proof, Run
from retention.overdue import overdue
from retention.tests.moved_clock import MovedClock
from retention.tests.oracle import DAY, HOUR, Story, starts
from retention.tests.people import People

pytestmark = pytest.mark.django_db
FIRST = date(2027, 6, 1)
STOPS = starts(FIRST + 27 * DAY, time(23))
STARTS = STOPS + 3 * DAY


@pytest.fixture
def people(clock: MovedClock, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> People:
    """Four days with a recording each, of which nobody judges any; the last review was at `STOPS`."""
    settings.RECORDINGS_STORAGE = f"file://{tmp_path}/opnamen"
    monkeypatch.setattr(tasks.destroy_recordings, "delay", tasks.destroy_recordings)
    people = People(clock, tmp_path, starts(FIRST))
    for number in range(1, 5):
        used = starts(FIRST + number * DAY, time(12))
        clock.to(used + HOUR)
        people.arrive([(Story(0, f"a/{number}", "104801", used, used + HOUR, used + HOUR), {})])
    clock.to(STOPS)
    tasks.review_recordings()
    assert Run.objects.get().planned == 0
    return people


def wrong(client: Client) -> tuple[int, set[str]]:
    for name in (programs.WORKER, programs.BEAT):
        programs.write(name)
    answer = client.get("/health/ready")
    return answer.status_code, {name for name, is_fine in answer.json()["checks"].items() if not is_fine}


def told(people: People) -> list[str]:
    return list(Notice.objects.filter(person=people.officer).order_by("pk").values_list("subject", flat=True))


def test_health_says_meanwhile_that_nothing_is_looked_after(people: People, client: Client) -> None:
    assert wrong(client) == (200, set())
    people.clock.to(STOPS + 2 * HOUR)
    assert wrong(client) == (503, {"review"})
    people.clock.to(STARTS)
    assert (wrong(client), overdue().count()) == ((503, {"review", "in_time"}), 2)
    tasks.review_recordings()
    assert wrong(client) == (200, set())


def test_the_first_review_makes_up_for_everything_and_tells_it_once(people: People) -> None:
    people.clock.to(STARTS)
    tasks.review_recordings()
    run = Run.objects.latest("pk")
    assert (run.missed, run.planned, Proof.objects.filter(run=run).count()) == (71, 3, 3)
    assert told(people) == ["De 28 dagen: de klok liep achter"]
    for later in (timedelta(minutes=5), timedelta(minutes=55)):
        people.clock.to(STARTS + later)
        tasks.review_recordings()
    assert list(Run.objects.order_by("pk").values_list("missed", flat=True)) == [0, 71]
    people.clock.to(STARTS + HOUR)
    tasks.review_recordings()
    assert Run.objects.latest("pk").missed == 0
    assert (told(people), Proof.objects.count()) == (["De 28 dagen: de klok liep achter"], 4)


def test_catching_up_is_a_matter_of_numbers_and_not_of_the_clock(people: People, settings: Any) -> None:
    """What is late goes at once; what closed today waits for its evening, since they are many together."""
    settings.DESTRUCTION_VALVE = 2
    today = starts(FIRST + 31 * DAY)
    people.clock.to(today)
    tasks.review_recordings()
    assert Run.objects.latest("pk").waits_for == "aantal"
    assert (Proof.objects.count(), overdue().count()) == (3, 0)
    assert told(people) == ["De 28 dagen: de klok liep achter", "Een vernietiging wacht op u"]
    settings.DESTRUCTION_VALVE = 0
    for hour, destroyed in ((17, 3), (18, 4)):
        people.clock.to(starts(FIRST + 31 * DAY, time(hour)))
        tasks.review_recordings()
        assert Proof.objects.count() == destroyed


def test_a_beat_that_does_not_come_back_leaves_them(people: People) -> None:
    """The twin: without that review nothing happens, however often a worker is woken."""
    people.clock.to(STARTS)
    tasks.destroy_recordings()
    assert (Proof.objects.count(), Destruction.objects.count(), overdue().count()) == (0, 0, 2)
