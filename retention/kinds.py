"""What the journal calls recordings, runs, holds and requests, how one is found, and where it is shown."""

from collections.abc import Iterable

from django.urls import reverse

from journal.objects import Kind, name_kind
from retention.models import Recording


def name_kinds() -> None:
    shown = Kind("opname", _ids_of, _source_ids_of, lambda pk: reverse("recording", args=[pk]))
    name_kind("retention.recording", shown)
    name_kind("retention.delivery", Kind("bestand met opnamen"))
    name_kind("retention.hold", Kind("opschorting", url=lambda pk: reverse("hold", args=[pk])))
    run = Kind("vernietiging", _as_it_is, _runs, lambda pk: reverse("destruction-run", args=[pk]))
    name_kind("retention.run", run)
    of_storage = Kind("vergelijking van de opslag", url=lambda _: reverse("storage-compared"))
    name_kind("retention.comparison", of_storage)
    name_kind("retention.storageincident", Kind("bestand in de opslag", url=lambda _: reverse("storage-compared")))
    name_kind("retention.declaration", Kind("verklaring van vernietiging"))
    asked = Kind("verzoek", _ids_of_requests, _numbers_of, lambda pk: reverse("privacy-request", args=[pk]))
    name_kind("retention.privacyrequest", asked)


def _ids_of(source_id: str) -> list[str]:
    """More sources can give the same id."""
    return [str(pk) for pk in Recording.objects.filter(source_id=source_id).values_list("pk", flat=True)[:50]]


def _source_ids_of(pks: Iterable[str]) -> dict[str, str]:
    found = Recording.objects.filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): source_id for pk, source_id in found.values_list("pk", "source_id")}


def _as_it_is(number: str) -> list[str]:
    return [number] if number.isdecimal() else []


def _runs(pks: Iterable[str]) -> dict[str, str]:
    return {pk: f"controle {pk}" for pk in pks}


def _ids_of_requests(number: str) -> list[str]:
    """`V-00012` is 12."""
    digits = number.upper().removeprefix("V-")
    return [str(int(digits))] if digits.isdecimal() and len(digits) < 19 else []


def _numbers_of(pks: Iterable[str]) -> dict[str, str]:
    return {pk: f"V-{int(pk):05}" for pk in pks if pk.isdecimal()}
