"""What an initiative is about: everything that the unit filled in, in the sections of the form."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from initiatives.choices import Element, Party, Subject
from initiatives.models import Initiative
from initiatives.shown.arranged import ARRANGED
from initiatives.words import euros, thousands
from workflow.dates import day_in_words

Fact = tuple[str, str]

SECTIONS: dict[str, tuple[str, ...]] = {
    "Melding": ("kinds", "description", "teams", "target_groups", "uses", "period", "research_question", "earlier"),
    "Camera’s": (
        "cameras_requested",
        "cameras_now",
        "defects",
        "vendor",
        "model_name",
        "vendor_reasons",
        "functions",
        "activation",
        "special_functions_reasons",
        "origin",
        "origin_consent",
        "contract",
        "contract_until",
    ),
    "Kosten": ("amount", "cost_centre", "costs_accepted"),
    "Doel en grondslag": (
        "tasks",
        "purposes",
        "places",
        "situations",
        "proportionality",
        "announcement",
        "wearer_may_not_review",
    ),
    "Overleg": tuple(f"consultation_{party}" for party in Party),
    "Afspraken": tuple(f"agreement_{subject}" for subject in Subject),
    "Gereedheid": (
        *(f"readiness_{element}" for element in Element),
        "wearers_trained",
        "colleagues_instructed",
        "dpia",
        "infrastructure_changed_on",
        "management_changed_on",
    ),
    "Gevraagde ondersteuning": ("requested_support",),
}
LABELS = {
    "kinds": "Soort",
    "earlier": "Eerder initiatief",
    "period": "Periode",
    "defects": "Defecte camera’s",
    "cameras_requested": "Camera’s gevraagd",
    "special_functions_reasons": "Waarom die functies",
    "costs_accepted": "Wie betaalt",
    "requested_support": "Gevraagd",
    "wearer_may_not_review": "Terugkijken",
    "dpia": "DPIA",
    **{f"consultation_{party}": party.label for party in Party},
    **{f"agreement_{subject}": subject.label for subject in Subject},
    **{f"readiness_{element}": element.label for element in Element},
}
"""Where a page that is read says it otherwise than the form that is filled in."""


class Section(NamedTuple):
    title: str
    facts: list[Fact]


def sections(initiative: Initiative) -> list[Section]:
    """The sections in which something was filled in, with what was filled in."""
    found = (Section(title, list(_facts(initiative, names))) for title, names in SECTIONS.items())
    return [section for section in found if section.facts]


def signed_for(initiative: Initiative) -> list[Fact]:
    """The short version: what is asked, what it costs and who pays. What somebody decides on or signs for."""
    names = ("kinds", "cameras_requested", "amount", "costs_accepted", "requested_support")
    return [("Eenheid", initiative.unit.name), *_facts(initiative, names)]


def kinds_of(initiative: Initiative) -> str:
    """On one line, however many."""
    return value_of(initiative, "kinds").replace("\n", ", ") or "nog niet gekozen"


def _facts(initiative: Initiative, names: tuple[str, ...]) -> Iterator[Fact]:
    for name in names:
        if value := value_of(initiative, name):
            yield label_of(name), value


@cache
def label_of(name: str) -> str:
    label = LABELS.get(name) or str(Initiative._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


@cache
def _labels_in(name: str) -> dict[str, str]:
    """The words for what can stand in a list."""
    field: Any = Initiative._meta.get_field(name)
    return {value: str(label) for value, label in field.base_field.flatchoices}


def value_of(initiative: Initiative, name: str) -> str:
    """A field as people read it; empty when nothing was filled in."""
    if name == "period":
        return _period(initiative.period_from, initiative.period_until)
    if name == "defects":
        defects = initiative.defects.all()
        return "\n".join(f"{one.serial}, defect sinds {day_in_words(one.defective_since)}" for one in defects)
    if name in ARRANGED:
        return ARRANGED[name](initiative)
    value = getattr(initiative, name)
    if isinstance(value, list):
        labels = _labels_in(name)
        return _listed([labels.get(str(one), str(one)) for one in value])
    if name == "costs_accepted":
        return "De eenheid" if value else ""
    if name == "wearer_may_not_review":
        return "De drager mag eigen opnamen niet terugkijken" if value else ""
    if name in ("activation", "origin"):
        return str(getattr(initiative, f"get_{name}_display")())
    return written(value)


def written(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return euros(value)
        case int():
            return thousands(value)
        case date():
            return day_in_words(value)
    return str(value)


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{day_in_words(first)} tot en met {day_in_words(last)}"
    if first:
        return f"vanaf {day_in_words(first)}"
    return f"tot en met {day_in_words(last)}" if last else ""


def _listed(labels: list[str]) -> str:
    """One line when they are few words, else a line each."""
    together = ", ".join(labels)
    return together if len(together) <= 60 else "\n".join(labels)
