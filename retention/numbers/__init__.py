"""Recordings counted: per unit (`per_unit.py`), what stands out for its head (`incidents.py`), judgements for who
answers for them (`counted.py`), and how the 28 days are kept (`figures.py`).
"""
