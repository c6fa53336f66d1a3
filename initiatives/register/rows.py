"""How a row of the register is shown. Which rows, and in which order, is `asked.py`'s question.

Fifty rows are most of the work of a page, so they are the one thing that Jinja2 draws instead of Django
(docs/bench.md).
"""

from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bodycams.look import NO_TERM, badge_html, term, term_html
from initiatives.looks import LOOKS, RETURNED
from initiatives.models import FileTerm
from initiatives.procedure import Status
from initiatives.register.asked import Row
from initiatives.register.finding import BEGIN, Sought, marked, marked_number
from initiatives.words import kinds_in_words, short_day, thousands
from workflow.clock import local_date

TERMS = {kind.value: kind.label for kind in FileTerm.Kind}


def rows_html(rows: list[Row], today: date, asked: Sought) -> SafeString:
    """The bodies of the table: the rows, with marks around what was asked, and what those of this page add up to."""
    cells = [_cells(row, today, asked) for row in rows]
    context = {"rows": cells, "count": len(rows), "cameras": thousands(sum(row.cameras or 0 for row in rows))}
    return SafeString(render_to_string("jinja/register_rows.html", context, using="jinja"))


def _cells(row: Row, today: date, asked: Sought) -> tuple[object, ...]:
    return (
        row.id,
        marked(row.marked_title) if asked.words else row.title,
        marked_number(row.number, asked) if asked.numbers else row.number,
        marked(row.marked_unit) if asked.words else row.unit,
        marked(row.piece) if BEGIN in row.piece else "",
        kinds_in_words(row.kinds),
        "-" if row.cameras is None else thousands(row.cameras),
        short_day(local_date(row.submitted_at)),
        badge_html(RETURNED if row.status == Status.CONCEPT else LOOKS[Status(row.status)]),
        term_html(term(row.due_on, today, TERMS[row.due_kind]) if row.due_on else NO_TERM),
    )
