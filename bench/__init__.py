"""The benchmark: what costs what, beside a bare Django project that shows the same rows (docs/bench.md).

`figures/` says what is measured and what is made of it, with the tools of `measuring.py`; `alone/` is what it starts as
processes of their own; `databases.py` and `servers.py` are what it measures on; `bare/` is the yardstick.
"""
