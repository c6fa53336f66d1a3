"""Mails: one text in two shapes, that load nothing from elsewhere, and what is attached."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail as postbox
from django.core.mail import BadHeaderError

from bodycams.mail import FOOT, GREETING, Attachment, Link, Mail, Part

LETTER = Mail(
    "2001@politie.example",
    "BC-2026-0001: horeca & <evenementen>",
    [
        Part(["De projectleider heeft besloten.", "Redenen:\nHet past <b>niet</b>."]),
        Part([], [Link("Naar het dossier", "/initiatieven/1/", "uiterlijk maandag")], heading="Dossier"),
    ],
    name="notice-1",
    attachments=[Attachment("brief.pdf", b"%PDF-1.7")],
)


class Words(HTMLParser):
    """What is read of a page, and what it would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loaded: list[str] = []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title")
        if tag in ("img", "link", "script", "iframe") or "background" in dict(attrs):
            self.loaded.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


def test_plain_text_says_everything_in_order() -> None:
    assert LETTER.text.split("\n\n") == [
        GREETING,
        "De projectleider heeft besloten.",
        "Redenen:\nHet past <b>niet</b>.",
        "Dossier\n-------",
        f"Naar het dossier:\nuiterlijk maandag\n{settings.SITE_URL}/initiatieven/1/",
        f"{FOOT}\n",
    ]


def test_html_says_the_same_words_and_loads_nothing() -> None:
    read = Words(LETTER.html)
    address = f"{settings.SITE_URL}/initiatieven/1/"
    plain = LETTER.text.replace("-------", "").replace("dossier:", "dossier").replace(address, "").split()
    assert sorted(read.words) == sorted([*LETTER.subject.split(), *plain])
    assert read.loaded == []
    assert "<b>" not in LETTER.html
    assert f'href="{address}"' in LETTER.html


def test_style_has_the_colours_themselves_and_fetches_nothing() -> None:
    style = LETTER.html.partition("<style>")[2].partition("</style>")[0]
    assert re.search(r"color: #[0-9a-f]{6};", style)
    assert not re.search(r"var\(|url\(|@import", style)


def test_message_has_both_shapes_its_attachments_and_always_the_same_id() -> None:
    LETTER.message().send()
    sent = postbox.outbox[-1]
    assert sent.to == ["2001@politie.example"]
    assert sent.extra_headers["Message-ID"] == LETTER.message().extra_headers["Message-ID"] == "<notice-1@localhost>"
    types = [part.get_content_type() for part in sent.message().walk() if not part.is_multipart()]
    assert types == ["text/plain", "text/html", "application/pdf"]
    assert sent.attachments == [("brief.pdf", b"%PDF-1.7", "application/pdf")]


def test_mail_without_a_name_gets_an_id_of_its_own() -> None:
    assert "Message-ID" not in Mail("2001@politie.example", "Kies uw wachtwoord", []).message().extra_headers


def test_nothing_gets_into_the_head_of_a_mail() -> None:
    with pytest.raises(BadHeaderError):
        Mail("2001@politie.example", "Een\nBcc: ander@politie.example", []).message().message()
