"""The shape of what people type. What must be true of it is in `rules.py`, what happens with it in the services."""
