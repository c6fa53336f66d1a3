"""What the database refuses, for tests that look at several refusals in one transaction."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction


class Refusal:
    """The block is refused by the database with these words, and the transaction goes on."""

    def __init__(self, words: str) -> None:
        self.raises, self.savepoint = pytest.raises(IntegrityError, match=words), transaction.atomic()

    def __enter__(self) -> None:
        self.raises.__enter__()
        self.savepoint.__enter__()

    def __exit__(self, *error: Any) -> bool:
        self.savepoint.__exit__(*error)
        return bool(self.raises.__exit__(*error))
