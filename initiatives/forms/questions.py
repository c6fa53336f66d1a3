"""Asking and answering a question, and what is looked for among the questions."""

from django import forms

from bodycams.forms import FilterForm
from initiatives.forms.fields import SHORT, Line, Text
from initiatives.forms.register import OneOf
from initiatives.questions import ANSWERED, GENERAL, ON_FILE, OPEN, Asked

STATES = [("", "Alle vragen"), (OPEN, "Nog niet beantwoord"), (ANSWERED, "Beantwoord")]
ABOUT = [("", "Dossiers en algemeen"), (GENERAL, "Alleen algemeen"), (ON_FILE, "Alleen over een dossier")]
MINE = [("", "Van iedereen"), ("mij", "Van mij")]


class AskForm(forms.Form):
    title = Line(
        label="Waar gaat het over?",
        help_text="In een paar woorden. Dit staat in de lijst.",
        at_most=120,
        empty="Schrijf in een paar woorden waar het over gaat.",
    )
    text = Text(
        label="Wat wilt u weten?",
        help_text="Schrijf korte zinnen. Noem geen namen van personen.",
        at_most=SHORT,
        empty="Schrijf wat u wilt weten.",
    )


class AnswerForm(forms.Form):
    """`after` is the version of the answer that was there when the page was opened."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    text = Text(
        label="Uw antwoord",
        help_text="Wie de vraag ziet, ziet ook dit antwoord. Noem geen namen van personen.",
        empty="Schrijf een antwoord.",
    )


class QuestionsForm(FilterForm):
    q = forms.CharField(
        label="Zoek in vragen en antwoorden",
        required=False,
        max_length=200,
        widget=forms.TextInput({"placeholder": "bijvoorbeeld meldkamer of ondernemingsraad"}),
    )
    stand = OneOf("Stand", STATES)
    over = OneOf("Over", ABOUT)
    wie = OneOf("Gesteld", MINE)
    dossier = forms.CharField(label="Nummer van het dossier", required=False, max_length=20)

    more_names = ("dossier",)
    narrowing = ("q", "stand", "over", "wie", "dossier")

    def asked(self) -> Asked:
        """What is looked for; asked only of a form without errors."""
        given = self.cleaned_data
        return Asked(
            q=given["q"],
            state=given["stand"],
            about=given["over"],
            file=given["dossier"],
            mine=bool(given["wie"]),
        )
