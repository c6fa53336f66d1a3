"""What `script/server` says at last agrees with what `demo` makes."""

import re

from bodycams.embedded.accounts import announcement
from organisation.demo import ACCOUNTS, PASSWORD


def test_it_names_every_account_once_and_nobody_else() -> None:
    told = re.findall(r"\b[12]\d{3}\b", announcement(8000).replace("8000", ""))
    assert sorted(told) == sorted(account.number for account in ACCOUNTS)
    assert PASSWORD in announcement(8000)
