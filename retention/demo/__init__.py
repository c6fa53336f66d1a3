"""The recordings of the demonstration: what the docks delivered in the last four weeks, and what people did with it.

What nobody judged is destroyed on the day after judging closed, in a demonstration too: older ones are not there.
"""
