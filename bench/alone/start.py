"""A web worker's start, on its own: import the application named in `BENCH_APPLICATION`, and give one answer.

The answer to who is not logged in: a redirect to the log-in page, for which every address is looked through.
"""

import io
import os
from importlib import import_module
from typing import Any

ENVIRON: dict[str, Any] = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": os.environ["BENCH_PATH"],
    "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.url_scheme": "http",
    "wsgi.input": io.BytesIO(),
}

if __name__ == "__main__":
    module, _, name = os.environ["BENCH_APPLICATION"].partition(":")
    application = getattr(import_module(module), name)
    list(application(ENVIRON, lambda status, headers: None))
