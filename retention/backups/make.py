"""Making a backup: everything as it is at one moment, written beside the folder that it gets, put back in a database of
its own to see that it can be, and only then given its name. What a kill or a full disk leaves is never called a backup.

Not in it: recordings, which may not outlive the 28 days; keys and passwords, which would open it; sessions. Who wore
the camera of what is not destroyed yet is in it, so it is to be thrown away after 28 days itself.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from bodycams.checks import is_inside
from bodycams.embedded.bootstrap import explain
from bodycams.roles import as_owner
from journal import anchors, seals
from journal.write import record
from retention import ledger
from retention.backups import databases, documents, manifest, programs
from retention.backups.facts import broken_chain, counts, differences, facts, left_out
from workflow.clock import local_date
from workflow.dates import day_in_words

MADE = "reservekopie_gemaakt"
THROWN_AWAY = "database_weggegooid"
NOT_IN_IT = (
    "de bestanden van opnamen (zij mogen de 28 dagen niet overleven)",
    "sleutels, wachtwoorden en instellingen (bewaar die apart)",
    "de lijst van vernietigingen (bewaar die apart, en langer dan iedere reservekopie)",
    "sessies en mislukte pogingen om in te loggen",
)
SHOWN = 3
"""So many differences are told."""
NOT_EMPTY = "De map {} is niet leeg. Geef een map die er nog niet is, of een lege."
AMONG_RECORDINGS = "De map {} ligt in RECORDINGS_STORAGE. Daar staan alleen opnamen: kies een andere map."
NO_FOLDER = (
    "{} is een koppeling of het begin van een schijf, en kan niet in één keer haar naam krijgen. Noem er een map in."
)
BROKEN = "Het journaal van het register is niet in orde, en zo staat het ook in de kopie: {}"
BUSY = "In {} wordt al een reservekopie gemaakt. Wacht tot die klaar is."
NO_RIGHT = "De database-eigenaar mag geen database maken; de kopie is niet op proef teruggezet (docs/production.md)."
STAYS = "De database {}, van voor een restore, blijft tot en met {}."
GONE = "De database {}, van voor een restore, mocht er zijn tot en met {}. Zij is weggegooid."
NOT_DROPPED = (
    "De database {}, van voor een restore, mocht er zijn tot en met {}, en kan niet worden weggegooid: {}. Laat de"
    " databasebeheerder haar weggooien."
)
ERRORS = {
    errno.ENOSPC: "De schijf is vol. Maak ruimte vrij, of kies een andere map.",
    errno.EDQUOT: "De schijf is vol. Maak ruimte vrij, of kies een andere map.",
    errno.EACCES: "Daar mag niet worden geschreven. Kies een andere map.",
    errno.ENOENT: "De map waar deze in moet komen is er niet. Maak die eerst.",
}


class NotMade(Exception):
    """No backup was made; a sentence."""


class Made(NamedTuple):
    """What stands in the manifest, its digest, and in sentences: what could not be verified, and which databases that
    served before a restore are still there.
    """

    said: dict[str, Any]
    digest: str
    unverified: Sequence[str]
    kept: Sequence[str] = ()

    @property
    def keep_until(self) -> date:
        """The last day on which it may be there."""
        return date.fromisoformat(self.said["keep_until"])


def backup(folder: Path, progress: programs.Progress) -> Made:
    """Make a backup in `folder`. Raises `NotMade`; then nothing is there."""
    try:
        _refuse_what_is_there(folder)
        with _unfinished(folder) as work:
            made = _made(work, progress)
            work.rename(folder)
            manifest.sync(folder.parent)
    except OSError as error:
        raise NotMade(ERRORS.get(error.errno or 0, explain(error))) from error
    except (programs.ProgramFailed, manifest.Damaged, ledger.LedgerError, DatabaseError) as error:
        raise NotMade(str(error)) from error
    record(
        MADE,
        "Er is een reservekopie van het register gemaakt op de opdrachtregel.",
        role="systeem",
        data={"of": made.said["at"], "sha256": made.digest, "keep_until": made.said["keep_until"]},
    )
    with as_owner():
        return made._replace(kept=throw_away(local_date(datetime.fromisoformat(made.said["at"]))))


def _refuse_what_is_there(folder: Path) -> None:
    if is_inside(folder.absolute().as_uri(), settings.RECORDINGS_STORAGE):
        raise NotMade(AMONG_RECORDINGS.format(folder))
    if folder.is_symlink() or os.path.ismount(folder):
        raise NotMade(NO_FOLDER.format(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotMade(NOT_EMPTY.format(folder))


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """The folder under the name that it has until it is whole. What a killed one left is thrown away first."""
    work = folder.with_name(f".{folder.name}.unfinished")
    os.umask(0o077)
    with suppress(FileExistsError):
        work.mkdir(mode=0o700)
    held = os.open(work, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in work.iterdir():
            left.unlink()
        yield work
    except BlockingIOError as error:
        raise NotMade(BUSY.format(folder)) from error
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    finally:
        os.close(held)


def _made(work: Path, progress: programs.Progress) -> Made:
    seals.seal(wait=True)
    anchors.follow()
    _copy_anchors(work / manifest.ANCHORS)
    with as_owner():
        with _snapshot() as snapshot:
            said = {**facts(), "ledger": _position(), "not_in_it": NOT_IN_IT}
            asked = documents.known()
            progress(f"De database wordt bewaard ({said['database_bytes'] >> 20} MB).")
            _dump(work / manifest.DATABASE, snapshot, progress)
        said["keep_until"] = (local_date(datetime.fromisoformat(said["at"])) + ledger.KEPT_FOR).isoformat()
        said["documents"] = documents.pack(work / manifest.DOCUMENTS, progress)
        said["documents_missing"] = documents.missing_in(work / manifest.DOCUMENTS, asked)
        said["journal"]["broken"] = broken_in(work)
        digest = manifest.write(work, said)
        progress("De reservekopie wordt nagekeken.")
        manifest.read(work)
        unverified = [NO_RIGHT]
        if databases.may_create():
            _try(work, said, progress)
            unverified = []
    if said["journal"]["broken"]:
        unverified.append(BROKEN.format(said["journal"]["broken"]))
    if said["documents_missing"]:
        unverified.append(f"Van {said['documents_missing']} documenten die het register kent, is het bestand er niet.")
    return Made(said, digest, unverified)


def throw_away(today: date) -> list[str]:
    """What served before something was put back and may be there no longer, since recordings that were destroyed since
    still stand in it; answers with what stays, and until when or why, in sentences. As the owner (`as_owner`).
    """
    stays = []
    for name in databases.kept():
        last = databases.keep_until(name)
        if last >= today:
            stays.append(STAYS.format(name, day_in_words(last)))
            continue
        try:
            databases.drop(name)
        except DatabaseError as error:
            stays.append(NOT_DROPPED.format(name, day_in_words(last), str(error).splitlines()[0]))
        else:
            record(THROWN_AWAY, GONE.format(name, day_in_words(last)), role="systeem", data={"name": name})
    return stays


def _copy_anchors(to: Path) -> None:
    to.touch(mode=0o600)
    if anchors.path().exists():
        shutil.copyfile(anchors.path(), to)


def _position() -> dict[str, Any]:
    """How far the list of destructions is: one that does not reach its `last` object is another one, or an older."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM retention_register")
        names = ledger.names(cursor.fetchone()[0])
    return {"last": names[-1] if names else ""}


@contextmanager
def _snapshot() -> Iterator[str]:
    """One moment of the database, for what is counted here and for what another program reads."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _dump(to: Path, snapshot: str, progress: programs.Progress) -> None:
    without = [f"--exclude-table-data=public.{name}" for name in left_out()]
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}", *without]
    programs.run(programs.DUMP, options, databases.present(), progress, to)


def _try(work: Path, said: dict[str, Any], progress: programs.Progress) -> None:
    """Put it back in a database of its own, and see that everything is there. Raises `Damaged`."""
    name = databases.present() + databases.CHECK
    databases.make(name)
    try:
        fill(name, work, progress)
        with databases.in_database(name):
            refuse_what_differs(said, work)
    finally:
        databases.drop(name)


def fill(name: str, folder: Path, progress: programs.Progress, *options: str) -> None:
    """Put the dump of a backup in an empty database."""
    alike = ["--no-owner", "--no-privileges", "--exit-on-error", *(options or ("--jobs=2",))]
    programs.run(programs.RESTORE, [*alike, str(folder / manifest.DATABASE)], name, progress)


def refuse_what_differs(said: dict[str, Any], folder: Path) -> None:
    """Hold the database of the block against what was written down of the register. Raises `Damaged`."""
    wrong = differences(said, counts())
    if not wrong and (found := broken_in(folder)) != said["journal"].get("broken", ""):
        wrong = [found or "Het journaal was niet in orde, en is dat nu wel."]
    if wrong:
        raise manifest.Damaged(f"De reservekopie is niet het register dat zij moet zijn. {' '.join(wrong[:SHOWN])}")


def broken_in(folder: Path) -> str:
    """What is wrong with the journal in the database of the block, held against the anchors of a backup. What was wrong
    when it was made is no reason to have none, nor not to put it back.
    """
    with (folder / manifest.ANCHORS).open(errors="replace") as kept:
        return broken_chain(kept)
