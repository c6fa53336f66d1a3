"""A text that must be filled in is refused blank by the database too, whatever writes the row."""

from collections.abc import Iterable
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint, CheckConstraint, Model, Q

from bodycams.constraints import says
from initiatives.models import PolicyDocument

APPS = ("workflow", "organisation", "initiatives", "inventory", "retention")
MADE_HERE = {"key", "password", "role", "root", "session", "sha256", "signed_by", "step"}
"""Nobody types these; `signed_by` is the name in a certificate, which may have none."""

FROM_MACHINES = {"Delivery", "Recording"}
"""What a camera's system or a file says: by the million, and refused blank when it comes in."""


def required_texts(model: type[Model]) -> set[str]:
    """The columns in which something must be typed; a choice out of a list is no text."""
    texts = (field for field in model._meta.concrete_fields if field.get_internal_type() in ("CharField", "TextField"))
    required = {field.name for field in texts if field.editable and not (field.blank or field.null or field.choices)}
    return required - MADE_HERE


def unsaid(model: type[Model], constraints: Iterable[BaseConstraint]) -> set[str]:
    """Those of which no constraint says what they look like. Only `says` does so by a pattern."""
    conditions = (one.condition for one in constraints if isinstance(one, CheckConstraint))
    parts = (part for condition in conditions if isinstance(condition, Q) for part in condition.children)
    names = (part[0] for part in parts if isinstance(part, tuple))
    looked_at = {name.removesuffix("__regex") for name in names if name.endswith("__regex")}
    return required_texts(model) - looked_at


def test_every_required_text_has_a_constraint() -> None:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    found = {model.__name__: unsaid(model, model._meta.constraints) for model in models}
    for name in FROM_MACHINES:
        assert found.pop(name), name
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_twin_a_text_without_one_is_found() -> None:
    assert unsaid(PolicyDocument, []) == {"title", "about"}
    assert unsaid(PolicyDocument, [says("title")]) == {"about"}
    other = CheckConstraint(condition=~Q(title=""), name="may_be_a_space")
    assert unsaid(PolicyDocument, [says("about"), other]) == {"title"}


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "is_blank"), [("Handreiking", False), ("", True), (" \n", True)])
def test_database_refuses_a_blank_text(title: str, is_blank: bool) -> None:
    with pytest.raises(IntegrityError, match="policydocument_says_something") if is_blank else nullcontext():
        PolicyDocument.objects.create(code="proef", title=title, about="Waar het over gaat.")
