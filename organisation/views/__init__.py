"""The pages of log-in (`door.py`), one's own account, units and people, the journal and the API's tokens."""
