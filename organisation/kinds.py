"""What the journal calls the things of the organisation, how they are found, and where they are shown."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from journal.objects import Kind, name_kind
from organisation.models import ApiToken, Person, Unit

LABELS = {
    "organisation.mandate": "mandaat",
    "organisation.policychange": "voorstel voor beleid",
    "organisation.policyrule": "beleidsregel",
    "workflow.equatedday": "gelijkgestelde dag",
}


def name_kinds() -> None:
    person = Kind("account", _ids_of, _numbers_of, lambda pk: reverse("person", args=[pk]))
    name_kind("organisation.person", person)
    token = Kind("token van de API", _ids_of_tokens, _names_of_tokens, lambda pk: reverse("api-tokens"))
    name_kind("organisation.apitoken", token)
    name_kind("organisation.unit", Kind("eenheid", _ids_of_units, _names_of_units))
    for model, label in LABELS.items():
        name_kind(model, Kind(label))


def _ids_of(number: str) -> list[str]:
    return [str(pk) for pk in Person.objects.filter(number=number).values_list("pk", flat=True)]


def _numbers_of(pks: Iterable[str]) -> dict[str, str]:
    found = Person.objects.people().filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): number for pk, number in found.values_list("pk", "number")}


def _ids_of_units(name: str) -> list[str]:
    found = Unit.objects.filter(Q(name__iexact=name) | Q(code__iexact=name))
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def _names_of_units(pks: Iterable[str]) -> dict[str, str]:
    found = Unit.objects.filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


def _ids_of_tokens(name: str) -> list[str]:
    return [str(pk) for pk in ApiToken.objects.filter(name__iexact=name).values_list("pk", flat=True)]


def _names_of_tokens(pks: Iterable[str]) -> dict[str, str]:
    found = ApiToken.objects.filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): name for pk, name in found.values_list("pk", "name")}
