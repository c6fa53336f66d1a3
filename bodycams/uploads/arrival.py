"""How a file comes in: as much of it as may be, and no failure of one file is a failure of the form it came with.

Django would answer a full disk or a hundred files with a page that has lost everything typed. Here what cannot be kept
is let go by, and the file that arrives says why (`refusal`). Used for every request (`FILE_UPLOAD_HANDLERS`).
"""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 10 * 1024**2
"""How large one file may be."""

MOST_FILES = 20
"""How many files may come in one form."""

IN_MEMORY = 512 * 1024
"""A file up to this size is not written down before it is looked at."""

TOO_LARGE = f"Dit bestand is groter dan {MOST_BYTES >> 20} MB. Maak het kleiner, of splits het."
TOO_MANY = f"Dit waren meer dan {MOST_FILES} bestanden tegelijk. Stuur de rest daarna."
NO_ROOM = "Dit bestand kon niet worden bewaard: er is een storing met de opslag. Probeer het later opnieuw."


class Arrived(UploadedFile):
    """A file that came in; `refusal` says why nothing of it was kept, and is empty otherwise."""

    refusal: str = ""


class Arrival(FileUploadHandler):
    """Takes in one request's files."""

    count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        self.refusal = TOO_MANY if self.count > MOST_FILES else ""
        self.received = 0
        self.bytes: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # whoever uses the file closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            self._let_go(TOO_LARGE)
        if self.refusal:
            return
        try:
            self.bytes.write(raw_data)
        except OSError:
            self._let_go(NO_ROOM)

    def file_complete(self, file_size: int) -> Arrived:
        self.bytes.seek(0)
        arrived = Arrived(self.bytes, self.file_name, self.content_type, file_size, self.charset)
        arrived.refusal = self.refusal
        return arrived

    def upload_interrupted(self) -> None:
        self.bytes.close()

    def _let_go(self, refusal: str) -> None:
        if not self.refusal:
            self.refusal = refusal
            self.bytes.close()
            self.bytes = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
