"""What is measured, a module per part of the register; `FIGURES` in each says which numbers of docs/bench.md it has."""
