"""Files that people send: how they come in (`arrival.py`), what they are by their content (`kinds.py`), where they stay
and how they are given back (`store.py`), and the fields by which a form asks for them (`fields.py`).

Nothing here knows what a file is about, who may see it or what the journal says of it: that is for the app whose file
it is. It keeps a row of its own model, made of `store.KeptFile`.
"""
