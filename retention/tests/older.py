"""A database as it was before something was destroyed in it, as an old copy of it would be."""

from collections.abc import Callable

from bodycams import serving
from retention.ledger import caught_up

TABLES = ("retention_recording", "retention_destruction", "retention_proof")
BACK = (
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    "DELETE FROM retention_proof",
    "DELETE FROM retention_destruction",
    "UPDATE retention_recording SET status = 'te_beoordelen', wearer = '104801'",
    "DELETE FROM retention_run",
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES),
)
UNMARKED = "DELETE FROM retention_caughtup"


def go_back(owner: Callable[..., None], *more: str) -> None:
    """Nothing of it was ever destroyed, as far as the database knows; the files are gone."""
    owner(*BACK, *more)
    ask_again()


def ask_again() -> None:
    """As another process would."""
    serving.forget()
    caught_up.forget()
