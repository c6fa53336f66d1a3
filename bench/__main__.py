"""`python -m bench`: measures what is asked for, and prints one line per figure. Started by `script/bench`."""

import argparse
import json
import sys
from dataclasses import fields

from bench.databases import POSTGRES
from bench.figures import deliveries, destruction, documents, journal, pages, recordings, search, storage, tables
from bench.measuring import Figure, Sizes

PARTS = (pages, documents, journal, tables, search, recordings, deliveries, destruction, storage)
FIGURES = dict(sorted(figure for part in PARTS for figure in part.FIGURES.items()))

MEANINGS = {
    "rows": "initiatieven in de databank van figuur 1, 3, 4, 10, 11 en 13 tot en met 15",
    "small": "initiatieven in de kleine databank van figuur 2 en 14",
    "large": "initiatieven in de grote databank van figuur 2",
    "rounds": "rondes A B B A",
    "visits": "bezoeken per beurt",
    "recordings": "opnamen in de databank van figuur 5, 6 en 16",
    "due": "opnamen die aan de beurt zijn, in figuur 5 (hoogstens een vijfde)",
    "files": "bestanden die worden vernietigd, in figuur 6 (hoogstens een tiende van de opnamen)",
    "entries": "regels van het journaal die worden verzegeld en gecontroleerd, in figuur 12",
}


def main(arguments: list[str]) -> int:
    """The exit code says whether every aim was reached."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Meet wat wat kost. Zie docs/bench.md.")
    parser.add_argument("--only", type=numbers, default=list(FIGURES), metavar="1,3", help="alleen deze figuren")
    parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")
    for field in fields(Sizes):
        parser.add_argument(f"--{field.name}", type=int, default=field.default, help=MEANINGS[field.name])
    given = parser.parse_args(arguments)
    sizes = Sizes(**{field.name: getattr(given, field.name) for field in fields(Sizes)})
    POSTGRES.manage("collectstatic", "--noinput", "--verbosity=0")
    found: list[Figure] = []
    print(f"{'':>2} {'':<54} {'ons':>9} {'kaal':>9} {'':<7} {'deel':>6} {'hoogstens':>9}")
    for number in given.only:
        for figure in FIGURES[number](sizes):
            found.append(figure)
            print(line(figure), flush=True)
    if given.json:
        print(json.dumps({"sizes": vars(sizes), "figures": [as_json(figure) for figure in found]}))
    return 0 if all(figure.is_met for figure in found) else 1


def numbers(text: str) -> list[int]:
    found = [int(part) for part in text.split(",")]
    if unknown := set(found) - set(FIGURES):
        raise argparse.ArgumentTypeError(f"figuur {min(unknown)} is er niet; er zijn {', '.join(map(str, FIGURES))}")
    return found


def line(figure: Figure) -> str:
    baseline = "" if figure.baseline is None else f"{figure.baseline:9.1f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f}"
    line = f"{figure.number:>2} {figure.name:<54} {figure.ours:9.1f} {baseline:>9} {figure.unit:<7} {ratio:>6}"
    if figure.at_most is None:
        return line
    aim = f"{figure.at_most:g} {figure.unit}" if figure.of_ours else f"{figure.at_most:g} x"
    return f"{line} {aim:>9}  {'gehaald' if figure.is_met else 'niet gehaald'}"


def as_json(figure: Figure) -> dict[str, object]:
    return {**vars(figure), "ratio": figure.ratio, "met": figure.is_met}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
