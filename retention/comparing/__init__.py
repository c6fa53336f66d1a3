"""Storage and register compared, every night (`comparison.py`): what is wrong with a file is put on record
(`astray.py`), and files of no recording are destroyed in their turn (`clearing.py`).
"""
