"""Where the files of recordings are: one small interface (`interface.py`), a folder (`folder.py`) and any storage that
speaks S3 (`s3.py`). `RECORDINGS_STORAGE` says which.

Nothing here knows what a recording is, who may see it or when it must be gone. Nothing hands out a file past the
application either: there is no address of a file, only its bytes.
"""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from retention.storage.interface import Outcome, Pieces, Storage, StorageError, Stored, Untouched, WrongContent

__all__ = [
    "Outcome",
    "Pieces",
    "Storage",
    "StorageError",
    "Stored",
    "Untouched",
    "WrongContent",
    "recordings",
    "storage_at",
]


def recordings() -> Storage:
    """The storage of this register."""
    return storage_at(settings.RECORDINGS_STORAGE, make=settings.DEMO)


@cache
def storage_at(address: str, *, make: bool = False) -> Storage:
    """The storage at `file:///folder` or `s3://…`; nothing is asked of it yet. `make`: a folder that is not there is
    made. Raises `StorageError` for another address.
    """
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path.startswith("/"):
        from retention.storage.folder import Folder

        return Folder(Path(unquote(parts.path)), make=make)
    if parts.scheme == "s3" and parts.hostname:
        from retention.storage.s3 import Bucket

        return Bucket(address)
    raise StorageError("RECORDINGS_STORAGE noemt geen opslag. Geef een adres dat begint met file:/// of s3://.")
