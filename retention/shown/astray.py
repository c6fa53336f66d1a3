"""What was found in the storage as a page shows it: what is wrong, since when, and by when a file must be gone."""

from datetime import date
from typing import Any

from django.urls import reverse

from bodycams.look import moment_html, term
from initiatives.words import size_in_words, thousands
from organisation.permissions import may
from organisation.roles import Perm
from retention.choices import Astray
from retention.comparing.clearing import why_not
from retention.models import Comparison, StorageIncident
from workflow.clock import local_date
from workflow.dates import add_days


def row(incident: StorageIncident, person: Any, today: date) -> dict[str, Any]:
    """One that is open."""
    guards = may(person, Perm.GUARD_PRIVACY)
    last = add_days(local_date(incident.must_be_gone_by), -1)
    return {
        "key": incident.key,
        "note": note_of(incident),
        "written": moment_html(incident.written_at) if incident.written_at else "",
        "what": incident.get_kind_display(),
        "error": error_of(incident),
        "found": moment_html(incident.found_at),
        "term": None if incident.kind == Astray.LOST else term(last, today),
        "recording": incident.recording.source_id if incident.recording else "",
        "recording_url": reverse("recording", args=[incident.recording_id]) if incident.recording and guards else "",
        "destroy_url": reverse("destroy-stray", args=[incident.pk]) if guards and not why_not(incident) else "",
    }


def note_of(incident: StorageIncident) -> str:
    if incident.written_at is None or incident.size is None:
        return ""
    return f"{size_in_words(incident.size)}, laatst beschreven op"


def error_of(incident: StorageIncident) -> str:
    if incident.last_error:
        return incident.last_error
    return "Wordt vernietigd." if incident.sent_at or incident.ordered_at else ""


def ended(incident: StorageIncident) -> dict[str, Any]:
    return {
        "key": incident.key,
        "what": incident.get_kind_display(),
        "how": incident.get_outcome_display(),
        "by": "op verzoek van de privacyfunctionaris" if incident.ordered_at else "",
        "ended": moment_html(incident.ended_at) if incident.ended_at else "",
    }


def compared(comparison: Comparison) -> dict[str, Any]:
    """One comparison in the list."""
    found = {
        "zonder opname": comparison.unknown,
        "teruggekomen": comparison.returned,
        "vermist": comparison.lost,
        "niet in de lijst van vernietigingen": comparison.unlisted,
    }
    new = ", ".join(f"{thousands(number)} {words}" for words, number in found.items() if number)
    return {
        "began": moment_html(comparison.began_at),
        "files": thousands(comparison.files),
        "new": new or "niets",
        "state": state_of(comparison),
        "error": " ".join(filter(None, (comparison.error, comparison.list_error))),
    }


def state_of(comparison: Comparison) -> str:
    if comparison.error:
        return "niet afgemaakt"
    if comparison.list_error:
        return "klaar, zonder de lijst van vernietigingen"
    return "klaar" if comparison.ended_at else "bezig, of afgebroken"
