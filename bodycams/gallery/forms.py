"""The gallery's forms: every kind of field, empty and with errors, and the questions of a step."""

from types import SimpleNamespace as It
from typing import Any

from django import forms

from bodycams.forms import AmountInput, Choice, DateInput, FilterForm
from bodycams.gallery.samples import ASSESSED
from bodycams.look import Badge

UNITS = [("", "Alle eenheden"), ("ON", "Oost-Nederland"), ("ZWB", "Zeeland-West-Brabant")]
KINDS = [("", "Alle soorten"), ("aanschaf", "Aanschaf"), ("experiment", "Experiment")]
SUPPORT = [
    ("operationeel_beleid", Choice("Operationeel beleid", "Hulp bij regels voor de inzet op straat")),
    ("inkoopproces", Choice("Inkoopproces", "De inkoop loopt via het landelijke contract")),
    ("ict_integratie", Choice("ICT-integratie", "Koppeling met systemen van de politie")),
]


class Filters(FilterForm):
    more_names = ("van", "tot")
    q = forms.CharField(label="Zoek op nummer, titel of omschrijving", required=False)
    eenheid = forms.ChoiceField(label="Eenheid", choices=UNITS, required=False)
    soort = forms.ChoiceField(label="Soort", choices=KINDS, required=False)
    van = forms.DateField(label="Aangemeld van", widget=DateInput, required=False)
    tot = forms.DateField(label="Aangemeld tot en met", widget=DateInput, required=False)


class Fields(forms.Form):
    """Every kind of field there is."""

    vendor = forms.CharField(label="Leverancier", max_length=100)
    cameras = forms.IntegerField(
        label="Camera's die u vraagt",
        help_text="Alleen de nieuwe camera's.",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
    )
    amount = forms.DecimalField(label="Bedrag", help_text="Alle kosten samen, met btw.", widget=AmountInput)
    by_when = forms.DateField(label="Uiterlijk op", widget=DateInput, required=False)
    unit = forms.ChoiceField(label="Eenheid", choices=UNITS[1:])
    activation = forms.ChoiceField(
        label="Wie zet de camera aan?",
        choices=[("drager", "De drager"), ("meldkamer", "De meldkamer")],
        widget=forms.RadioSelect,
    )
    functions = forms.MultipleChoiceField(
        label="Wat kan de camera?",
        help_text="Vink alles aan wat klopt.",
        choices=[("scherm", "Schermpje om mee te kijken"), ("gps", "Gps toevoegen"), ("noodknop", "Noodknop")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
    )
    costs_accepted = forms.BooleanField(
        label="Onze eenheid betaalt deze kosten",
        help_text="De politiechef ziet dit als hij de noodzaak vaststelt.",
        required=False,
    )
    document = forms.FileField(label="Offerte", help_text="Pdf, hoogstens 10 MB.", required=False)
    reasons = forms.CharField(
        label="Redenen",
        help_text="Deze tekst staat letterlijk in de brief.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Decision(forms.Form):
    """The questions of a step."""

    support_granted = forms.MultipleChoiceField(
        label="Vink aan wat de eenheid krijgt",
        choices=SUPPORT,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    judgement = forms.ChoiceField(
        label="Technisch", choices=[("ja", "Ja"), ("deels", "Deels"), ("nee", "Nee")], widget=forms.RadioSelect
    )
    remark = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    conditions = forms.CharField(required=False, widget=forms.TextInput)


def filled() -> dict[str, Any]:
    typed = {"wrong-vendor": "Zepcam", "wrong-cameras": "0", "wrong-amount": "ongeveer 56.000", "wrong-unit": "ON"}
    return {
        "filters": Filters({"van": "2026-06-01", "tot": "2026-11-23"}),
        "empty": Fields(prefix="empty"),
        "wrong": Fields(typed, prefix="wrong"),
        "decision": Decision(initial={"support_granted": ["operationeel_beleid"]}),
    }


def section(number: int, title: str, label: str, tone: str, icon: str = "", current: bool = False) -> It:
    return It(number=number, title=title, look=Badge(label, tone, icon), current=current, open=current)


PARTS = {
    "assessed": ASSESSED,
    "will": [
        It(
            icon="circle-check",
            title="Status wordt Goedgekeurd",
            text="De eenheid heeft toestemming voor 16 camera's.",
        ),
        It(
            icon="file-type-pdf",
            title="Er gaat een brief uit",
            text="Met datum 23 november 2026.",
            url="#",
            link="Bekijk de brief vooraf",
        ),
        It(
            icon="mail",
            title="Drie mensen krijgen bericht",
            text="De politiechef, de contactpersoon en de programmamanager.",
        ),
        It(icon="calendar-due", title="De bezwaartermijn start", text="De laatste dag is maandag 4 januari 2027."),
        It(
            icon="list-check",
            title="Er komen 2 taken bij",
            text="Ondersteuning: operationeel beleid en inkoopproces.",
        ),
        It(icon="history", title="Het komt in het spoor", text="Met uw rol, de redenen en uw antwoorden."),
    ],
    "differences": [
        It(name="title", label="Titel", mine="Bodycams in Breda", theirs="Bodycams in Breda-Noord", is_mine=True),
        It(name="amount", label="Bedrag", mine="56.000", theirs="(leeg)", is_mine=False),
    ],
    "basis": [
        ("Beoordeling", "10 van 11 uitgangspunten voldoen"),
        ("Overleg", "3 van 4 vastgelegd, geen negatief"),
    ],
    "sections": [
        section(1, "Melding", "Compleet", "good"),
        section(2, "Noodzaak", "Vult de politiechef in", "off", "circle-dashed"),
        section(3, "Camera's", "1 fout", "bad", "alert-circle", current=True),
        section(4, "Overleg", "2 van 4 gevoerd", "off", "circle-dashed"),
    ],
}
