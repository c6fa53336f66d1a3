"""What is delivered of a recording: every field, how it is read, and what is said of one that cannot be right.

Plain functions over values of JSON: 17 fields cost 8 microseconds, so that reading is never what a delivery waits
for. Whether a unit or an initiative exists is for `batch.py`. A moment that can exist but cannot be right is taken in:
the database sets the recording apart.
"""

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from retention.choices import Place, PlaceException
from retention.storage.interface import NOT_A_KEY, is_key

EARLIEST = datetime(2014, 12, 31, 23, tzinfo=UTC)
"""Midnight of 1 January 2015 in the Netherlands: there were no bodycams to tell of before the letter."""
FIRST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
"""Beyond these no calendar reckons; what lies between today and the last is set apart, not refused."""
LONGEST_USE = timedelta(hours=24)
LARGEST = 2**40
"""In bytes: a terabyte."""
MOST_UNKNOWN = 20
"""How many fields that do not exist are named; of the others only that there are more."""

HOUR = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
MOMENT = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt]{HOUR}:[0-5][0-9](?:\.[0-9]{{1,9}})?(?:[Zz]|[+-]{HOUR})")
SOURCE = re.compile(r"[a-z0-9_-]{1,40}")
DIGEST = re.compile(r"[0-9A-Fa-f]{64}")
WEARER = re.compile(r"[0-9]{4,12}")
UNIT = re.compile(r"[A-Z0-9-]{1,20}")
INITIATIVE = re.compile(r"BC-[0-9]{4}-[0-9]{4,8}")

NOT_TEXT = "Geef dit als tekst."
UNSEEN = "Hierin staan tekens die niemand ziet, zoals een tab of een nieuwe regel. Haal ze weg."
NO_MOMENT = "Schrijf een bestaand tijdstip met het verschil met UTC, bijvoorbeeld 2026-11-22T14:05:00+01:00."
TOO_EARLY = "Dit ligt voor 1 januari 2015. Kijk de klok van de camera na."


class Wrong(Exception):
    """A value that cannot be right: a code for programs and a sentence that says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)


class Fault(NamedTuple):
    """What is wrong with which field; no field: with the item as a whole."""

    name: str
    code: str
    sentence: str


class Field(NamedTuple):
    """`about` and `kind` (of JSON) describe it to others."""

    name: str
    read: Callable[[Any], Any]
    about: str
    is_optional: bool = False
    kind: str = "string"


def words(longest: int) -> Callable[[Any], str]:
    def read(given: Any) -> str:
        if type(given) is not str:
            raise Wrong("type", NOT_TEXT)
        if len(given) > longest:
            raise Wrong("too_long", f"Dit mag hoogstens {longest} tekens lang zijn.")
        if not given.isprintable():
            raise Wrong("unseen", UNSEEN)
        if not (found := given.strip()):
            raise Wrong("missing", "Dit is leeg.")
        return found

    return read


def like(pattern: re.Pattern[str], sentence: str) -> Callable[[Any], str]:
    def read(given: Any) -> str:
        if type(given) is not str:
            raise Wrong("type", NOT_TEXT)
        if not pattern.fullmatch(given):
            raise Wrong("pattern", sentence)
        return given

    return read


def one_of(values: Collection[str]) -> Callable[[Any], str]:
    allowed, sentence = frozenset(values), f"Kies een van: {', '.join(values)}."

    def read(given: Any) -> str:
        if type(given) is not str:
            raise Wrong("type", NOT_TEXT)
        if given not in allowed:
            raise Wrong("choice", sentence)
        return given

    return read


def instant(given: Any) -> datetime:
    """A moment as RFC 3339 writes it, of the years with which can be reckoned."""
    if type(given) is not str:
        raise Wrong("type", NOT_TEXT)
    try:
        found = datetime.fromisoformat(given.upper()) if MOMENT.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None or not FIRST <= found < LATEST:
        raise Wrong("moment", NO_MOMENT)
    return found


def moment(given: Any) -> datetime:
    found = instant(given)
    if found < EARLIEST:
        raise Wrong("too_early", TOO_EARLY)
    return found


def whole_number(given: Any) -> int:
    if type(given) is not int:
        raise Wrong("type", "Geef een heel getal.")
    if not 0 <= given <= LARGEST:
        raise Wrong("range", f"Geef het aantal bytes: 0 tot en met {LARGEST}.")
    return given


def yes_or_no(given: Any) -> bool:
    if type(given) is not bool:
        raise Wrong("type", "Geef true of false.")
    return given


def digest(given: Any) -> str:
    return _digest(given).lower()


def key(given: Any) -> str:
    if type(given) is not str:
        raise Wrong("type", NOT_TEXT)
    if not is_key(given):
        raise Wrong("pattern", NOT_A_KEY)
    return given


_digest = like(DIGEST, "Geef de SHA-256 van het bestand als 64 hexadecimale tekens.")

FIELDS = (
    Field("source", like(SOURCE, "Gebruik 1 tot en met 40 tekens: a-z, 0-9, _ en -."), "Het systeem dat aanlevert."),
    Field("source_id", words(120), "Het kenmerk van de opname bij die bron."),
    Field("camera_serial", words(60), "Serienummer van de camera. Een onbekend nummer wordt aangenomen en gemarkeerd."),
    Field("unit", like(UNIT, "Geef de code van een eenheid."), "Code van de eenheid."),
    Field(
        "initiative",
        like(INITIATIVE, "Geef het nummer van een initiatief, bijvoorbeeld BC-2026-0038, of laat dit leeg."),
        "Nummer van het initiatief waarbij de camera hoort.",
        is_optional=True,
    ),
    Field("wearer", like(WEARER, "Geef een personeelsnummer van 4 tot en met 12 cijfers."), "Nummer van de drager."),
    Field("used_from", moment, "Begin van het gebruik. Hiermee begint de termijn van 28 dagen."),
    Field("used_to", moment, "Einde van het gebruik, hoogstens 24 uur later."),
    Field("shift_end", moment, "Einde van de dienst."),
    Field("uploaded_at", moment, "Wanneer de opname van de camera is gehaald."),
    Field("size", whole_number, "Grootte van het bestand in bytes.", kind="integer"),
    Field("sha256", digest, "SHA-256 van het bestand, hexadecimaal."),
    Field("storage_key", key, "Naam van het bestand in de opslag."),
    Field("place", one_of(Place.values), f"Waar is gefilmd: {', '.join(Place.values)}."),
    Field(
        "exception",
        one_of(PlaceException.values),
        f"Waarom is gefilmd in een woning of op een besloten erf: {', '.join(PlaceException.values)}.",
        is_optional=True,
    ),
    Field("announced", yes_or_no, "Of het filmen is aangekondigd.", kind="boolean"),
    Field("not_announced_reason", words(1000), "Waarom niet. Verplicht als niet is aangekondigd.", is_optional=True),
)
NAMES = tuple(field.name for field in FIELDS)
KNOWN = frozenset(NAMES)
REQUIRED = tuple(field.name for field in FIELDS if not field.is_optional)
ABSENT = object()


def read_item(item: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The values that could be read, by name, and everything that is wrong. Without faults the values are complete."""
    if type(item) is not dict:
        return {}, [Fault("", "type", "Geef een object met de velden van een opname.")]
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in FIELDS:
        given = item.get(field.name, ABSENT)
        if given is ABSENT or given == "":
            if not field.is_optional:
                faults.append(Fault(field.name, "missing", "Dit ontbreekt."))
            values[field.name] = ""
            continue
        try:
            values[field.name] = field.read(given)
        except Wrong as wrong:
            faults.append(Fault(field.name, *wrong.args))
    if len(item) > len(FIELDS) or not item.keys() <= KNOWN:
        faults += unknown(item.keys() - KNOWN)
    bad = {fault.name for fault in faults}
    faults += [fault for fault in _together(values, bad) if fault.name not in bad]
    return values, faults


def unknown(names: Collection[str]) -> list[Fault]:
    """What is said of fields or columns that do not exist."""
    shown = sorted(names)[:MOST_UNKNOWN]
    faults = [Fault(_printable(name), "unknown", "Dit veld bestaat niet.") for name in shown]
    if more := len(names) - len(shown):
        faults.append(Fault("", "unknown", f"Nog {more} andere velden bestaan niet."))
    return faults


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:60])


def _together(values: dict[str, Any], bad: Collection[str]) -> list[Fault]:
    """What is wrong with fields that are each right."""
    faults = []
    if "used_from" not in bad:
        began = values["used_from"]
        for name in ("used_to", "shift_end"):
            if name not in bad and values[name] < began:
                faults.append(Fault(name, "order", "Dit ligt voor het begin van het gebruik."))
        if "used_to" not in bad and values["used_to"] - began > LONGEST_USE:
            faults.append(Fault("used_to", "too_long_use", "Dit is meer dan 24 uur na het begin van het gebruik."))
    if values.get("announced") is False and not values.get("not_announced_reason"):
        faults.append(Fault("not_announced_reason", "missing", "Leg uit waarom het filmen niet is aangekondigd."))
    return faults
