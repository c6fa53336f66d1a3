"""The forms of the library: a document, a version with its file, a day; and that the procedure was passed on."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from bodycams.forms import DateInput
from bodycams.uploads.fields import HELP, OneFile
from initiatives.forms.fields import Day, Line
from initiatives.forms.policy import DayForm


class LibraryDayForm(DayForm):
    datum = forms.DateField(
        label="Documenten op", widget=DateInput, help_text="Kies een dag om te zien welke versie toen gold."
    )


class DocumentForm(forms.Form):
    title = Line(label="Titel", at_most=200, empty="Schrijf de titel van het document.")
    code = Line(
        label="Afkorting",
        help_text="Kleine letters en streepjes. Die staat in het adres van de bladzijde en verandert niet meer.",
        at_most=60,
        short=True,
        empty="Kies een afkorting.",
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Gebruik alleen kleine letters, cijfers en streepjes.")
        ],
    )
    about = Line(label="Waar gaat het over?", empty="Schrijf in één zin waar het document over gaat.")


class VersionForm(forms.Form):
    label = Line(label="Naam van deze versie", at_most=200, empty="Geef deze versie een naam.")
    dated = Day(label="Datum op het document", required=False)
    valid_from = Day(label="Geldt vanaf", help_text="Vanaf deze dag geldt de vorige versie niet meer.")
    citation = Line(
        label="Vindplaats", help_text="Bijvoorbeeld het kenmerk.", at_most=300, empty="Schrijf de vindplaats."
    )
    file = OneFile(label="Bestand", required=False, help_text=HELP)

    def version(self) -> dict[str, Any]:
        """The columns of a version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class FileForm(forms.Form):
    file = OneFile(label="Bestand", error_messages={"required": "Kies een bestand."})


class PassOnForm(forms.Form):
    how = Line(
        label="Hoe hebt u de procedure doorgegeven?",
        help_text="Bijvoorbeeld: besproken in het teamoverleg, en gemaild aan wie met bodycams werkt.",
        empty="Schrijf in één zin hoe u de procedure hebt doorgegeven.",
    )
