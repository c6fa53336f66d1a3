"""A text that somebody must fill in is never blank, whatever writes the row. What a concept still lacks is asked when it
is filed, and what is nowhere asked may be left out.
"""

from django.db import migrations, models

TEXTS = {
    "adjournment": ["reasons"],
    "answer": ["text"],
    "assessment": ["policy_version"],
    "decision": ["reasons"],
    "defect": ["serial"],
    "document": ["name"],
    "editionrequest": ["reasons"],
    "execution": ["sentence"],
    "necessity": ["reasons"],
    "notice": ["subject", "body"],
    "objection": ["grounds"],
    "outsideprocedure": ["reasons"],
    "passedon": ["how"],
    "policydocument": ["code", "title", "about"],
    "policyfile": ["name"],
    "policyversion": ["label", "citation"],
    "postponement": ["reasons"],
    "question": ["title", "text", "asked_as"],
    "return": ["missing"],
    "savedselection": ["name", "address"],
    "supportline": ["responsible", "note"],
    "supportwork": ["responsible"],
    "view": ["note"],
}


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0029_what_was_filed_stays")]
    operations = [
        migrations.RemoveConstraint(model_name="savedselection", name="a_saved_selection_says_something"),
        migrations.RemoveConstraint(model_name="supportwork", name="somebody_is_responsible_for_work"),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(
                    condition=models.Q(*((f"{text}__regex", r"\S") for text in texts)),
                    name=f"initiatives_{model}_says_something",
                    violation_error_message="Vul elk verplicht veld in.",
                ),
            )
            for model, texts in TEXTS.items()
        ),
    ]
