"""The recordings of the demonstration: what the docks delivered in the last five weeks, and what people did with it.

What nobody judged is destroyed, in a demonstration too: by the first review, which is when the demonstration is
loaded. Of the fifth week nothing else is left: the database lets nobody judge what has closed.
"""
