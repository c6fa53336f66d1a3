"""Use cases of the API's tokens: made, shown once, taken back, and recognised when a program shows one.

A token is 256 random bits, so its digest needs no salt and no slow hash: it cannot be guessed. For which units it reads
or delivers is `units_of`; which role an address asks for is said in `api/` of each app.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from journal.write import record
from organisation.models import ApiToken, ApiTokenRevocation, Person, Unit
from organisation.permissions import capacity_with
from organisation.refusals import OrganisationRefused, keep, must_hold
from organisation.roles import Perm
from workflow.clock import local_date
from workflow.dates import day_in_words

MARK = "bcr_"
"""How each token begins, so that a search through code finds one that was left there."""
SHOWN = 10
LONGEST = timedelta(days=366)
UNREADABLE = "In de naam staan tekens die niemand ziet. Typ de naam opnieuw."
TAKEN = "Er is of was al een token met deze naam. Kies een andere naam."
NOT_YOURS = "Alleen een functioneel beheerder kan tokens van de API maken en intrekken."


def make_token(
    name: str,
    *,
    role: str = ApiToken.Role.READER,
    valid_until: date,
    unit: Unit | None = None,
    by: Person | None,
    at: datetime,
) -> tuple[ApiToken, str]:
    """A new token, and the secret itself, which is kept nowhere. `by` is None on the command line. Raises
    `OrganisationRefused`.
    """
    if by is not None:
        must_hold(by, Perm.MANAGE_ORGANISATION, NOT_YOURS)
    today = local_date(at)
    if not today <= valid_until <= today + LONGEST:
        raise OrganisationRefused("Kies een laatste dag vanaf vandaag, hoogstens een jaar vooruit.")
    name = _readable(name)
    secret = MARK + secrets.token_urlsafe(32)
    given = {"name": name, "role": role, "unit": unit, "valid_until": valid_until, "made_by": by, "made_at": at}
    token = ApiToken(digest=digest_of(secret), begins=secret[:SHOWN], **given)
    try:
        with transaction.atomic():
            keep(token)
            _record("token_gemaakt", _made(token), token, by)
    except IntegrityError as taken:
        raise OrganisationRefused(TAKEN) from taken
    return token, secret


def _made(token: ApiToken) -> str:
    """`Het token ‘Dock 3’ om opnamen aan te leveren voor Oost-Nederland is gemaakt, geldig tot en met …`"""
    does = " om opnamen aan te leveren" if token.role == ApiToken.Role.DOCK else ""
    where = f" voor {token.unit.name}" if token.unit else ""
    return f"Het token ‘{token.name}’{does}{where} is gemaakt, geldig tot en met {day_in_words(token.valid_until)}."


def _readable(name: str) -> str:
    """The name on one line. Two that people read as the same are not both given."""
    name = " ".join(name.split())
    if not name.isprintable():
        raise OrganisationRefused(UNREADABLE)
    if ApiToken.objects.filter(name__iexact=name).exists():
        raise OrganisationRefused(TAKEN)
    return name


def revoke_token(token: ApiToken, *, by: Person, at: datetime) -> None:
    """From now on the token opens nothing. Raises `OrganisationRefused` when that was so already."""
    must_hold(by, Perm.MANAGE_ORGANISATION, NOT_YOURS)
    with transaction.atomic():
        _, is_new = ApiTokenRevocation.objects.get_or_create(token=token, defaults={"revoked_by": by, "revoked_at": at})
        if not is_new:
            raise OrganisationRefused("Dit token is al ingetrokken.")
        _record("token_ingetrokken", f"Het token ‘{token.name}’ is ingetrokken.", token, by)


def token_of(secret: str) -> ApiToken | None:
    """The token that is this secret, whether or not it still opens anything (`why_closed`); None when there is none."""
    return ApiToken.objects.select_related("unit", "revocation").filter(digest=digest_of(secret)).first()


def why_closed(token: ApiToken, today: date) -> str:
    """Why this token opens nothing today, in one sentence; empty when it does."""
    if hasattr(token, "revocation"):
        return "Dit token is ingetrokken."
    if token.valid_until < today:
        return f"Dit token was geldig tot en met {day_in_words(token.valid_until)}."
    return ""


def units_of(token: ApiToken) -> set[int] | None:
    """The units for which a token reads or delivers: its own, those below it and those that went up in one of these.
    None: all units.
    """
    if token.unit_id is None:
        return None
    places = list(Unit.objects.values_list("pk", "parent_id", "successor_id"))
    found = {token.unit_id}
    while more := {pk for pk, parent, successor in places if found & {parent, successor}} - found:
        found |= more
    return found


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(action: str, sentence: str, token: ApiToken, by: Person | None) -> None:
    role = capacity_with(by, Perm.MANAGE_ORGANISATION).role if by else ""
    record(action, sentence, actor=by, role=role, about=token, data={"begins": token.begins})
