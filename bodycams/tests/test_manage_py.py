"""`manage.py` as the last door: what the machine refuses becomes one sentence, a fault of ours keeps its traceback."""

import errno

import pytest
from django.core import management
from django.db import OperationalError, ProgrammingError, connection

import manage


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), "De schijf is vol: /x/y."),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x"), "Dat is er niet: /x."),
        (OSError(errno.EPROTO, "Protocol error"), f"Het systeem weigert (fout {errno.EPROTO})."),
        (OSError("odd"), "Het systeem weigert (fout OSError)."),
        (OperationalError("connection refused\nIs it running?"), "De database antwoordt niet: connection refused"),
        (LookupError("ours"), None),
        (ProgrammingError("column x does not exist"), None),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(
    fault: Exception, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_arguments: list[str]) -> None:
        raise fault

    monkeypatch.setattr(management, "execute_from_command_line", refuse)
    with pytest.raises((SystemExit, LookupError, ProgrammingError)) as ended:
        manage.main()
    assert getattr(ended.value, "code", None) == said


@pytest.mark.django_db
def test_a_database_that_was_never_migrated_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_arguments: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM nowhere")

    monkeypatch.setattr(management, "execute_from_command_line", ask)
    with pytest.raises(SystemExit, match="Doe eerst: script/manage migrate"):
        manage.main()
