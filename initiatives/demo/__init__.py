"""The stories of the demonstration: texts as data in `texts/`, one file per unit, and what tells them to the register.

A story is told by the real steps, in the order in which everything happened in the country. Who plays a part, and with
which number, is in `organisation/demo.py`.
"""
