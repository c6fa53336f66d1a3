"""The requests of the demonstration: told as they would have gone, once, without anybody's name."""

import pytest

from journal.read import trail
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.demo.asked import OFFICERS, REQUESTS, ask
from retention.models import Hold, PrivacyRequest, Requester, RequestLetter, RequestLink
from retention.tests.factories import recording
from workflow.clock import local_date

pytestmark = pytest.mark.django_db


def test_requests_are_told_once_in_all_states() -> None:
    for number in OFFICERS:
        holder_of(Role.PRIVACY, number=number)
    for days_ago in (4, 5, 13, 14, 15):
        recording(days_ago=days_ago)
    at = now()
    for _ in range(2):
        assert ask(at) == len(REQUESTS) == PrivacyRequest.objects.count()
    assert set(PrivacyRequest.objects.values_list("status", flat=True)) == {
        "ontvangen",
        "in_behandeling",
        "besloten",
        "gesloten",
    }
    assert RequestLetter.objects.count() == 5
    assert Hold.objects.in_force(at).count() == 4
    assert all(name.startswith("verzoeker ") for name in Requester.objects.values_list("name", flat=True))
    for one in PrivacyRequest.objects.all():
        moments = [entry.happened_at for entry in trail(one).order_by("pk")]
        assert moments == sorted(moments), one
    for linked in RequestLink.objects.select_related("request", "recording"):
        assert local_date(linked.recording.used_from) < linked.request.received_on, linked
    for letter in RequestLetter.objects.filter(kind="besluit"):
        assert bool(letter.facts["recordings"]) is (letter.facts["outcome"] == "deels"), letter
