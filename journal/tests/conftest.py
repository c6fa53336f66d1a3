"""What the tests of the journal share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from conftest import connect_as_owner


@pytest.fixture
def owner(transactional_db: None) -> Iterator[Callable[..., None]]:
    """Runs statements as the owner's role, past triggers and privileges, and keeps what they did."""
    connection = connect_as_owner(connections["default"].settings_dict["NAME"])
    connection.autocommit = True

    def run(*statements: str, **values: Any) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)

    yield run
    connection.close()
