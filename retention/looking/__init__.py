"""Looking at recordings: who may see image and sound, and for what (`purposes.py`), what is put on record before the
first byte (`viewings.py`), the bytes themselves (`streaming.py`), that the page of a recording was looked at
(`seen.py`), and what somebody may be told of it (`told.py`).
"""
