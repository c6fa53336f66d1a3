"""Constraints that many tables have."""

from django.db.models import CheckConstraint, Q


def says(*texts: str) -> CheckConstraint:
    """None of these texts is blank, whatever writes the row."""
    return CheckConstraint(
        condition=Q(*((f"{text}__regex", r"\S") for text in texts)),
        name="%(app_label)s_%(class)s_says_something",
        violation_error_message="Vul elk verplicht veld in.",
    )
