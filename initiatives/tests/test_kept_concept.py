"""A session that ended while somebody wrote: the text survives the log-in, and can be saved after it."""

import pytest
from django.conf import settings
from django.test import Client

from initiatives.tests.factories import Cast, concept
from initiatives.tests.pages import address, again, fill_in, main_form, text

pytestmark = pytest.mark.django_db
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
