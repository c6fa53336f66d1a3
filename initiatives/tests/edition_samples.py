"""Editions for tests: somebody who asks, somebody who confirms, and a seal of what is in the journal then."""

import hashlib
from datetime import date
from typing import Any

from initiatives.editions.asking import ask, decide, digest_of
from initiatives.models import Edition, EditionPaper, EditionRequest
from initiatives.overview.approved import overview_on
from journal.tests.sealing import sealed
from organisation.models import Outcome, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import now

DAY = date(2019, 6, 30)


def asked(day: date = DAY, by: Person | None = None, **more: Any) -> EditionRequest:
    """`corrects` makes it a correction."""
    return ask(day, "Voor de commissie.", by=by or holder_of(Role.LEADER), at=now(), **more)


def confirmed(request: EditionRequest, by: Person | None = None) -> Edition:
    by, seen = by or holder_of(Role.MANAGER), digest_of(overview_on(request.peildatum))
    edition = decide(request, Outcome.CONFIRMED, "", by=by, at=now(), seen=seen)
    assert edition is not None
    return edition


def edition(day: date = DAY, **more: Any) -> Edition:
    """An edition of which the paper is still to be made."""
    sealed()
    return confirmed(asked(day, **more))


def with_paper(made: Edition, content: bytes = b"%PDF-1.7 proef") -> Edition:
    """As if the worker had made it; a real one takes seconds."""
    EditionPaper.objects.create(edition=made, made_at=now(), **columns(content))
    return made


def columns(content: bytes) -> dict[str, Any]:
    """What is kept of a paper with this content."""
    return {
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "json": b"{}",
        "csv": b"nummer",
        "rows": [],
        "signed_by": "het register",
    }
