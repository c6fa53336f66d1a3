"""The page *Mijn werk*: which files wait for whom (`waiting.py`), what lies with others (`elsewhere.py`), what else is
asked of somebody (`errands.py`), and what apps above this one show beside it (`beside.py`).
"""
