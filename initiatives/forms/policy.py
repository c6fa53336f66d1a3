"""Which day is asked about."""

from django import forms

from bodycams.forms import DateInput


class DayForm(forms.Form):
    dag = forms.DateField(label="Regels op", widget=DateInput, help_text="Kies een dag om te zien wat toen gold.")
