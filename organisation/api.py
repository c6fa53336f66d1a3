"""Who may ask something of the API: a program with a token. What it may read is in `tokens.py`."""

from typing import Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from journal.models import Result
from journal.write import record
from organisation.models import ApiToken
from organisation.tokens import token_of, why_closed
from workflow.clock import local_date, now


class Reader(HttpBearer):
    """Lets in the token of a reader; `request.auth` is that token from then on."""

    openapi_name = "token"
    openapi_description = "Een token dat de functioneel beheerder heeft gemaakt."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """A token that once was good and is refused now stands in the journal; what was never a token leaves nothing
        there, or anybody could fill it.
        """
        found = token_of(token.strip())
        if found is None:
            return None
        if sentence := why_closed(found, local_date(now())):
            note(
                found,
                "api_geweigerd",
                f"Het token ‘{found.name}’ is geweigerd.",
                result=Result.REFUSED,
                reason=sentence,
            )
            raise AuthenticationError(message=sentence)
        return found


def note(token: ApiToken, action: str, sentence: str, **more: Any) -> None:
    """Write down what a program did: it acts in the role of its token, for its unit."""
    record(
        action, sentence, role=token.get_role_display(), unit=token.unit.code if token.unit else "", about=token, **more
    )
