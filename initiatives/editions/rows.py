"""What the rows of an overview say as they are printed, to hold the pages of a file against.

Not here: reading those pages (`bodycams/pdf/contents.py`), drawing them (`initiatives/overview/paper.py`).
"""

from collections.abc import Iterator

from bodycams.pdf.contents import row_digest
from initiatives.overview import paper
from initiatives.overview.approved import Overview


def rows_of(overview: Overview) -> Iterator[tuple[str, str]]:
    """Of each row as it is printed, in the order of the pages: its number, and the digest of what it says."""
    for section in paper.sections(overview):
        for group in section["groups"]:
            for cells in group["rows"]:
                yield cells[0].split("\n")[0], row_digest(list(cells))
