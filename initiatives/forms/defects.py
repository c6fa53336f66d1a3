"""Defective cameras as people type them: a line each."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from bodycams.form_errors import FIRST_DAY, LAST_DAY

MOST_DEFECTS = 2_000
SERIAL_LENGTH = 60
ERRORS_AT_ONCE = 5
NOT_A_DEFECT = "schrijf het serienummer, een puntkomma en de datum. Bijvoorbeeld 12345;2026-03-31."

Defect = tuple[str, date]


class Defects(forms.Field):
    """Defective cameras, one a line: `serial;2026-03-31`. Answers with pairs; an error names its line. A form that
    knows today makes it the `last_day`.
    """

    widget = forms.Textarea
    shape = re.compile(r"(?P<serial>[^;]*);\s*(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), **kwargs)
        self.last_day = LAST_DAY

    def to_python(self, value: Any) -> list[Defect]:
        lines = [(number, line.strip()) for number, line in enumerate(str(value or "").splitlines(), 1) if line.strip()]
        if len(lines) > MOST_DEFECTS:
            raise forms.ValidationError(f"Vul hoogstens {MOST_DEFECTS} camera’s in. Nu zijn het er {len(lines)}.")
        found: dict[str, tuple[int, date]] = {}
        wrong = list(self._read(lines, found))
        if len(wrong) > ERRORS_AT_ONCE:
            wrong[ERRORS_AT_ONCE:] = [f"En nog {len(wrong) - ERRORS_AT_ONCE} regels."]
        if wrong:
            raise forms.ValidationError(wrong)
        return sorted((serial, day) for serial, (_, day) in found.items())

    def _read(self, lines: list[tuple[int, str]], found: dict[str, tuple[int, date]]) -> Iterator[str]:
        """Put each line that is right into `found`, and yield a sentence for each that is not."""
        for number, line in lines:
            parts = self.shape.fullmatch(line)
            if not parts:
                yield f"Regel {number}: {NOT_A_DEFECT}"
                continue
            serial, day = parts["serial"].strip(), _day(parts["day"])
            if not serial or len(serial) > SERIAL_LENGTH or not serial.isprintable():
                yield f"Regel {number}: vul een serienummer in van 1 tot en met {SERIAL_LENGTH} tekens."
            elif day is None or day < FIRST_DAY:
                yield f"Regel {number}: de datum {parts['day']} bestaat niet."
            elif day > self.last_day:
                yield f"Regel {number}: de datum {parts['day']} moet nog komen."
            elif serial in found:
                yield f"Regel {number}: dit serienummer staat al op regel {found[serial][0]}."
            else:
                found[serial] = (number, day)

    def prepare_value(self, value: Any) -> Any:
        return written_out(value) if isinstance(value, list) else value


def written_out(defects: Sequence[Defect]) -> str:
    """One line per camera, as it is typed."""
    return "\n".join(f"{serial};{day.isoformat()}" for serial, day in defects)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
