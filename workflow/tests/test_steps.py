"""A step is declared once, and everything reads that declaration."""

from workflow.steps import steps_of
from workflow.tests.leave.models import Leave, Status, form_is_complete


def test_steps_are_known_by_name_in_declared_order() -> None:
    assert list(steps_of(Leave)) == ["adjust", "ask", "grant", "refuse", "take_back"]


def test_a_step_carries_its_words_its_authority_and_its_rules() -> None:
    step = steps_of(Leave)["ask"]
    assert (step.name, step.label, step.sentence) == ("ask", "Aanvragen", "heeft verlof aangevraagd")
    assert step.explanation == "De medewerker vraagt het verlof aan."
    assert (step.tone, step.icon, step.rules) == ("primary", "send", (form_is_complete,))
    assert callable(step.who)


def test_target_is_where_the_step_leads() -> None:
    assert (steps_of(Leave)["ask"].sources, steps_of(Leave)["ask"].targets) == ((Status.DRAFT,), (Status.ASKED,))


def test_step_without_target_leaves_the_status_as_it_is() -> None:
    assert steps_of(Leave)["adjust"].targets == steps_of(Leave)["adjust"].sources == (Status.DRAFT,)


def test_step_whose_target_depends_on_the_object_names_them_all() -> None:
    step = steps_of(Leave)["take_back"]
    assert (step.sources, step.targets) == ((Status.GRANTED, Status.REFUSED), (Status.DRAFT, Status.ASKED))
