"""What the web server itself says to a request that reaches no page: headers without end, an address that is too long,
something that is no HTTP. In our words, with our headers, and without a line in the log that quotes what was sent.
"""

from typing import Any

from django.template.loader import render_to_string
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = "Het adres is te lang. Maak wat u zoekt korter."
TOO_MUCH = "Uw browser stuurt te veel mee. Verwijder de cookies van deze site en probeer het opnieuw."
ANSWERS: dict[type[Exception], tuple[int, str, str]] = {
    errors.LimitRequestLine: (414, "URI Too Long", TOO_LONG),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large", TOO_MUCH),
    errors.ExpectationFailed: (417, "Expectation Failed", ""),
    errors.UnsupportedTransferCoding: (501, "Not Implemented", ""),
}
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
"""What our own answer made impossible."""

HEADERS = (
    "Content-Type: text/html; charset=utf-8",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Referrer-Policy: same-origin",
    "Connection: close",
)


class Worker(ThreadWorker):
    """The usual one, with several threads."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, errors.ParseException) or isinstance(exc, OURS):
            self.log.exception("a request could not be handled")
            status, phrase, page = 500, "Internal Server Error", render_to_string("500.html")
        else:
            self.log.warning("a request could not be read: %s", type(exc).__name__)
            status, phrase, reason = ANSWERS.get(type(exc), (400, "Bad Request", ""))
            page = render_to_string("400.html", {"code": status, "reason": reason})
        body = page.encode()
        head = "\r\n".join((f"HTTP/1.1 {status} {phrase}", *HEADERS, f"Content-Length: {len(body)}", "", ""))
        try:
            client.sendall(head.encode("ascii") + body)
        except OSError:
            self.log.debug("nobody waits for the answer any more")
