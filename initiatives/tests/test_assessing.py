"""An assessment being written: the draft that is kept, two leaders at once, and what stands beside it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.models import AssessmentDraft, Initiative
from initiatives.similar import SHOWN, similar_to
from initiatives.tests.factories import Cast, concept, walk
from initiatives.tests.pages import as_person, main_form
from organisation.roles import Role
from organisation.tests.factories import holder_of

pytestmark = pytest.mark.django_db(transaction=True)

FILED = ("noodzaak_vaststellen", "aanmelden")


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


def filed(cast: Cast, **fields: Any) -> Initiative:
    return walk(cast, *FILED, start=concept(cast, **fields))


def address(subject: Initiative) -> str:
    return reverse("step", args=[subject.pk, "beoordelen"])


def keep(client: Client, subject: Initiative, accept: str = "text/html", **typed: str) -> Any:
    return client.post(reverse("assessment-draft", args=[subject.pk]), typed, headers={"accept": accept})


def test_a_draft_is_kept_however_little_it_says_and_comes_back(cast: Cast) -> None:
    subject, client = filed(cast), as_person(cast.leader)
    assert keep(client, subject, technical="deels", legal_note="Nog navragen.", policy_version="").status_code == 302
    page = client.get(address(subject))
    values = main_form(page).values
    assert (values["technical"], values["legal_note"]) == (["deels"], ["Nog navragen."])
    assert "Bewaard op" in page.content.decode()
    assert Initiative.objects.get().status == "aangemeld"


def test_a_script_is_told_when_it_was_kept(cast: Cast) -> None:
    answer = keep(as_person(cast.leader), filed(cast), "application/json", technical="ja", unknown="x")
    assert answer.json()["saved"].startswith("Bewaard om ")
    assert AssessmentDraft.objects.get().typed == {"technical": "ja"}


def test_two_leaders_are_told_of_each_other_and_see_both_texts(cast: Cast) -> None:
    subject, other = filed(cast), holder_of(Role.LEADER)
    keep(as_person(cast.leader), subject, technical="nee", legal_note="Er is geen DPIA.")
    first = as_person(cast.leader).get(address(subject)).content.decode()
    assert "Een andere projectleider" not in first
    second = as_person(other).get(address(subject)).content.decode()
    assert "Een andere projectleider is hier ook mee bezig" in second
    assert "Er is geen DPIA." in second
    assert "2 antwoorden zijn anders dan bij u" in second
    keep(as_person(other), subject, technical="ja")
    assert {draft.typed["technical"] for draft in AssessmentDraft.objects.all()} == {"nee", "ja"}
    assert cast.leader.number not in second


def test_drafts_are_gone_when_the_assessment_is_made(cast: Cast) -> None:
    subject = filed(cast)
    keep(as_person(cast.leader), subject, technical="ja")
    walk(cast, "beoordelen", start=subject)
    assert not AssessmentDraft.objects.exists()
    assert keep(as_person(cast.leader), subject, technical="ja").status_code == 409


def test_who_filed_it_keeps_no_draft(cast: Cast) -> None:
    assert keep(as_person(cast.contact), filed(cast), technical="ja").status_code == 403
    assert not AssessmentDraft.objects.exists()


def test_the_page_shows_what_the_file_itself_says_and_marks_what_must_be_explained(cast: Cast) -> None:
    subject = filed(cast, consultation_burgemeester_date=None)
    page = as_person(cast.leader).get(address(subject)).content.decode()
    assert "Berekend: voldoet niet. Nog geen overleg met: Burgemeester." in page
    assert 'name="principle_10_note"' in page
    marked = {name for name in ("principle_9", "principle_10") if _required(page, f"{name}_note")}
    assert marked == {"principle_10"}


def _required(page: str, name: str) -> bool:
    tag = next(part for part in page.split("<textarea")[1:] if f'name="{name}"' in part.partition(">")[0])
    return " required" in tag.partition(">")[0]


# --- similar initiatives --------------------------------------------------------------------------


def test_alike_is_the_same_camera_nearly_spelt_the_same_words_or_kind(cast: Cast) -> None:
    subject = filed(cast, title="Bodycams in de horeca", vendor="Zepcam", model_name="T3")
    same = filed(cast, title="Bodycams voor horecadiensten", vendor="ZEPCAM BV", model_name="T3 Live")
    words = filed(cast, title="Camera’s in de horeca", vendor="Axon", model_name="Body 2")
    elsewhere = "De boten varen ’s nachts uit."
    other = filed(cast, title="Verkeer op het water", description=elsewhere, vendor="Axon", model_name="Body 2")
    concept(cast, title="Bodycams in de horeca")
    found = similar_to(subject)
    assert [one.id for one in found[:2]] == [same.pk, words.pk]
    assert other.pk not in [one.id for one in found]
    assert "zelfde leverancier" in found[0].why


def test_alike_is_asked_by_one_query_and_never_more_than_a_few(cast: Cast) -> None:
    subjects = [filed(cast) for _ in range(SHOWN + 2)]
    with CaptureQueriesContext(connection) as asked:
        assert len(similar_to(subjects[0])) == SHOWN
    assert len(asked) == 1


def test_nothing_filled_in_is_like_nothing(cast: Cast) -> None:
    filed(cast)
    assert similar_to(concept(cast, title="", vendor="", model_name="", teams="")) == []
