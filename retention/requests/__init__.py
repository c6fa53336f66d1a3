"""What follows on a request of a filmed person: taking its steps (`services.py`), finding its recordings
(`finding.py`), holding them long enough (`holds.py`), letters (`letters.py`), terms that a decree day moves
(`shifts.py`) and the counts of a year (`figures.py`).

What a request is and what can become of it stands below the models, beside the same of a recording:
`request_choices.py`, `request_terms.py`, `request_rules.py` and `request_procedure.py`.
"""
