"""What recordings ask on *Mijn werk*: of judges and wearers (`errands.py`), of privacy officers (`privacy_errands.py`),
and the numbers shown beside it (`on_my_work.py`).
"""
