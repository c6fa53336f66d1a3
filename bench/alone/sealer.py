"""Seals every few seconds, as the worker does, until it is told to stop.

`python -m bench.alone.sealer SECONDS`.
"""

import sys
import time

import django

if __name__ == "__main__":
    django.setup()
    from journal import seals

    while True:
        seals.seal()
        time.sleep(float(sys.argv[1]))
