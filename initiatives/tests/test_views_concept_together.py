"""Two people in one concept, a signature that lapses, a file that is filed meanwhile, a concept that is thrown away."""

from typing import Any

import pytest
from django.test import Client

from initiatives.models import Initiative
from initiatives.tests.factories import Cast, concept, initiative, walk
from initiatives.tests.pages import address, again, as_person, fill_in, main_form, text
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return as_person(cast.contact)


@pytest.fixture
def other(cast: Cast) -> Client:
    return as_person(holder_of(Role.CONTACT, "ON"))


# --- two people -------------------------------------------------------------------------------------


def both_open(client: Client, other: Client, subject: Initiative, theirs: dict[str, Any], mine: dict[str, Any]) -> Any:
    """Two people open the concept, the other saves first; answers with what the second sees on saving."""
    first, second = other.get(address(subject)), client.get(address(subject))
    assert other.post(address(subject), fill_in(first, **theirs)).status_code == 302
    return client.post(address(subject), fill_in(second, **mine))


def test_second_who_saves_sees_both_texts_and_loses_nothing(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    page = both_open(client, other, subject, {"title": "Van de ander"}, {"title": "Van mij", "teams": "Team Waal"})
    assert page.status_code == 409
    assert "Een andere contactpersoon bewaarde dit concept" in text(page)
    assert all(words in text(page) for words in ("Van de ander", "Van mij", "Team Waal"))
    assert again(subject).title == "Van de ander"
    assert main_form(page).values["keep_title"] == ["mine"]
    assert client.post(address(subject), main_form(page).values).status_code == 302
    assert (again(subject).title, again(subject).teams) == ("Van mij", "Team Waal")
    assert Entry.objects.latest("id").data["chosen"] == {"title": "mine", "teams": "mine"}


def test_what_only_the_other_changed_stays_unless_chosen_otherwise(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    theirs = {"title": "Van de ander", "tasks": ["b"]}
    page = both_open(client, other, subject, theirs, {"vendor": "Axon"})
    values = main_form(page).values
    assert (values["keep_title"], values["keep_tasks"], values["keep_vendor"]) == (["theirs"], ["theirs"], ["mine"])
    client.post(address(subject), values)
    saved = again(subject)
    assert (saved.title, saved.tasks, saved.vendor) == ("Van de ander", ["b"], "Axon")


def test_each_field_is_chosen_by_itself(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    page = both_open(
        client,
        other,
        subject,
        {"title": "Titel ander", "amount": "1000", "costs_accepted": []},
        {"title": "Titel mij", "amount": "2000"},
    )
    client.post(address(subject), fill_in(page, keep_title="theirs", keep_amount="mine", keep_costs_accepted="theirs"))
    saved = again(subject)
    assert (saved.title, saved.amount, saved.costs_accepted) == ("Titel ander", 2000, False)


def test_without_the_prints_of_what_was_opened_ones_own_text_is_proposed(
    cast: Cast, client: Client, other: Client
) -> None:
    subject = concept(cast)
    for opened in ("", "geen prints", "title:", ":" * 4000, "x" * 10_000):
        page = both_open(client, other, subject, {"title": f"Ander {opened[:3]}"}, {"vendor": "Axon", "opened": opened})
        assert main_form(page).values["keep_title"] == ["mine"]


def test_a_third_who_saved_while_the_second_chose_is_seen_too(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    page = both_open(client, other, subject, {"title": "Ander"}, {"title": "Mij"})
    other.post(address(subject), fill_in(other.get(address(subject)), title="Ander, nog eens"))
    page = client.post(address(subject), main_form(page).values)
    assert page.status_code == 409
    assert "Ander, nog eens" in text(page)
    client.post(address(subject), main_form(page).values)
    assert again(subject).title == "Mij"


def test_what_cannot_be_read_comes_back_after_the_choice(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    page = both_open(client, other, subject, {"title": "Ander"}, {"title": "Mij", "amount": "veel"})
    page = client.post(address(subject), main_form(page).values)
    assert page.status_code == 400
    assert main_form(page).values["amount"] == ["veel"]
    assert again(subject).title == "Mij"


def test_somebody_with_two_windows_is_told_that_it_was_themselves(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    page = both_open(client, client, subject, {"title": "Venster een"}, {"title": "Venster twee"})
    assert "U bewaarde dit concept zelf" in text(page)


def test_markup_in_a_text_is_shown_as_text(cast: Cast, client: Client, other: Client) -> None:
    subject = concept(cast)
    page = both_open(client, other, subject, {"title": "<script>1</script>"}, {"title": "<b>2</b>"})
    assert "<script>1" not in text(page)
    assert "&lt;b&gt;2" in text(page)
    assert main_form(page).values["title"] == ["<b>2</b>"]


# --- filed meanwhile --------------------------------------------------------------------------------


def test_text_that_was_typed_while_the_file_was_filed_is_shown(cast: Cast, client: Client) -> None:
    subject = walk(cast, "noodzaak_vaststellen")
    page = client.get(address(subject))
    walk(cast, "aanmelden", start=subject)
    answer = client.post(address(subject), fill_in(page, situations="Een lange tekst die ik typte."))
    assert answer.status_code == 409
    assert "Een lange tekst die ik typte." in text(answer)
    assert again(subject).situations == ""


# --- the necessity ----------------------------------------------------------------------------------


def test_lapse_is_said_before_saving_and_asked_once(cast: Cast, client: Client) -> None:
    subject = walk(cast, "noodzaak_vaststellen")
    page = client.get(address(subject))
    assert text(page).count("verandert u dit, dan vervalt de noodzaak") == 4
    page = client.post(address(subject), fill_in(page, amount="20.000", title="Andere titel"))
    assert page.status_code == 409
    assert "De noodzaak vervalt" in text(page)
    assert "U verandert ‘Bedrag’." in text(page)
    assert "(nog niet bewaard)" in text(page)
    assert (again(subject).amount, again(subject).title) == (18_500, "Andere titel")
    assert again(subject).necessity
    assert main_form(page).values["amount"] == ["20.000"]
    assert main_form(page).buttons == ["bevestig"]
    answer = client.post(address(subject), fill_in(page, bevestig="1"))
    assert answer.status_code == 302
    assert (again(subject).amount, again(subject).necessity) == (20_000, None)


def test_a_lapse_that_is_not_wanted_leaves_what_was_there(cast: Cast, client: Client) -> None:
    subject = walk(cast, "noodzaak_vaststellen")
    client.post(address(subject), fill_in(client.get(address(subject)), kinds=["experiment"]))
    assert main_form(client.get(address(subject))).values["kinds"] == ["aanschaf"]
    assert again(subject).necessity


def test_what_cannot_be_read_and_what_would_lapse_come_back_together(cast: Cast, client: Client) -> None:
    subject = walk(cast, "noodzaak_vaststellen")
    page = client.post(
        address(subject), fill_in(client.get(address(subject)), amount="20.000", cameras_now="twaalf", vendor="Axon")
    )
    assert page.status_code == 400
    assert "De noodzaak vervalt" in text(page)
    assert again(subject).vendor == "Axon"
    page = client.post(address(subject), fill_in(page, bevestig="1"))
    assert page.status_code == 400
    assert (again(subject).amount, again(subject).necessity) == (20_000, None)


# --- the unit ---------------------------------------------------------------------------------------


def test_unit_of_a_numbered_file_cannot_be_changed(cast: Cast) -> None:
    subject = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    client = as_person(also_holds(cast.contact, Role.CONTACT, "AM"))
    page = client.post(address(subject), fill_in(client.get(address(subject)), unit="AM"))
    assert page.status_code == 400
    assert again(subject).unit.code == "ON"


# --- throwing away ----------------------------------------------------------------------------------


def test_concept_is_thrown_away_after_asking(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    assert address(subject, "weggooien/") in text(client.get(address(subject)))
    page = client.get(address(subject, "weggooien/"))
    assert "Wilt u dit concept weggooien?" in text(page)
    assert client.post(address(subject, "weggooien/"), fill_in(page)).headers["Location"] == "/"
    assert not Initiative.objects.filter(pk=subject.pk).exists()
    assert client.post(address(subject, "weggooien/"), fill_in(page)).status_code == 404


def test_what_was_filed_or_signed_for_is_not_thrown_away(cast: Cast, client: Client) -> None:
    returned = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    signed = walk(cast, "noodzaak_vaststellen")
    for subject in (returned, signed):
        assert address(subject, "weggooien/") not in text(client.get(address(subject)))
        for answer in (client.get(address(subject, "weggooien/")), client.post(address(subject, "weggooien/"))):
            assert answer.status_code == 409
            assert "U kunt het wel intrekken." in text(answer)
        assert Initiative.objects.filter(pk=subject.pk).exists()
