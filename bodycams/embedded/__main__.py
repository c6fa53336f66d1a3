"""`python -m bodycams.embedded COMMAND`: what `script/COMMAND` becomes once `.venv` is there."""

import importlib
import signal
import subprocess
import sys

from bodycams.embedded.bootstrap import ROOT, Failure, explain, say

COMMANDS = {
    "server": "server",
    "manage": "manage",
    "test": "suite",
    "bench": "bench",
    "chaos": "chaos",
    "doctor": "doctor",
    "lock": "lock",
}


def main(command: str, arguments: list[str]) -> int:
    """Runs one command; what goes wrong is a sentence and an exit code, a fault of ours keeps its traceback."""
    try:
        module = importlib.import_module(f"bodycams.embedded.{COMMANDS[command]}")
        return int(module.run(arguments))
    except Failure as failure:
        say(str(failure))
    except OSError as refusal:
        say(explain(refusal))
    except ModuleNotFoundError as missing:
        if not missing.name or (ROOT / missing.name.partition(".")[0]).is_dir():
            raise
        say(f"In .venv ontbreekt {missing.name}. Verwijder {ROOT / '.venv'} en doe het opnieuw: dan wordt die gemaakt.")
    except subprocess.SubprocessError as refusal:
        say(f"Een programma kon niet worden gestart: {refusal}")
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
