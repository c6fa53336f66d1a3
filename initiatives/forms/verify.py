"""The form by which somebody sends a PDF that is looked at and not kept."""

from typing import IO, Any, cast

from django import forms

from bodycams.uploads.arrival import MOST_BYTES


class AnyFile(forms.FileField):
    """One file, whatever it is; becomes its bytes to read."""

    widget = forms.FileInput(attrs={"accept": ".pdf"})

    def clean(self, data: Any, initial: Any = None) -> IO[bytes]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        if data.refusal:
            raise forms.ValidationError(data.refusal)
        return cast(IO[bytes], data.file)


class VerifyForm(forms.Form):
    file = AnyFile(
        label="Het PDF-bestand",
        help_text=f"Hoogstens {MOST_BYTES >> 20} MB. Het bestand wordt niet bewaard.",
        error_messages={"required": "Kies een bestand."},
    )
