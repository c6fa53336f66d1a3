"""Putting a backup back. It is made whole in a database beside the one that serves: put back, counted, its journal
followed, migrated, and told what was destroyed since. Only then it takes the other's place, in one moment. Killed
before that, the one that served still serves; after it, the new one does, and knows of every destruction.

Where the owner may make no databases, it goes into the empty database that is named, whole or not at all; there, too,
nothing is served before the list of destructions was gone through.
"""

import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from bodycams import heartbeat, serving
from bodycams.roles import as_owner, grant
from initiatives.words import so_many
from journal import seals
from journal.verify import RESTORED
from journal.write import record
from retention import ledger
from retention.backups import branches, databases, documents, lost, make, manifest, programs
from retention.comparing.comparison import compare
from retention.ledger import LedgerError, relisting
from retention.ledger.replay import Replayed, replay
from retention.models import Comparison

IN_USE = (
    "Er werken nog programma's met dit register ({}). Stop web, worker en beat (of script/server, met Ctrl-C) en doe"
    " dit opnieuw. Is alles net gestopt: wacht twintig seconden."
)
ANOTHER = (
    "In {} staat een ander register dan in deze reservekopie. Noem in DATABASE_URL en MIGRATE_DATABASE_URL een lege"
    " database."
)
NEWER = "Deze reservekopie is van een nieuwere versie van het register ({}). Zet eerst die versie neer."
NEWER_SERVER = "Deze reservekopie komt van PostgreSQL {}; deze server is ouder. Neem een nieuwere server."
NOT_EMPTY = (
    "De eigenaar van de database mag geen database maken, en {} is niet leeg. Laat de beheerder een lege database maken"
    " en noem die in DATABASE_URL en MIGRATE_DATABASE_URL (docs/production.md)."
)
OTHER_LIST = (
    "De lijst van vernietigingen van dit register staat niet op DESTRUCTION_LEDGER, of niet helemaal: {} ontbreekt. Zet"
    " eerst die lijst terug. Zonder haar zou leesbaar worden wat vernietigd is."
)
BECAUSE = "De lijst van vernietigingen is nagelopen, nadat het register was teruggezet uit een reservekopie."


class NotRestored(Exception):
    """Nothing has changed; a sentence."""


class Restored(NamedTuple):
    """What came back and what did not: `lost` is what people did since, in sentences with a number; `before` is the
    name of the database that served until now, empty when there was none; `cut_off` the last seal that is no more;
    `compared` what was found when storage and register were held against each other again.
    """

    said: dict[str, Any]
    replayed: Replayed
    lost: Sequence[str]
    documents: int
    before: str
    cut_off: str
    compared: Comparison | None = None


def restore(folder: Path, progress: programs.Progress) -> Restored:
    """Put back the backup in `folder`. Raises `NotRestored`; then what served still does."""
    try:
        said = manifest.read(folder)
        _refuse_newer(said)
        _refuse_another_list(said)
        with as_owner():
            _refuse_in_use()
            if lost.is_same(said["register"]):
                relisting.refuse_if_it_lacks()
            restored = _beside(said, folder, progress) if databases.may_create() else _within(said, folder, progress)
    except (manifest.Damaged, programs.ProgramFailed, LedgerError) as error:
        raise NotRestored(str(error)) from error
    except tarfile.TarError as error:
        raise NotRestored(f"De reservekopie is beschadigd: {manifest.DOCUMENTS} is niet te lezen.") from error
    except (DatabaseError, OSError) as error:
        raise NotRestored(f"De database of de schijf weigert: {str(error).splitlines()[0]}") from error
    serving.forget()
    return restored._replace(compared=compare())


def _refuse_newer(said: dict[str, Any]) -> None:
    if newer := sorted(set(said["migrations"]) - _ours()):
        raise NotRestored(NEWER.format(newer[-1]))
    if int(said["postgresql"].split(".")[0]) > programs.server():
        raise NotRestored(NEWER_SERVER.format(said["postgresql"]))


def _ours() -> set[str]:
    """The migrations of this code."""
    return {".".join(one) for one in MigrationLoader(None).disk_migrations or ()}


def _refuse_another_list(said: dict[str, Any]) -> None:
    """What was destroyed last when the backup was made stands in it."""
    last = said["ledger"]["last"]
    if last and not ledger.reaches(said["register"], ledger.moment_of(last)):
        raise NotRestored(OTHER_LIST.format(last))


def _refuse_in_use() -> None:
    heard = [name for name in (heartbeat.WORKER, heartbeat.BEAT) if heartbeat.is_heard(name)]
    connected = databases.others_in(databases.present())
    if connected:
        heard.append(f"{so_many(connected, 'verbinding', 'verbindingen')} met de database")
    if heard:
        raise NotRestored(IN_USE.format(", ".join(heard)))


def _beside(said: dict[str, Any], folder: Path, progress: programs.Progress) -> Restored:
    name = databases.present()
    coming = name + databases.COMING
    if lost.is_another(said["register"]):
        raise NotRestored(ANOTHER.format(name))
    databases.make(coming)
    try:
        make.fill(coming, folder, progress)
        missed, last = lost.since(said), lost.last_anchor(said)
        with databases.in_database(coming):
            found = branches.branch(folder, last)
            replayed = _bring_up_to_date(said, folder, missed, found.cut_off, progress)
        back = documents.unpack(folder / manifest.DOCUMENTS)
        branches.branch_off(said, folder, found)
        before = databases.take_the_place(name, coming)
    except BaseException:
        databases.drop(coming)
        raise
    return Restored(said, replayed, missed, back, before, found.cut_off)


def _within(said: dict[str, Any], folder: Path, progress: programs.Progress) -> Restored:
    name = databases.present()
    if not databases.is_empty():
        raise NotRestored(NOT_EMPTY.format(name))
    back = documents.unpack(folder / manifest.DOCUMENTS)
    make.fill(name, folder, progress, "--single-transaction")
    connection.close()
    found = branches.branch(folder, "")
    replayed = _bring_up_to_date(said, folder, [], found.cut_off, progress)
    branches.branch_off(said, folder, found)
    return Restored(said, replayed, [], back, "", found.cut_off)


def _bring_up_to_date(
    said: dict[str, Any], folder: Path, missed: Sequence[str], cut_off: str, progress: programs.Progress
) -> Replayed:
    """In the database of the block: see that it is what it was, migrate it (which ends by giving the application its
    rights), and tell it what was destroyed since. With the last of that it may be served.
    """
    progress("De database is terug en wordt nagekeken.")
    make.refuse_what_differs(said, folder)
    if _ours() <= set(said["migrations"]):
        grant(connection, settings.APPLICATION_ROLE)
    else:
        call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        record(
            RESTORED,
            f"Het register is teruggezet uit de reservekopie van {said['at'][:19]}. {branches.sentence(said, cut_off)}",
            role="systeem",
            data={"of": said["at"], "anchor": said["journal"]["anchor"], "cut_off": cut_off, "lost": list(missed)},
        )
        replayed = replay(BECAUSE, progress)
    seals.seal(wait=True)
    return replayed
