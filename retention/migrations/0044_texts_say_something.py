"""A text that somebody must type is never blank, whatever writes the row; it was so for three of them."""

from django.db import migrations, models

TEXTS = {
    "comparisonrelease": ["reasons"],
    "disclosure": ["recipient", "title", "reasons"],
    "hold": ["explanation"],
    "holdextension": ["reasons"],
    "holdrelease": ["reasons"],
    "holdreview": ["reasons"],
    "requestadjournment": ["reasons"],
    "requestdecision": ["reasons"],
    "requester": ["name", "address", "description"],
    "requestunlink": ["reasons"],
    "termrequest": ["reasons"],
    "termverdict": ["reasons"],
    "viewing": ["title", "reasons"],
}
BEFORE = {
    "comparisonrelease": "files_are_released_with_reasons",
    "disclosure": "a_disclosure_says_to_whom_why",
    "viewing": "a_viewing_has_reasons",
}


class Migration(migrations.Migration):
    dependencies = [("retention", "0043_what_is_judged_came_in_and_was_judged_by_somebody")]
    operations = [
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name in BEFORE.items()),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(
                    condition=models.Q(*((f"{text}__regex", r"\S") for text in texts)),
                    name=f"retention_{model}_says_something",
                    violation_error_message="Vul elk verplicht veld in.",
                ),
            )
            for model, texts in TEXTS.items()
        ),
    ]
