"""How static files are stored for serving: compressed, under names with a hash, and the stylesheet as one file. And how
they are served.

Not here: which stylesheets there are and in which order they count (static/css/site.css).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')


class Storage(CompressedManifestStaticFilesStorage):
    """Replaces each `@import` of the stylesheet by the file that it names: one request instead of fifty.

    The address of a file is worked out once: what is collected does not change while a process lives.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not dry_run:
            whole = ContentFile(inlined(paths).encode())
            self.delete(STYLESHEET)
            self._save(STYLESHEET, whole)
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


class Files(WhiteNoiseMiddleware):
    """Looks at a file when it is first asked for, and remembers it: a process does not begin by looking at them all."""

    def add_files(self, root: Path, prefix: str) -> None:
        self.directories.append((f"{root}/", prefix))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.path_info
        if asked.startswith(self.static_prefix) and asked not in self.files and (file := self.find_file(asked)):
            self.files[asked] = file
        answer: HttpResponseBase = super().__call__(request)
        return answer


def inlined(paths: dict[str, Any]) -> str:
    """The stylesheet with its imports written out. `paths` maps a name to where it is stored: (storage, path)."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    def written_out(found: re.Match[str]) -> str:
        name = found["path"].removeprefix("../") if found["path"].startswith("../") else f"css/{found['path']}"
        return f"@layer {found['layer']} {{\n{read(name)}}}\n"

    return IMPORT.sub(written_out, read(STYLESHEET))
