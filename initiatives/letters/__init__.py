"""Letters to the units: the words on them, the paper that the worker makes, and how they go along with a mail.

What a letter says is fixed with its step (`initiatives/letter_facts.py`). Others need two things of this room: which
notices still wait for their letter, and the letter of a notice.
"""

from initiatives.letters.posting import for_notice, not_waiting_for_a_letter

__all__ = ["for_notice", "not_waiting_for_a_letter"]
