"""The benchmark: what costs what, beside a bare Django project that shows the same rows (docs/bench.md)."""
