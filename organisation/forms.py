"""The forms of log-in, accounts, roles and mandates: the shape of what is typed. Whether it is allowed is for the
services and the permissions.
"""

from django import forms


class LogInForm(forms.Form):
    username = forms.CharField(
        label="Personeelsnummer",
        help_text="Het nummer dat ook op uw camera staat.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username", "autofocus": True}),
        error_messages={"required": "Vul uw personeelsnummer in."},
    )
    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Vul uw wachtwoord in."},
    )
