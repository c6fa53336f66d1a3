"""Makes one document of an overview with so many rows, and says what that cost.

`python -m bench.alone.sheet KIND ROWS` answers with processor time in seconds, from the HTML (for `ours`: from the
rows) to the last byte, and the most memory that the process ever had, in megabytes. The baselines are what WeasyPrint
does when it is given the same HTML, and what anybody would write first: one table of ten columns, as wide as they
come. A short one goes before and does not count, as in a worker that is at work.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import django

NAIVE = """
@page { size: A4 landscape; margin: 24mm 14mm 17mm }
@page { @bottom-right { content: "Pagina " counter(page) " van " counter(pages) } }
@font-face { font-family: RegisterMarks; src: url(fonts/register-marks.woff2) }
html { font: 8.5pt/1.3 "Source Sans 3", RegisterMarks }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: 1.1mm 2mm; border-bottom: .4pt solid }
tr { break-inside: avoid }
"""
WARM_UP = 12
HEADS = (
    *("Nummer", "Titel", "Eenheid", "Soort", "Camera’s"),
    *("Model", "Besluit", "Ondersteuning", "Kosten", "Bijzonderheden"),
)


def ours(rows: int) -> Callable[[], object]:
    """The whole way, in parts when it is long."""
    from initiatives.overview import pdf
    from initiatives.tests.overview_rows import overview_of

    overview = overview_of(rows)

    def make() -> None:
        with TemporaryDirectory() as folder:
            pdf.make(overview, Path(folder) / "overview.pdf", lambda done, total: None)

    return make


def finished(rows: int) -> Callable[[], object]:
    """Our HTML by our `write_pdf`."""
    from bodycams.pdf.making import write_pdf

    html = whole(rows)
    return lambda: write_pdf(html)


def bare(rows: int) -> Callable[[], object]:
    """Our HTML by WeasyPrint alone."""
    return by_weasyprint(whole(rows))


def untagged(rows: int) -> Callable[[], object]:
    """Our HTML by WeasyPrint, without tags but in our way otherwise."""
    from bodycams.pdf import making

    html, weasyprint = whole(rows), making.library()

    def make() -> None:
        with making.little_garbage_collection():
            weasyprint.HTML(string=html, base_url=making.BASE, url_fetcher=making.own_files()).write_pdf()

    return make


def naive(rows: int) -> Callable[[], object]:
    """The same rows in one table of ten columns, which says as much."""
    from initiatives.overview.paper import KINDS, MARKS
    from initiatives.overview.words import Line, line
    from initiatives.tests.overview_rows import overview_of

    def cells(words: Line) -> list[str]:
        support = " ".join(f"{MARKS[answer]} {kind}" for kind, answer in zip(KINDS, words.support, strict=True))
        costs, notes = f"{words.amount} {words.payer}", f"{words.note} {words.rules}"
        first = [words.number, words.title, f"{words.unit}, {words.teams}", words.kinds, words.cameras, words.device]
        return [*first, words.decided, support, costs, notes]

    found = (map(escape, cells(line(row))) for row in overview_of(rows).rows)
    body = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in found)
    head = "".join(f"<th>{word}</th>" for word in HEADS)
    html = (
        f'<html lang="nl"><title>Overzicht</title><link rel="stylesheet" href="css/fonts.css"><style>{NAIVE}</style>'
        f"<h1>Overzicht</h1><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return by_weasyprint(html)


def whole(rows: int) -> str:
    from initiatives.overview import paper
    from initiatives.tests.overview_rows import overview_of

    return paper.whole(overview_of(rows))


def by_weasyprint(html: str) -> Callable[[], object]:
    """Tagged, and with the settings that it has by itself."""
    from bodycams.pdf import making

    weasyprint, base = making.library(), f"{making.STATIC.as_uri()}/"
    return lambda: weasyprint.HTML(string=html, base_url=base).write_pdf(pdf_variant="pdf/a-3a")


DOCUMENTS = {kind.__name__: kind for kind in (ours, finished, bare, untagged, naive)}


def main(kind: str, rows: int) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    django.setup()
    from bodycams.pdf import making

    making.library()
    DOCUMENTS[kind](WARM_UP)()
    make = DOCUMENTS[kind](rows)
    began = time.process_time()
    make()
    seconds = time.process_time() - began
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
