"""The site with a journal that writes nothing, to see what an entry costs: for measuring only."""

from bodycams.wsgi import application
from journal.models import Entry

__all__ = ["application"]

setattr(Entry.objects, "create", lambda **values: Entry(**values))  # noqa: B010  # an assignment that types allow
