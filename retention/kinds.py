"""What the journal calls recordings, holds and requests, and where one is shown."""

from django.urls import reverse

from journal.objects import Kind, name_kind


def name_kinds() -> None:
    name_kind("retention.recording", Kind("opname"))
    name_kind("retention.hold", Kind("opschorting", url=lambda pk: reverse("hold", args=[pk])))
