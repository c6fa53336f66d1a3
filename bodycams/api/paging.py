"""A list of the API goes on at another address: the same question, from another place on."""

from django.http import HttpRequest


def address(request: HttpRequest, cursor: str) -> str | None:
    """Where the list goes on; None when it ends."""
    if not cursor:
        return None
    given = request.GET.copy()
    given["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{given.urlencode()}")
