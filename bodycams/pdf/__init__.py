"""Everything about PDFs, one library a module: HTML in, PDF out (`making.py`), for everybody (`tags.py`) and for the
archive (`archive.py`), a long one in parts (`parts.py`), signed (`signing.py`) with a key (`signing_key.py`), and
what is inside one that somebody sent (`contents.py`).
"""
