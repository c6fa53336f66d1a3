"""The national overview (S0-29): what is on it, in figures, words and charts, on paper, as PDF and as kept files.

`approved.py` says what is on it; everything else here reads from that. The page is `initiatives/views/overview.py`.
"""
