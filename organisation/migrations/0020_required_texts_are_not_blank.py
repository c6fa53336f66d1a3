"""A text that somebody must fill in is never blank, whatever writes the row."""

from django.db import migrations, models

TEXTS = {
    "apitoken": ["name"],
    "policychange": ["code", "sentence", "citation", "reasons"],
    "policyrule": ["code", "sentence", "citation"],
    "unit": ["code", "name", "sort_name"],
    "unitending": ["reasons"],
}


class Migration(migrations.Migration):
    dependencies = [("organisation", "0019_mandates_and_numbers_stay")]
    operations = [
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(
                condition=models.Q(*((f"{text}__regex", r"\S") for text in texts)),
                name=f"organisation_{model}_says_something",
                violation_error_message="Vul elk verplicht veld in.",
            ),
        )
        for model, texts in TEXTS.items()
    ]
