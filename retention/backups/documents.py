"""The documents that people sent, in a backup: one tar file. What the register knows of each, its digest, is held
against what is in it.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings

from bodycams.uploads.store import KeptFile

EVERY = 1_000
PIECE = 256 * 1024


def known() -> dict[str, str]:
    """The digest of every document that the register knows, by its name on the disk."""
    kinds = [model for model in apps.get_models() if issubclass(model, KeptFile)]
    return {pk.hex: digest for kind in kinds for pk, digest in kind._default_manager.values_list("pk", "sha256")}


def pack(to: Path, progress: Callable[[str], None]) -> int:
    """All that is there now; one that goes meanwhile is left out. How many were packed."""
    root, packed = _root(), 0
    with tarfile.open(to, "w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(root.glob("*/*")):
            try:
                with path.open("rb") as file:
                    about = tarfile.TarInfo(path.relative_to(root).as_posix())
                    about.size, about.mode = os.fstat(file.fileno()).st_size, 0o600
                    tar.addfile(about, file)
            except FileNotFoundError:
                continue
            packed += 1
            if packed % EVERY == 0:
                progress(f"{packed} documenten bewaard.")
    return packed


def missing_in(packed: Path, asked: dict[str, str]) -> int:
    """How many of the documents that the register knows are not in the tar as they were received."""
    left = dict(asked)
    with tarfile.open(packed, "r") as tar:
        for about in filter(tarfile.TarInfo.isreg, tar):
            name = about.name.rpartition("/")[2]
            if left.get(name) == _digest(tar, about):
                del left[name]
    return len(left)


def unpack(packed: Path) -> int:
    """Put back what is not there; a document never changes, so what is there stays. How many were put back."""
    root, back = _root(), 0
    with tarfile.open(packed, "r") as tar:
        for about in filter(tarfile.TarInfo.isreg, tar):
            folder, _, name = about.name.partition("/")
            to = root / folder / name
            content = tar.extractfile(about)
            if content is None or to.exists() or not (folder + name).isalnum():
                continue
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = to.with_suffix(".part")
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                while piece := content.read(PIECE):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(to)
            back += 1
    return back


def _digest(tar: tarfile.TarFile, about: tarfile.TarInfo) -> str:
    content, digest = tar.extractfile(about), hashlib.sha256()
    while content and (piece := content.read(PIECE)):
        digest.update(piece)
    return digest.hexdigest()


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "files"
