"""A form says what to do, in the same words everywhere."""

import pytest
from django import forms

from bodycams.form_errors import SENTENCES


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(), "", "Vul dit in."),
        (forms.CharField(error_messages={"required": "Vul uw redenen in."}), "", "Vul uw redenen in."),
        (forms.IntegerField(), "twaalf", "Vul een heel getal in. Gebruik alleen cijfers."),
        (forms.CharField(max_length=3), "lang", "Deze tekst is te lang: 4 tekens. Houd het bij 3."),
        (forms.IntegerField(min_value=1), "0", "Vul 1 of meer in."),
        (forms.DecimalField(max_value=9), "10", "Vul 9 of minder in."),
        (forms.DecimalField(), "ongeveer 56.000", "Vul een getal in. Gebruik alleen cijfers en een komma."),
        (forms.DateField(), "31-2-2026", "Vul een datum in die bestaat, bijvoorbeeld 31-12-2026."),
        (forms.DateField(), "9999-12-31", "Kies een dag vóór 2100."),
        (forms.DateField(), "0001-01-01", "Kies een dag na 1999."),
        (forms.BooleanField(), "", "Vink dit aan om verder te gaan."),
        (forms.ChoiceField(choices=[("ja", "Ja")]), "", "Maak een keuze."),
        (forms.ChoiceField(choices=[("ja", "Ja")]), "misschien", "Kies een van de mogelijkheden die er staan."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Vink minstens één mogelijkheid aan."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["x"], "Kies uit de mogelijkheden die er staan."),
        (forms.FileField(), None, "Kies een bestand."),
    ],
)
def test_field_says_what_to_do(field: forms.Field, typed: object, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)
    assert refusal.value.messages == [sentence]


def test_every_sentence_ends_and_does_not_apologise() -> None:
    for sentences in SENTENCES.values():
        for sentence in sentences.values():
            assert sentence.endswith(".")
            assert "helaas" not in sentence.lower()
