"""A small SMTP server on this machine, to see what is really mailed. It speaks as much of it as is needed."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Post:
    """What arrived, and which addresses are refused."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.port = 0


class Handler(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        self.say("220 post")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "QUIT":
                self.say("221 dag")
                return
            self.answer(verb.upper(), rest)

    def answer(self, verb: str, rest: str) -> None:
        if verb == "RCPT" and any(address in rest for address in self.post.refused):
            self.say("550 niet bekend")
        elif verb == "DATA":
            self.say("354 zeg het maar")
            lines = iter(self.rfile.readline, b".\r\n")
            parsed = message_from_bytes(b"".join(lines), policy=policy.default)
            self.post.messages.append(parsed)
            self.say("250 goed")
        else:
            self.say("250 goed")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


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
