"""Numbers as people type them: how many, and how much money. Points between thousands and decimal commas are read."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from bodycams.forms import AmountInput
from initiatives.words import thousands

LONGEST = 40
MOST_CAMERAS = 100_000
MOST_EURO = Decimal("9999999999.99")


class Count(forms.IntegerField):
    """How many: a whole number, with or without a point between the thousands."""

    default_error_messages = {"max_value": f"Vul {thousands(MOST_CAMERAS)} of minder in."}
    shape = re.compile(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+")

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"})
        super().__init__(widget=widget, max_value=MOST_CAMERAS, **kwargs)

    def to_python(self, value: Any) -> int | None:
        typed = "" if value is None else str(value).strip()
        if not typed:
            return None
        if len(typed) > LONGEST or not self.shape.fullmatch(typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(typed.replace(".", ""))


class Amount(forms.Field):
    """An amount in euros: `1.234,56`, `1234.56`, `56000`, `€ 56.000,-`. A point before three digits separates
    thousands.
    """

    widget = AmountInput
    default_error_messages = {"invalid": "Vul alleen cijfers in, zonder woorden. Bijvoorbeeld 1.234,56."}
    dutch = re.compile(r"(?:€ ?)?(?P<whole>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,(?P<cents>[0-9]{1,2}|-{1,2}))?")
    plain = re.compile(r"(?:€ ?)?(?P<whole>[0-9]+)\.(?P<cents>[0-9]{1,2})")

    def to_python(self, value: Any) -> Decimal | None:
        typed = " ".join("" if value is None else str(value).split())
        if not typed:
            return None
        found = self.dutch.fullmatch(typed) or self.plain.fullmatch(typed)
        if not found or len(typed) > LONGEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        whole, cents = re.sub(r"[. ]", "", found["whole"]), (found["cents"] or "").strip("-")
        amount = Decimal(f"{whole}.{cents:0<2}")
        if amount > MOST_EURO:
            raise forms.ValidationError("Vul een bedrag in van minder dan 10 miljard euro.", code="max_value")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return euros(value) if isinstance(value, Decimal) else value


def euros(amount: Decimal) -> str:
    """An amount as people write it: `56.000`, `1.234,50`."""
    written = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    return written.removesuffix(",00")
