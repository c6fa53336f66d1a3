"""`script/lock`: writes both locks anew, for every Linux and Python from `OLDEST`, with hashes, naming no index.

Runs without `.venv`: what it works with comes in an environment of its own, and goes with it.
"""

import subprocess
import tempfile
from pathlib import Path

from bodycams.embedded.bootstrap import OLDEST_NAME, ROOT, Environment, run_pip, say

OPTIONS = (
    *("--quiet", "--no-header", "--upgrade", "--universal", "--python-version", OLDEST_NAME),
    *("--generate-hashes", "--only-binary", ":all:", "--no-emit-index-url", "--no-emit-find-links"),
)


def run(_arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        tools = Environment(Path(folder))
        (ROOT / ".cache").mkdir(exist_ok=True)
        tools.make()
        run_pip(ROOT, tools.python, ["uv"])
        for lock in ("requirements", "requirements-dev"):
            say(f"{lock}.txt wordt opnieuw berekend.")
            uv = [str(tools.folder / "bin" / "uv"), "pip", "compile", *OPTIONS, f"{lock}.in", "-o", f"{lock}.txt"]
            subprocess.run(uv, cwd=ROOT, check=True)
    return 0
