"""Takes the whole register out as one file, and says what that cost.

`python -m bench.alone.table WAY KIND` answers with processor time in seconds and the most memory that the process ever
had, in megabytes. `ours` is what the page sends; `library` writes the same cells with what anybody would take for it:
Python's `csv`, and XlsxWriter in the mode that spares memory. What is made is thrown away.
"""

import csv
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django


def ours(kind: str, rows: Iterator[Any]) -> None:
    from bodycams.spreadsheets.formats import FORMATS
    from initiatives.register.exports import COLUMNS, TITLE

    for _ in FORMATS[kind].make(TITLE, COLUMNS, rows):
        pass


def library(kind: str, rows: Iterator[Any]) -> None:
    {"csv": by_csv, "xlsx": by_xlsxwriter}[kind](rows)


def by_csv(rows: Iterator[Any]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    text.getvalue().encode("utf-8-sig")


def by_xlsxwriter(rows: Iterator[Any]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "default_date_format": "d-m-yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)


WAYS: dict[str, Callable[[str, Iterator[Any]], None]] = {"ours": ours, "library": library}


def main(way: str, kind: str) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    django.setup()
    from initiatives.models import Initiative
    from initiatives.register.asked import Asked, in_order
    from initiatives.register.exports import rows

    began = time.process_time()
    WAYS[way](kind, rows(in_order(Initiative.objects.ever_filed(), Asked())))
    seconds = time.process_time() - began
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
