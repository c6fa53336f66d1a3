"""The recordings of the demonstration: what the docks delivered in the last four weeks, and what people did with it.

Older ones are not there: what nobody judged is destroyed after 28 days, in a demonstration too.
"""
