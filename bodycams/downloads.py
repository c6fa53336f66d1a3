"""What a file that is made on the spot answers to who asks about it and not for it (HEAD): its headers."""

from django.http import HttpRequest
from django.http.response import StreamingHttpResponse


def only_asks_about(request: HttpRequest) -> bool:
    """Whether this is a HEAD, also where the API has it answered as a GET. Nothing is made for it, and since nobody
    gets anything, nothing stands in the journal.
    """
    return bool(request.META["REQUEST_METHOD"] == "HEAD")


def headers_only(content_type: str, name: str = "") -> StreamingHttpResponse:
    """The answer to that, of a file with this name. Streaming: how long it is, is not known of what is not made."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    return StreamingHttpResponse((), content_type=content_type, headers=headers)
