"""Fields by which a form asks for files. The form needs `enctype="multipart/form-data"`.

A browser sends a file once and never again: a form that comes back with an error asks for it anew, so the page keeps
what was good before it says what was wrong.
"""

from typing import Any

from django import forms

from bodycams.uploads.arrival import MOST_BYTES, Arrived
from bodycams.uploads.kinds import ALLOWED, KINDS, Unfit
from bodycams.uploads.store import Accepted, accept

ENDINGS = ",".join(f".{ending}" for kind in KINDS.values() for ending in (kind.extension, *kind.also))
HELP = f"{ALLOWED}. Hoogstens {MOST_BYTES >> 20} MB."


class FileInput(forms.FileInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ENDINGS, **(attrs or {})})


class SeveralFiles(FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Arrived]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


class OneFile(forms.FileField):
    """One file; becomes an `Accepted`, or None when none was chosen."""

    widget = FileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=kwargs.pop("help_text", HELP), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Accepted | None:
        if not data:
            self.validate(data)
            return None
        try:
            return accept(data)
        except Unfit as refused:
            raise forms.ValidationError(str(refused)) from refused


class Files(forms.Field):
    """Any number of files; becomes the `Accepted` ones. What is wrong with the others is in `refusals`, a sentence for
    each, so that a form can keep the good ones and say it of the rest.
    """

    def __init__(self, *, several: bool = True, **kwargs: Any) -> None:
        widget = SeveralFiles({"multiple": True}) if several else SeveralFiles()
        kwargs.setdefault("required", False)
        super().__init__(widget=widget, help_text=kwargs.pop("help_text", HELP), **kwargs)
        self.refusals: list[str] = []

    def clean(self, value: list[Arrived]) -> list[Accepted]:
        self.refusals, accepted = [], []
        for arrived in value or []:
            try:
                accepted.append(accept(arrived))
            except Unfit as refused:
                self.refusals.append(f"‘{arrived.name}’ is niet bewaard. {refused}")
        return accepted
