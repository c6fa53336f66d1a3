"""What people did after a backup was made, and what putting it back therefore undoes: counted in the database that
still serves, so that somebody can look at it.
"""

from typing import Any

from django.db import connection

from journal import anchors, seals
from journal.models import Entry
from journal.verify import RESTORED
from retention.backups.databases import is_empty
from retention.backups.facts import counts
from retention.backups.make import MADE, THROWN_AWAY

TOLD = {
    "organisation_apitokenrevocation": ("ingetrokken tokens van de API", "die werken weer: trek ze opnieuw in"),
    "organisation_roleassignment": ("toegekende rollen", ""),
    "organisation_person": ("accounts", ""),
    "organisation_policyverdict": ("bevestigde wijzigingen van beleidsregels", ""),
    "retention_recording": (
        "opnamen die binnenkwamen",
        "laat de docks opnieuw aanleveren; wat al is vernietigd komt niet terug",
    ),
    "retention_judgement": ("oordelen over opnamen", "laat ze opnieuw beoordelen"),
    "retention_hold": ("opschortingen", "plaats ze opnieuw, anders wordt vernietigd wat moest blijven"),
    "retention_holdrelease": ("beëindigde opschortingen", "die gelden weer"),
    "retention_restriction": ("opnamen die buiten gebruik zijn gesteld", "die zijn weer in te zien"),
    "retention_privacyrequest": ("verzoeken van gefilmde personen", ""),
    "retention_requestdecision": ("besluiten op zulke verzoeken", ""),
    "retention_declaration": ("verklaringen van vernietiging", "zij worden opnieuw gemaakt, met een ander nummer"),
    "initiatives_submission": ("meldingen van initiatieven", ""),
    "initiatives_decision": ("besluiten over initiatieven", ""),
    "initiatives_letter": ("brieven", ""),
    "initiatives_edition": ("edities van het overzicht", "die bestaan buiten, en zijn hier niet meer bekend"),
}
"""Of every table whose rows are told, what a row is, and what to do about it."""
DONE = {
    "rol_beeindigd": ("rollen waarvan het einde is bepaald", "die gelden weer: beëindig ze opnieuw"),
    "rol_ingetrokken": ("ingetrokken rollen", "die gaan toch in: trek ze opnieuw in"),
    "account_gesloten": ("gesloten accounts", "die zijn weer open: sluit ze opnieuw"),
    "wachtwoord_gekozen": ("gekozen wachtwoorden", "het oude geldt weer: wie zijn wachtwoord verving, kiest een nieuw"),
    "mandaat_ingetrokken": ("ingetrokken mandaten", "die gelden weer: trek ze opnieuw in"),
}
"""The same of what changes a row and makes none, by the action of the journal."""
OURS = (MADE, RESTORED, THROWN_AWAY)
"""Actions of these commands themselves."""
SINCE = "SELECT action, count(*) FROM journal_entry WHERE id > %s GROUP BY action"
HELD = ("retention_recording", "initiatives_initiative")
EARLIER = "toen deze reservekopie al eerder is teruggezet: "


def since(said: dict[str, Any]) -> list[str]:
    """In sentences, of the database of the block; none when it is empty or another register. Putting the same backup
    back once more tells again what was undone then.
    """
    if not is_same(said["register"]):
        return []
    rows, done = counts(), _done(said)
    more = [(rows.get(name, 0) - said["tables"].get(name, 0), *told) for name, told in TOLD.items()]
    more += [(done.get(action, 0), *told) for action, told in DONE.items()]
    more += [(sum(number for action, number in done.items() if action not in OURS), "regels van het journaal", "")]
    found = [f"{what}: {number}{f' ({to_do})' if to_do else ''}" for number, what, to_do in more if number > 0]
    return found + _told_earlier(said)


def _done(said: dict[str, Any]) -> dict[str, int]:
    """How often each action stands in the journal since then."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [said["journal"]["last_entry"] or 0])
        return dict(cursor.fetchall())


def _told_earlier(said: dict[str, Any]) -> list[str]:
    of_this = Entry.objects.filter(action=RESTORED, id__gt=said["journal"]["last_entry"] or 0).order_by("id")
    told = [sentence for entry in of_this if entry.data["of"] == said["at"] for sentence in entry.data["lost"]]
    return [EARLIER + sentence.removeprefix(EARLIER) for sentence in told]


def last_anchor(said: dict[str, Any]) -> str:
    """Of the last seal that stands there, whether or not it was anchored yet."""
    last = seals.newest() if is_same(said["register"]) else None
    return anchors.anchor_of(last) if last else ""


def is_another(register: str) -> bool:
    """Whether the database of the block is another register, with anything in it that people would miss."""
    if is_empty() or is_same(register):
        return False
    rows = counts()
    return any(rows.get(name) for name in HELD)


def is_same(register: str) -> bool:
    """Whether the database of the block is that register; an empty one is none."""
    if is_empty():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('retention_register') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT EXISTS (SELECT FROM retention_register WHERE id = %s)", [register])
        return bool(cursor.fetchone()[0])
