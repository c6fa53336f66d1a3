"""Who may ask something of the API: a program with a token. For which units is in `tokens.py`."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer

from journal.models import Result
from journal.read import last_refusal
from journal.write import record
from organisation.models import ApiToken
from organisation.tokens import token_of, why_closed
from workflow.clock import local_date, now

REFUSAL = "api_geweigerd"
QUIET = timedelta(hours=1)
"""So long after one refusal of a token no other is written down: a program that goes on asking fills no journal."""


OTHER_ROLE = "Dit token is voor een ander doel. Vraag de functioneel beheerder om een token met de rol ‘{}’."


class Bearer(HttpBearer):
    """Lets in tokens of these roles; `request.auth` is that token from then on."""

    roles: tuple[str, ...] = tuple(ApiToken.Role.values)

    openapi_name = "token"
    openapi_description = "Een token dat de functioneel beheerder heeft gemaakt."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """A token that once was good and is refused now stands in the journal; what was never a token leaves nothing
        there, or anybody could fill it, and neither does what follows within `QUIET`.
        """
        found = token_of(token.strip())
        if found is None:
            return None
        at = now()
        if sentence := why_closed(found, local_date(at)):
            _note_refusal(found, sentence, at)
            raise AuthenticationError(message=sentence)
        if found.role not in self.roles:
            sentence = OTHER_ROLE.format(self.roles[0])
            _note_refusal(found, sentence, at)
            raise HttpError(403, sentence)
        return found


class Reader(Bearer):
    roles = (ApiToken.Role.READER,)


class Dock(Bearer):
    roles = (ApiToken.Role.DOCK,)


def _note_refusal(token: ApiToken, reason: str, at: datetime) -> None:
    last = last_refusal(token, REFUSAL)
    if last is None or last.at <= at - QUIET:
        note(token, REFUSAL, f"Het token ‘{token.name}’ is geweigerd.", result=Result.REFUSED, reason=reason)


def note(token: ApiToken, action: str, sentence: str, **more: Any) -> None:
    """Write down what a program did: it acts in the role of its token, for its unit."""
    record(
        action, sentence, role=token.get_role_display(), unit=token.unit.code if token.unit else "", about=token, **more
    )
