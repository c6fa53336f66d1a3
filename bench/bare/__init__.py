"""A Django project as bare as one can be that does the same: the yardstick. It knows nothing of the register."""
