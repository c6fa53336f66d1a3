"""A real server that speaks S3, in a process of its own: rclone, over a folder; and one that misbehaves."""

import shutil
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

KEY, SECRET, BUCKET = "accesskeyexample", "a secret/with+signs", "opnamen"


def address_of(endpoint: str, key: str = KEY, secret: str = SECRET, bucket: str = BUCKET) -> str:
    """Each its own place in the bucket."""
    who = f"{quote(key, safe='')}:{quote(secret, safe='')}"
    return f"s3://{who}@{bucket}/register/{uuid.uuid4().hex}?endpoint={quote(endpoint)}"


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The endpoint of a server that checks signatures, with one bucket."""
    (folder / BUCKET).mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = "{}:{}".format(*free.getsockname())
    server = subprocess.Popen(
        [program(), "serve", "s3", str(folder), "--addr", place, "--auth-key", f"{KEY},{SECRET}", "--config", ""],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(place, server)
        yield f"http://{place}"
    finally:
        server.terminate()
        server.wait()


def program() -> str:
    beside = Path(sys.executable).parent / "rclone"
    return str(beside) if beside.exists() else shutil.which("rclone") or "rclone"


def wait_for(place: str, server: "subprocess.Popen[bytes]") -> None:
    host, port = place.split(":")
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            assert server.poll() is None, "the S3 server ended"
            assert time.monotonic() < until, "the S3 server took too long"
            time.sleep(0.02)
        else:
            return


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """The endpoint of a server that gives this answer to whatever is asked; with none, it never answers."""
    listening = socket.create_server(("127.0.0.1", 0))
    open_ones: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                one, _ = listening.accept()
                open_ones.append(one)
                if answer:
                    one.recv(65536)
                    one.sendall(answer)
                    one.close()
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield "http://{}:{}".format(*listening.getsockname())
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for one in open_ones:
            one.close()
