"""Lists of recordings: which ones and in which order (`asked.py`), the figures above them (`desk.py`), how a row looks
(`rows.py`, `looks.py`) and how long it still has (`left.py`), what a judge looks at next (`next_due.py`), and the
recordings of who wore the camera (`own.py`).
"""
