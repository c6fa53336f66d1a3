"""Programs as processes: they die with their parent, are restarted a few times, and are found again."""

import os
import signal
import subprocess
import sys
import time

import pytest

from bodycams.embedded import supervisor as supervisor_module
from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.processes import MARK, Program, clear_away, is_alive, leftovers
from bodycams.embedded.signals import pause
from bodycams.embedded.supervisor import Supervisor
from bodycams.embedded.tests.machine import eventually

SLEEP = ["sleep", "60"]
PARENT = """
import subprocess, sys, time, signal
from bodycams.embedded.processes import tie_to_parent
tie = tie_to_parent(signal.SIGTERM) if sys.argv[1] == "tied" else None
print(subprocess.Popen(["sleep", "60"], preexec_fn=tie, stdout=subprocess.DEVNULL).pid, flush=True)
time.sleep(60)
"""


def program(home: Home, command: list[str]) -> Program:
    return Program("proef", command, home.log("proef"), {**os.environ, MARK: str(home.folder)}, patience=5.0)


@pytest.mark.parametrize(("how", "survives"), [("tied", False), ("free", True)])
def test_a_tied_child_dies_with_its_killed_parent_and_a_free_one_does_not(how: str, survives: bool) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, how], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout as output:
        child = int(output.readline())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    assert eventually(lambda: not is_alive(child), 2.0) is not survives
    if survives:
        os.kill(child, signal.SIGKILL)


def test_what_an_earlier_controller_left_is_found_and_ended(home: Home) -> None:
    left = program(home, SLEEP)
    left.start()
    assert left.process is not None
    assert leftovers(home.folder) == [left.process.pid]
    assert leftovers(home.folder / "other") == []
    clear_away(home.folder)
    assert left.process.wait(5) == -signal.SIGINT
    assert leftovers(home.folder) == []


def test_what_does_not_listen_is_ended_by_force(home: Home) -> None:
    stubborn = program(home, ["sh", "-c", "trap '' INT TERM; echo deaf; while :; do sleep 0.1; done"])
    stubborn.start()
    assert stubborn.process is not None
    assert eventually(lambda: "deaf" in stubborn.tail())
    clear_away(home.folder, patience=0.3)
    assert stubborn.process.wait(5) == -signal.SIGKILL
    assert eventually(lambda: leftovers(home.folder) == [])


def test_what_is_ending_is_waited_for_also_when_it_is_no_longer_found(home: Home) -> None:
    """As a process that has lost its memory, and still holds its port."""
    ending = program(
        home, ["sh", "-c", f"trap 'exec env -u {MARK} sleep 0.5' INT; echo up; while :; do sleep 0.1; done"]
    )
    ending.start()
    assert ending.process is not None
    assert eventually(lambda: "up" in ending.tail())
    clear_away(home.folder)
    assert not is_alive(ending.process.pid)
    assert ending.process.wait(5) == 0


def test_what_an_earlier_start_wrote_is_not_told_again(home: Home) -> None:
    talks = program(home, ["sh", "-c", "echo $$"])
    for _ in range(2):
        talks.start()
        assert eventually(talks.has_ended)
    assert [talks.tail()] == talks.log.read_text().splitlines()[1:]


def test_a_stop_ends_the_children_of_a_program_too(home: Home) -> None:
    family = program(home, ["sh", "-c", "sleep 60 & echo born; wait"])
    family.start()
    assert eventually(lambda: "born" in family.tail())
    assert len(leftovers(home.folder)) == 2
    family.stop()
    assert eventually(lambda: leftovers(home.folder) == [])


def test_a_program_that_keeps_falling_ends_everything_with_a_sentence(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "GLANCE", 0.05)
    supervisor = Supervisor()
    supervisor.start(program(home, ["sh", "-c", "echo au; exit 3"]))
    with pytest.raises(Failure, match=r"au\nproef valt steeds om; alles stopt"):
        supervisor.watch()
    assert (home.log("proef")).read_text().count("au") == supervisor_module.RESTARTS + 1


def test_a_program_that_falls_before_it_is_ready_ends_the_start(home: Home) -> None:
    supervisor = Supervisor()
    supervisor.start(program(home, ["sh", "-c", "echo au; exit 3"]))
    with pytest.raises(Failure, match=r"au\nproef stopte bij het starten"):
        supervisor.wait_until(lambda: "niets", "De proef")


def test_waiting_too_long_ends_the_start(home: Home) -> None:
    supervisor = Supervisor()
    supervisor.start(program(home, SLEEP))
    with pytest.raises(Failure, match="De proef is na 0 seconden nog niet klaar: geen thee"):
        supervisor.wait_until(lambda: "geen thee", "De proef", patience=0.1)
    supervisor.wait_until(lambda: "", "De proef", patience=0.1)
    supervisor.stop()


def test_a_job_has_to_end_well(home: Home) -> None:
    supervisor = Supervisor()
    supervisor.complete(program(home, ["true"]))
    with pytest.raises(Failure, match=r"au\nHet klaarzetten is niet gelukt"):
        supervisor.complete(program(home, ["sh", "-c", "echo au; exit 1"]))


def test_a_large_log_is_put_aside(home: Home) -> None:
    log = home.log("proef")
    log.write_text("x" * (6 << 20))
    assert not home.log("proef").exists()
    assert log.with_suffix(".log.1").exists()


def test_pausing_without_a_signal_just_waits() -> None:
    began = time.monotonic()
    pause(0.1)
    assert time.monotonic() - began >= 0.09
