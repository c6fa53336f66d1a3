"""What the journal calls an initiative and what belongs to it, how one is found, and where it is shown."""

from collections.abc import Iterable

from django.urls import reverse

from initiatives.models import Initiative
from journal.objects import Kind, name_kind

LABELS = {
    "document": "bijlage",
    "editionschedule": "planning van edities",
    "letter": "brief",
    "outsideprocedure": "buiten de procedure",
    "policydocument": "document van het beleid",
    "question": "vraag",
}


def name_kinds() -> None:
    shown = Kind("initiatief", _ids_of, _numbers_of, lambda pk: reverse("file", args=[pk]))
    name_kind("initiatives.initiative", shown)
    for model, label in LABELS.items():
        name_kind(f"initiatives.{model}", Kind(label))
    name_kind("initiatives.edition", Kind("editie", _as_they_are, _editions, lambda pk: reverse("edition", args=[pk])))
    asked = Kind("aanvraag van een editie", _as_they_are, _requests, lambda pk: reverse("edition-request", args=[pk]))
    name_kind("initiatives.editionrequest", asked)


def _ids_of(number: str) -> list[str]:
    return [str(pk) for pk in Initiative.objects.filter(number=number.upper()).values_list("pk", flat=True)]


def _numbers_of(pks: Iterable[str]) -> dict[str, str]:
    """Those that were filed: a concept is for its own unit."""
    found = Initiative.objects.ever_filed().filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): number for pk, number in found.values_list("pk", "number")}


def _as_they_are(number: str) -> list[str]:
    return [number] if number.isdecimal() else []


def _editions(pks: Iterable[str]) -> dict[str, str]:
    return {pk: f"editie {pk}" for pk in pks}


def _requests(pks: Iterable[str]) -> dict[str, str]:
    return {pk: f"aanvraag {pk}" for pk in pks}
