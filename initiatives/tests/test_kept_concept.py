"""What goes wrong around somebody who writes: a session that ended, a character that cannot be stored, a concept that
is gone. The text survives.
"""

import pytest
from django.conf import settings
from django.test import Client

from initiatives.concepts import discard_concept, save_concept
from initiatives.models import Initiative
from initiatives.tests.factories import Cast, concept
from initiatives.tests.pages import address, again, as_person, fill_in, main_form, text
from organisation.tests.factories import unit
from workflow.clock import now

pytestmark = pytest.mark.django_db
GONE = "Deze zin mag niet verloren gaan."
PASSWORD = "een lang genoeg wachtwoord"


def test_typed_text_is_given_back_after_logging_in_again() -> None:
    cast, client = Cast(), Client()
    cast.contact.set_password(PASSWORD)
    cast.contact.save()
    enter = {"username": cast.contact.number, "password": PASSWORD}
    client.post("/inloggen/", enter)
    subject = concept(cast)
    sent = fill_in(client.get(address(subject)), title="Getypt in stilte", amount="veel", tasks=["a", "b"])
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert client.post(address(subject), sent).headers["Location"].startswith("/inloggen/")
    page = client.get(client.post("/inloggen/", enter).headers["Location"])
    assert "Getypt in stilte" in text(page)
    page = client.post(address(subject), main_form(page).values)
    assert page.status_code == 400
    assert main_form(page).values["amount"] == ["veel"]
    assert (again(subject).title, again(subject).tasks) == ("Getypt in stilte", ["a", "b"])


def test_character_that_cannot_be_stored_is_taken_out_and_the_text_given_back() -> None:
    cast = Cast()
    client, subject = as_person(cast.contact), concept(cast)
    sent = fill_in(client.get(address(subject)), title="Met een \x00 erin", description=GONE)
    page = client.post(address(subject), sent)
    assert (page.status_code, GONE in text(page)) == (400, True)
    assert client.post(address(subject), main_form(page).values).status_code == 302
    assert (again(subject).title, again(subject).description) == ("Met een erin", GONE)


@pytest.mark.parametrize("gone", ["thrown away", "moved"])
def test_text_for_a_concept_that_is_gone_meanwhile_is_shown(gone: str) -> None:
    cast = Cast()
    client, subject = as_person(cast.contact), concept(cast)
    sent = fill_in(client.get(address(subject)), description=GONE)
    if gone == "moved":
        Initiative.objects.filter(pk=subject.pk).update(unit=unit("AM"))
    else:
        discard_concept(subject, person=cast.contact)
    page = client.post(address(subject), sent)
    assert (page.status_code, GONE in text(page)) == (404, True)


def test_concept_that_is_gone_while_it_is_saved_is_not_there() -> None:
    cast = Cast()
    subject = concept(cast)
    discard_concept(subject, person=cast.contact)
    with pytest.raises(Initiative.DoesNotExist):
        save_concept(subject, {"version": subject.version, "title": "Te laat"}, person=cast.contact, at=now())
