"""What every step's form has in common: the file that it is about, and the question for the reasons.

Which step has which form is in `steps.py`.
"""

from datetime import datetime
from typing import Any

from bodycams.step_forms import AskingForm, Question
from initiatives.forms.fields import Text
from initiatives.models import Initiative
from organisation.models import Person

REASONS = "Deze tekst staat woord voor woord in het dossier. Schrijf korte zinnen."


class StepForm(AskingForm):
    """The form of one step. `initiative` and `at` tell what to ask."""

    keeps_draft = False

    def __init__(self, data: Any, *, initiative: Initiative, at: datetime) -> None:
        super().__init__(data)
        self.initiative, self.at = initiative, at
        self.prepare()

    def prepare(self) -> None:
        """Leave out what need not be asked of this initiative now, and fill in what is known."""

    def take_up(self, person: Person) -> None:
        """Go on where this person stopped, when the form keeps drafts (`keeps_draft`)."""


def reasons() -> Text:
    return Text(label="Redenen", help_text=REASONS, empty="Leg uit waarom.")


WHY = Question("Wat zijn uw redenen?", ("reasons",))
