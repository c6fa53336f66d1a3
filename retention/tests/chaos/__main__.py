"""`python -m retention.tests.chaos`: pulls plugs, and ends with a table. Started by `script/chaos`."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bodycams.embedded import signals
from bodycams.embedded.bootstrap import ROOT, Failure
from retention.tests.chaos.site import Site, cpu, say

if TYPE_CHECKING:
    from retention.tests.chaos.runs import Run

FOLDER = ROOT / ".cache" / "chaos-home"
SHORT = {"objects": 300, "times": 600.0, "batch": 4, "pace": 0.5}


def main(arguments: list[str]) -> int:
    """Exit code 1: something was found that may never be."""
    given = asked(arguments)
    signals.listen()
    site = Site(given.home)
    try:
        site.start_servers()
        django.setup()
        prepare(site, given.schema)
        from retention.tests.chaos.runs import Asked, Run

        names = Asked.__dataclass_fields__
        run = Run(site, Asked(**{name: getattr(given, name) for name in names}))
        if given.is_short:
            run.on_purpose()
        else:
            run.at_random()
        run.in_peace()
        return report(run, as_json=given.json)
    except signals.Stopped as stopped:
        return 128 + stopped.number
    except TimeoutError as waited:
        raise Failure(f"{waited} Zie de logs in {site.home.path('logs')}.") from waited
    finally:
        site.stop()


def asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/chaos", description="Trek elke stekker tijdens het vernietigen. Zie docs/destruction.md."
    )
    add = parser.add_argument
    add("--objects", type=int, help="opnamen (5000)")
    add("--minutes", type=float, default=12.0, help="hoe lang (12)")
    add("--kills", type=int, default=240, help="stekkers in die tijd (240)")
    add("--seed", type=int, default=28, help="begin van het toeval (28)")
    add("--times", type=float, help="hoeveel maal sneller de klok loopt (480)")
    add("--batch", type=int, help="opnamen die een worker tegelijk pakt (8)")
    add("--pace", type=float, help="seconden die de opslag hoogstens over verwijderen doet (0.8)")
    add("--short", action="store_true", dest="is_short", help="elke stekker één keer, met opzet; een halve minuut")
    add("--draft", action="store_true", dest="is_draft", help="vernietig met een gewone eerste opzet: die moet zakken")
    add("--schema", type=Path, help="een dump van een bijgewerkte databank, in plaats van migreren")
    add("--home", type=Path, default=FOLDER, help=f"map die eerst wordt geleegd ({FOLDER.relative_to(ROOT)})")
    add("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")
    given = parser.parse_args(arguments)
    usual = SHORT if given.is_short else {"objects": 5000, "times": 480.0, "batch": 8, "pace": 0.8}
    for name, value in usual.items():
        if getattr(given, name) is None:
            setattr(given, name, value)
    return given


def prepare(site: Site, schema: Path | None) -> None:
    if schema:
        site.restore(schema)
        return
    from django.core.management import call_command

    say("De databank wordt gemaakt.")
    call_command("migrate", interactive=False, verbosity=0)


def report(run: "Run", *, as_json: bool) -> int:
    wrong = run.violations()
    plugs, notes = run.plugs, run.world.notes
    print(f"{'getrokken':<34}{'keer':>6}{'in het venster':>16}")
    for name in plugs.all():
        print(f"{name:<34}{plugs.pulled[name]:>6}{plugs.in_window[name] or '-':>16}")
    print(f"{'samen':<34}{plugs.pulled.total():>6}{plugs.in_window.total():>16}")
    counted = {
        "opnamen": len(notes.known),
        "bewijzen": len(notes.proven),
        "opschortingen": len(notes.held),
        "opschortingen geweigerd": notes.refused,
        "opschortingen zonder antwoord": len(notes.perhaps_held),
        "oordelen": notes.judged,
        "oordelen teruggedraaid": notes.undone,
        "programma's opnieuw gestart": run.site.restarts,
        "seconden": round(time.monotonic() - run.began),
    }
    for name, number in counted.items():
        print(f"{name:<34}{number:>6}")
    for name, number in sorted(wrong.items()):
        print(f"FOUT: {name:<28}{number:>6}")
    print(f"Overtredingen: {wrong.total()}.", flush=True)
    if as_json:
        pulled = {name: [plugs.pulled[name], plugs.in_window[name]] for name in plugs.all()}
        print(json.dumps({"pulled": pulled, "counted": counted, "violations": wrong, "cpu": round(cpu(), 1)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        os.chdir(ROOT)
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        say(str(failure))
        sys.exit(2)
