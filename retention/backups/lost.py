"""What people did after a backup was made, and what putting it back therefore undoes: counted in the database that
still serves, so that somebody can look at it.
"""

from typing import Any

from django.db import connection

from journal import anchors, seals
from retention.backups.databases import is_empty
from retention.backups.facts import counts

TOLD = {
    "organisation_apitokenrevocation": "ingetrokken tokens van de API: die werken weer, trek ze opnieuw in",
    "organisation_roleassignment": "toegekende rollen",
    "organisation_person": "accounts",
    "organisation_policyverdict": "bevestigde wijzigingen van beleidsregels",
    "retention_recording": "opnamen die binnenkwamen (wat nog niet vernietigd is: laat de docks opnieuw aanleveren)",
    "retention_judgement": "oordelen over opnamen: laat ze opnieuw beoordelen",
    "retention_hold": "opschortingen: plaats ze opnieuw, anders wordt vernietigd wat moest blijven",
    "retention_holdrelease": "beëindigde opschortingen: die gelden weer",
    "retention_restriction": "opnamen die buiten gebruik zijn gesteld: die zijn weer in te zien",
    "retention_privacyrequest": "verzoeken van gefilmde personen",
    "retention_requestdecision": "besluiten op zulke verzoeken",
    "retention_declaration": "verklaringen van vernietiging: zij worden opnieuw gemaakt, met een ander nummer",
    "initiatives_submission": "meldingen van initiatieven",
    "initiatives_decision": "besluiten over initiatieven",
    "initiatives_letter": "brieven",
    "initiatives_edition": "edities van het overzicht: die bestaan buiten, en zijn hier niet meer bekend",
    "journal_entry": "regels van het journaal",
}


def since(said: dict[str, Any]) -> list[str]:
    """In sentences, of the database of the block; none when it is empty or another register."""
    if not is_same(said["register"]):
        return []
    now = counts()
    more = {name: now.get(name, 0) - said["tables"].get(name, 0) for name in TOLD}
    return [f"{number} {TOLD[name]}" for name, number in more.items() if number > 0]


def last_anchor(said: dict[str, Any]) -> str:
    """Of the last seal that stands there, whether or not it was anchored yet."""
    last = seals.newest() if is_same(said["register"]) else None
    return anchors.anchor_of(last) if last else ""


def is_same(register: str) -> bool:
    """Whether the database of the block is that register; an empty one is none."""
    if is_empty():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('retention_register') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT id::text FROM retention_register")
        return cursor.fetchone() == (register,)
