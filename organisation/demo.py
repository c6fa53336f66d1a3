"""The accounts of the demonstration and the roles that they hold; who plays which part in which story is in
`initiatives/demo/`.

All have one password, which everybody knows. Limburg has no contact person, so that something is missing to be found:
whoever filed for it (`FORMER`) holds that role only while the stories are loaded.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from journal.origin import telling
from organisation.models import Person, Unit
from organisation.roles import Role
from organisation.services import assign_role
from workflow.clock import AMSTERDAM

PASSWORD = "bodycams-demo"  # noqa: S105  # told to everybody, in a demonstration only
MANAGES = "2006"
"""Whoever ends roles in the stories."""

MANAGES_TOO = "2007"
"""Whoever answers what the other one proposes."""

LEADS, CONFIRMS = "2001", "2002"
"""The project leader who asks for editions of the overview, and the programme manager who confirms them."""

SINCE = date(2015, 1, 1)
"""All hold their roles from the year of the letter, so that the stories can be told of them."""

UNITS: dict[str, str] = {
    "01": "NN",
    "02": "ON",
    "03": "MN",
    "04": "NH",
    "05": "AM",
    "06": "DH",
    "07": "RO",
    "08": "ZWB",
    "09": "OB",
    "10": "LI",
    "11": "LE",
}
"""The two digits in the middle of a number, and the code of the unit."""


class Account(NamedTuple):
    """Somebody who can log in to the demonstration, in one role; `unit` is empty for a national one."""

    number: str
    role: Role
    unit: str = ""


FORMER = Account("1106", Role.CONTACT, "LI")
"""Limburg's contact person of before: has no role any more, and no password."""


def _of_units() -> Iterator[Account]:
    for digits, code in UNITS.items():
        if code != FORMER.unit:
            yield Account(f"1{digits}1", Role.CONTACT, code)
        yield Account(f"1{digits}2", Role.HEAD, code)
        yield Account(f"1{digits}3", Role.JUDGE, code)
        yield Account(f"1{digits}4", Role.WEARER, code)


ACCOUNTS: tuple[Account, ...] = (
    *_of_units(),
    Account("1056", Role.CONTACT, "AM"),
    Account("2001", Role.LEADER),
    Account("2008", Role.LEADER),
    Account("2002", Role.MANAGER),
    Account("2003", Role.HOLDER),
    Account("2004", Role.AUDITOR),
    Account("2005", Role.PRIVACY),
    Account("2009", Role.PRIVACY),
    Account("2006", Role.ADMINISTRATOR),
    Account("2007", Role.ADMINISTRATOR),
)


def make_accounts(at: datetime, told: Callable[[str], None] = lambda sentence: None) -> int:
    """Make the accounts that do not exist yet, each with its role, and answer how many. One that exists stays as it is.

    The password is hashed once for all: hashing it sixty times would take half a minute and hide nothing.
    """
    existing = set(Person.objects.values_list("number", flat=True))
    wanted = [account for account in (*ACCOUNTS, FORMER) if account.number not in existing]
    hashed = make_password(PASSWORD) if wanted else ""
    units = {unit.code: unit for unit in Unit.objects.of_the_highest_level()}
    for account in wanted:
        _make(account, hashed if account is not FORMER else make_password(None), units.get(account.unit), at)
    told(f"Accounts: {len(wanted)} gemaakt." if wanted else "Accounts: ze waren er al.")
    return len(wanted)


def _make(account: Account, hashed: str, unit: Unit | None, at: datetime) -> None:
    since = datetime.combine(SINCE, time(), AMSTERDAM)
    with telling(since), transaction.atomic():
        person = Person.objects.create(number=account.number, password=hashed)
        assign_role(person, account.role, unit, from_date=SINCE, by=None, at=at)
