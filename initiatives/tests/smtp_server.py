"""A small SMTP server on this machine, to see what is really mailed. It speaks as much of it as is needed, and can be
as unwilling as a real one.
"""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from pytest_django import Settings


@dataclass
class Post:
    """What arrived, and how the server behaves: which addresses it refuses for good, which it does not know yet and
    takes the next time, how many more mails it breaks off half-way, whether it is too busy for anybody, and how many
    seconds each answer takes.
    """

    messages: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    greylisted: set[str] = field(default_factory=set)
    drops: int = 0
    busy: bool = False
    delay: float = 0
    port: int = 0

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]


class Handler(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        if self.post.busy:
            self.say("421 te druk")
            return
        self.say("220 post")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "QUIT":
                self.say("221 dag")
                return
            if verb.upper() == "DATA" and self.post.drops:
                self.post.drops -= 1
                self.say("354 zeg het maar")
                self.rfile.readline()
                return
            self.answer(verb.upper(), rest)

    def answer(self, verb: str, rest: str) -> None:
        if verb == "RCPT" and any(address in rest for address in self.post.refused):
            self.say("550 niet bekend")
        elif verb == "RCPT" and (new := {address for address in self.post.greylisted if address in rest}):
            self.post.greylisted -= new
            self.say("451 probeer het later nog eens")
        elif verb == "DATA":
            self.say("354 zeg het maar")
            lines = iter(self.rfile.readline, b".\r\n")
            parsed = message_from_bytes(b"".join(lines), policy=policy.default)
            self.post.messages.append(parsed)
            self.say("250 goed")
        else:
            self.say("250 goed")

    def say(self, words: str) -> None:
        time.sleep(self.post.delay)
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is the client's affair."""


@contextmanager
def smtp_server() -> Iterator[Post]:
    """Runs as long as the block; `port` says where."""
    post = Post()
    handler = type("PostHandler", (Handler,), {"post": post})
    with Server(("127.0.0.1", 0), handler) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()


def deliver_to(post: Post, settings: Settings) -> None:
    """Let this site mail by way of that server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.SITE_URL = "https://bodycams.example"
