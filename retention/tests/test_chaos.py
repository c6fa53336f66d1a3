"""Any plug can be pulled at any moment, and promise, proof and journal still agree: the short form of `script/chaos`,
with real processes on servers of its own. Its oracle is fed with every fault that it must find.
"""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bodycams.embedded.bootstrap import ROOT
from bodycams.embedded.identity import packaged
from bodycams.embedded.tests.machine import environment
from retention.clock import now
from retention.destroying import declarations, destruction, review
from retention.models import Run
from retention.storage.folder import Folder
from retention.tests.chaos import oracle
from retention.tests.chaos.oracle import Seen
from retention.tests.chaos.plugs import HAS_A_WINDOW
from retention.tests.chaos.world import FAR, World

Answer = tuple[int, dict[str, Any]]


@pytest.fixture(scope="module")
def schema(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as they are here: migrating once more would cost more than all the rest."""
    file = tmp_path_factory.mktemp("schema") / "schema.sql"
    address = os.environ["MIGRATE_DATABASE_URL"].rpartition("/")[0]
    name = connection.settings_dict["NAME"]
    dump = [str(packaged() / "pginstall" / "bin" / "pg_dump"), "--no-sync", f"--file={file}", f"{address}/{name}"]
    subprocess.run(dump, check=True, timeout=60)
    return file


def pulled(folder: Path, schema: Path, *more: str) -> Answer:
    command = [str(ROOT / "script" / "chaos"), "--short", "--json", f"--home={folder}", f"--schema={schema}", *more]
    done = subprocess.run(  # it waits for nothing without an end
        command,
        env=environment(folder),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_every_plug_is_pulled_and_all_agree(tmp_path: Path, schema: Path) -> None:
    code, told = pulled(tmp_path / "home", schema)
    assert (code, told["violations"]) == (0, {})
    assert all(times for times, _ in told["pulled"].values())
    assert all(told["pulled"][name][1] for name in HAS_A_WINDOW)
    assert min(told["counted"][name] for name in ("bewijzen", "opschortingen", "opschortingen geweigerd")) > 0


def test_an_ordinary_draft_does_not_come_through(tmp_path: Path, schema: Path) -> None:
    code, told = pulled(tmp_path / "home", schema, "--draft", "--objects=90")
    assert code == 1
    assert {oracle.HELD, oracle.CHAIN} <= told["violations"].keys()


# --- the oracle -----------------------------------------------------------------------------------


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> World:
    """One that is gone and one that is held, both well."""
    settings.DESTRUCTION_VALVE, settings.DESTRUCTION_LEDGER = None, f"file://{tmp_path}/destructions"
    made = World(tmp_path / "recordings", seed=1)
    made.bring(2, kind="due")
    made.arrive()
    made.hold(min(made.notes.known))
    assert review.review()
    destruction.destroy(Folder(made.root))
    declarations.declare(now())
    made.look()
    return made


def found(world: World, rows: dict[int, Seen] | None = None) -> set[str]:
    outside = world.root.with_name("destructions")
    return set(oracle.violations(world.notes, rows or oracle.seen(), world.root, now(), outside))


def path(world: World, pk: int) -> Path:
    return world.root / world.notes.known[pk].key


def again(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")


def no_longer_held(world: World, pk: int) -> None:
    world.notes.held.clear()


def may_not_yet(world: World, pk: int) -> None:
    world.notes.known[pk].may_go_from = FAR


def damage_the_list(world: World, pk: int) -> None:
    (file,) = world.root.with_name("destructions").rglob("*.jsonl.gz")
    file.write_bytes(file.read_bytes()[:-9])


DONE_TO_IT: list[tuple[str, bool, Callable[[World, int], object]]] = [
    (oracle.DAMAGED, True, lambda world, pk: path(world, pk).write_bytes(b"x")),
    (oracle.HELD, True, lambda world, pk: path(world, pk).unlink()),
    (oracle.NOT_PROVEN, True, lambda world, pk: path(world, pk).unlink()),
    (oracle.HELD, False, lambda world, pk: world.notes.held.add(pk)),
    (oracle.HOLD_LOST, False, lambda world, pk: world.notes.held.add(pk)),
    (oracle.FORGOTTEN, True, no_longer_held),
    (oracle.TOO_EARLY, False, may_not_yet),
    (oracle.STILL_THERE, False, lambda world, pk: again(path(world, pk))),
    (oracle.LISTED, False, lambda world, pk: again(path(world, pk))),
    (oracle.PROOF_LOST, True, lambda world, pk: world.notes.proven.add(pk)),
    (oracle.UNKNOWN, True, lambda world, pk: again(world.root / "elsewhere" / "one")),
    (oracle.TWICE, True, lambda world, pk: Run.objects.create(began_at=now(), ended_at=now())),
    (oracle.LIST, False, damage_the_list),
    (oracle.UNLISTED, False, damage_the_list),
]
"""What is found, whether it is the held one that something is done to, and what."""

SAID_OF_IT: list[tuple[str, dict[str, Any]]] = [
    (oracle.STATUS, {"status": "te_beoordelen"}),
    (oracle.TOLD, {"entries": 2}),
    (oracle.TOLD, {"entries": 0}),
    (oracle.NOT_PROVEN, {"proofs": 2}),
    (oracle.WEARER, {"names_somebody": True}),
    (oracle.OTHER_FILE, {"digest": "0" * 64}),
    (oracle.OPEN, {"is_open": True}),
]


def test_what_is_well_is_no_violation(world: World) -> None:
    assert found(world) == set()
    assert len(world.notes.held) == len(world.notes.proven) == 1


@pytest.mark.parametrize(("name", "is_held", "plant"), DONE_TO_IT)
def test_what_is_planted_is_found(
    world: World, name: str, is_held: bool, plant: Callable[[World, int], object]
) -> None:
    (pk,) = world.notes.held if is_held else world.notes.proven
    plant(world, pk)
    assert name in found(world)


def test_what_the_rows_say_wrongly_is_found(world: World) -> None:
    (pk,) = world.notes.proven
    rows = oracle.seen()
    for name, changes in SAID_OF_IT:
        assert name in found(world, rows | {pk: replace(rows[pk], **changes)}), name


def test_a_declaration_that_counts_otherwise_is_found(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(oracle.DECLARED_OTHERWISE.replace("d.count", "d.count + 1"))
        assert cursor.fetchone()[0] == Run.objects.exclude(declaration=None).count() == 1
