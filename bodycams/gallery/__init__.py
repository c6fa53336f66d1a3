"""The gallery: every component in all its states on one page, with words as they might stand on a real one."""
