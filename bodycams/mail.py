"""What a mail is: the same words as plain text and as HTML, with what is attached to it.

Here: how a mail is put together. What one says, to whom and when, is for whoever sends it.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

GREETING = "Goedendag,"
FOOT = "Dit bericht komt vanzelf uit het Bodycamregister. U kunt het niet beantwoorden."
TOKEN = re.compile(r"^\s*(--[\w-]+): ([^;]+);", re.MULTILINE)


class Link(NamedTuple):
    """Words that lead to a page of the site; `note` is said beside them."""

    words: str
    path: str
    note: str = ""

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


class Part(NamedTuple):
    """A piece of a mail: some paragraphs, which may have lines, then the links; under a head if it has one."""

    paragraphs: Sequence[str]
    links: Sequence[Link] = ()
    heading: str = ""

    @property
    def blocks(self) -> list[str]:
        """As plain text, block by block."""
        heading = [f"{self.heading}\n{'-' * len(self.heading)}"] if self.heading else []
        links = [f"{link.words}:\n{link.note}\n{link.url}".replace("\n\n", "\n") for link in self.links]
        return [*heading, *self.paragraphs, *links]


class Attachment(NamedTuple):
    name: str
    content: bytes
    kind: str = "application/pdf"


class Mail(NamedTuple):
    """A mail to one person. With a `name`, its id is always the same, so that a mail server can tell if it ever came
    twice.
    """

    to: str
    subject: str
    parts: Sequence[Part]
    name: str = ""
    attachments: Sequence[Attachment] = ()

    @property
    def text(self) -> str:
        blocks = [GREETING, *(block for part in self.parts for block in part.blocks), FOOT]
        return "\n\n".join(blocks) + "\n"

    @property
    def html(self) -> str:
        context = {"mail": self, "greeting": GREETING, "foot": FOOT, "style": _style()}
        return render_to_string("mail/message.html", context)

    def message(self) -> EmailMultiAlternatives:
        """Ready to be sent."""
        headers = {"Auto-Submitted": "auto-generated"}
        if self.name:
            headers["Message-ID"] = f"<{self.name}@{urlsplit(settings.SITE_URL).hostname}>"
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.to], headers=headers)
        message.attach_alternative(self.html, "text/html")
        for attachment in self.attachments:
            message.attach(*attachment)
        return message


@cache
def _style() -> SafeString:
    """The style of a mail, which loads nothing: with the colours and sizes themselves in the places of their names."""
    folder = settings.BASE_DIR / "static/css"
    tokens = dict(TOKEN.findall((folder / "tokens.css").read_text()))
    style = re.sub(r"var\((--[\w-]+)\)", lambda name: tokens[name[1]], (folder / "mail.css").read_text())
    return SafeString(f"<style>\n{style}</style>")
