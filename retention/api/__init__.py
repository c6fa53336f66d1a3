"""What programs can ask and deliver of recordings: the addresses (`routes.py`), how a delivery is read (`body.py`) and
a file received (`content.py`), what is answered (`told.py`), and how that is described (`described.py`), as
`docs/api.md` explains them.
"""
