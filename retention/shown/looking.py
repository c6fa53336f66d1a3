"""What the page of a recording says of image and sound: how to see or take it, or why that cannot be."""

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from retention.choices import Use
from retention.looking.viewings import NotAllowed, NotNow, may_use


class Ways(NamedTuple):
    """Where to say why one looks, and where to take it along; empty where that is not for this person or not now.
    `closed` says why there is nothing to see.
    """

    view_url: str = ""
    download_url: str = ""
    disclose_url: str = ""
    closed: str = ""


def ways(recording: Any, person: Any, at: datetime) -> Ways:
    try:
        may_use(recording, Use.VIEW, person, at)
    except (NotAllowed, NotNow) as refused:
        return Ways(closed=str(refused))
    view_url = reverse("recording-view", args=[recording.pk])
    try:
        may_use(recording, Use.DOWNLOAD, person, at)
    except (NotAllowed, NotNow):
        return Ways(view_url)
    taken = (reverse(name, args=[recording.pk]) for name in ("recording-download", "recording-disclose"))
    return Ways(view_url, *taken)
