"""How metadata of recordings comes in, from docks, files and the browser alike: one item is read (`fields.py`), a batch
is taken in at once (`batch.py`), a file goes in piece by piece (`sheet.py`).

Good ones go in and bad ones are told of, with everything that is wrong with each. Delivered again, nothing happens
twice.
"""
