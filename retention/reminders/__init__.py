"""Who is told what of recordings, holds and requests, and when: judges before it is too late (`to_judges.py`), of what
came in when it was (`too_late.py`), privacy officers of what waits for them (`to_privacy_officers.py`) and when the
clock cannot go on or storage and register differ (`alarms.py`).
"""
