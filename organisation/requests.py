"""What a page is given. No rights here: those are `permissions.py`'s question."""

from django.http import HttpRequest

from organisation.models import Person


class Request(HttpRequest):
    """The request of somebody who is logged in: that of every page but the few public ones."""

    user: Person
