"""What the pages of a file say, made from what is recorded about it: plain values for the templates.

Nothing here decides: what may be done is asked from `workflow.offers`, dates come from the engine of terms.
"""
