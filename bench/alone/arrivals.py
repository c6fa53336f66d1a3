"""Takes recordings in, and says how long that took.

`python -m bench.alone.arrivals WAY ROWS` answers with seconds and with the most memory that the process ever had, in
megabytes. `ours` reads a CSV file as `import_recordings` does, validated and journalled; `copy` has the values as rows
of Python, knows that they are right, and puts them into the same table by one COPY. Making them is not counted.
"""

import csv
import json
import os
import resource
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import django

BEGAN = datetime(2026, 11, 1, 8, tzinfo=UTC)


def items(count: int) -> list[dict[str, Any]]:
    """So many recordings that nobody delivered before, as a dock sends them."""
    mark = uuid.uuid4().hex[:12]
    return [item(f"{mark}-{number}", BEGAN + timedelta(minutes=number % 20_000)) for number in range(count)]


def item(source_id: str, began: datetime) -> dict[str, Any]:
    return {
        "source": "bench",
        "source_id": source_id,
        "camera_serial": f"ZC-{began.minute:04}",
        "unit": "ON",
        "initiative": "",
        "wearer": f"10{began.hour:02}{began.minute:02}",
        "used_from": began.isoformat(),
        "used_to": (began + timedelta(minutes=12)).isoformat(),
        "shift_end": (began + timedelta(hours=4)).isoformat(),
        "uploaded_at": (began + timedelta(hours=4, minutes=20)).isoformat(),
        "size": 734_003_200,
        "sha256": f"{began.minute:064x}",
        "storage_key": f"on/{source_id}.mp4",
        "place": "openbare_weg",
        "exception": "",
        "announced": True,
        "not_announced_reason": "",
    }


def ours(given: list[dict[str, Any]]) -> float:
    from retention.intake.sheet import batches_of, opened, rows_of
    from retention.management.commands.import_recordings import taken_in

    text = StringIO()
    writer = csv.DictWriter(text, given[0])
    writer.writeheader()
    writer.writerows(given)
    content = BytesIO(text.getvalue().encode())
    began = time.perf_counter()
    for batch in batches_of(rows_of(opened(content))):
        counts, _ = taken_in(batch, is_trial=False)
        if counts["created"] != len(batch):
            raise SystemExit(f"Niet alles is ingelezen: {counts}.")
    return time.perf_counter() - began


def copy(given: list[dict[str, Any]]) -> float:
    from django.db import connection, transaction

    from organisation.models import Unit

    more = {"unit_id": Unit.objects.get(code="ON").pk, "status": "te_beoordelen", "arrived_at": BEGAN.isoformat()}
    rows = [{**{k: v for k, v in one.items() if k not in ("unit", "initiative")}, **more} for one in given]
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        text = StringIO("".join("\t".join(map(str, row.values())) + "\n" for row in rows))
        cursor.copy_expert(f"COPY retention_recording ({', '.join(rows[0])}) FROM STDIN", text)
    return time.perf_counter() - began


def main(way: str, count: str) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    django.setup()
    seconds = {"ours": ours, "copy": copy}[way](items(int(count)))
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
