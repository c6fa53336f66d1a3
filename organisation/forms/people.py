"""The forms of log-in, accounts, roles and mandates: the shape of what is typed. Whether it is allowed is for the
services and the permissions.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError

from bodycams.forms import DateInput, FilterForm
from organisation.models import Mandate, Person, Unit
from organisation.refusals import OrganisationRefused
from organisation.roles import ROLES, Role


def accepted(form: forms.BaseForm, change: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the form was sent, is sound, and `change` took what was typed; a refusal becomes an error of the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        change(form.cleaned_data)
    except OrganisationRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


class LogInForm(forms.Form):
    username = forms.CharField(
        label="Personeelsnummer",
        help_text="Het nummer dat ook op uw camera staat.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={"required": "Vul uw personeelsnummer in."},
    )
    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Vul uw wachtwoord in."},
    )


class NewPasswordForm(auth_forms.SetPasswordForm):
    """A new password, twice; Django's own checks say what is wrong with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Nieuw wachtwoord"
        self.fields["new_password1"].help_text = "Minstens 12 tekens, en niet alleen cijfers. Een zin is goed."
        self.fields["new_password2"].label = "Nieuw wachtwoord nog een keer"
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(auth_forms.PasswordChangeForm, NewPasswordForm):
    """The same, after the password that holds now."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Uw wachtwoord nu"


class MailForm(forms.Form):
    mail = forms.TypedChoiceField(
        label="Hoe wilt u mail krijgen?",
        help_text="Besluiten krijgt u altijd meteen. Op de site staat alles meteen.",
        choices=[
            (Person.Mail.AT_ONCE.value, "Elk bericht meteen"),
            (Person.Mail.DAILY.value, "Eén mail per dag, in de ochtend"),
        ],
        coerce=Person.Mail,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een van de antwoorden.", "invalid_choice": "Kies een van de antwoorden."},
    )


class PersonSearch(FilterForm):
    nummer = forms.CharField(label="Personeelsnummer", required=False, max_length=12)
    rol = forms.ChoiceField(label="Rol vandaag", required=False, choices=[("", "Alle rollen"), *Role.choices])


class AccountForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["number", "email"]
        labels = {"number": "Personeelsnummer", "email": "E-mailadres"}
        help_texts = {"email": "Hierheen gaat de link waarmee de eigenaar zelf een wachtwoord kiest."}
        error_messages = {"number": {"unique": "Dit nummer heeft al een account."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class Period(forms.Form):
    """From a day, `today` at the earliest, up to and including a day."""

    from_date = forms.DateField(label="Vanaf", widget=DateInput())
    until_date = forms.DateField(label="Tot en met", widget=DateInput(), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_from_date(self) -> date:
        since: date = self.cleaned_data["from_date"]
        if since < self.today:
            raise ValidationError("Kies vandaag of een latere dag.")
        return since

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("from_date"), cleaned.get("until_date")
        if since and until and until < since:
            self.add_error("until_date", "De laatste dag ligt voor de eerste. Kies een latere dag.")
        return cleaned


class RoleForm(Period):
    """Which role somebody gets, for which unit. A national role has no unit, another must have one."""

    role = forms.TypedChoiceField(label="Rol", choices=Role.choices, coerce=Role)
    unit = forms.ModelChoiceField(
        label="Eenheid",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="landelijk",
        help_text="Een landelijke rol heeft geen eenheid.",
    )
    field_order = ["role", "unit", "from_date", "until_date"]

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role and ROLES[role].is_national and unit:
            self.add_error("unit", "Deze rol geldt landelijk. Kies geen eenheid.")
        if role and not ROLES[role].is_national and not unit and "unit" not in self.errors:
            self.add_error("unit", "Deze rol geldt voor een eenheid. Kies er een.")
        return cleaned


class EndRoleForm(forms.Form):
    """The last day of a role: never before yesterday, since what was held was held, and never later than it was."""

    until_date = forms.DateField(label="Laatste dag", help_text="Op deze dag geldt de rol nog.", widget=DateInput())

    def __init__(self, *args: Any, earliest: date, latest: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest, self.latest = earliest, latest

    def clean_until_date(self) -> date:
        until: date = self.cleaned_data["until_date"]
        if until < self.earliest:
            raise ValidationError(f"Kies {self.earliest:%-d-%-m-%Y} of een latere dag.")
        if self.latest and until >= self.latest:
            raise ValidationError(f"De rol eindigt al op {self.latest:%-d-%-m-%Y}. Kies een eerdere dag.")
        return until


class DeputyForm(Period):
    """Who deputises, by number, and for how long; a period of deputising always ends."""

    number = forms.CharField(label="Personeelsnummer van wie waarneemt", max_length=12)
    field_order = ["number", "from_date", "until_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_date"].required = True

    def clean_number(self) -> Person:
        found = Person.objects.people().filter(number=self.cleaned_data["number"], is_active=True).first()
        if found is None:
            raise ValidationError("Met dit nummer kan niemand inloggen.")
        return found


class MandateForm(Period):
    """Which mandate goes to which contact person, and for how long; a mandate always ends."""

    unit = forms.ModelChoiceField(label="Eenheid", queryset=Unit.objects.none(), empty_label="Kies een eenheid")
    kind = forms.TypedChoiceField(label="Mandaat voor", choices=Mandate.Kind.choices, coerce=Mandate.Kind)
    contact = forms.ModelChoiceField(
        label="Contactpersoon", queryset=Person.objects.none(), empty_label="Kies een nummer"
    )
    field_order = ["unit", "kind", "contact", "from_date", "until_date"]

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        self.fields["until_date"].required = True
