"""Pulling plugs: the whole of it, as real processes, killed with -9 while recordings are being destroyed.

A PostgreSQL and a Valkey of their own, the application's own worker and two beats, a folder with files; whatever is
killed is started again, as a supervisor would. Afterwards an oracle that knows none of the engine's words looks at the
disk, the rows and the journal. Started by `script/chaos`; the short form is retention/tests/test_chaos.py.

    site      the programs: starting, finding, killing and starting again
    worker    the application's worker and beats, in which time goes faster and deleting takes a moment
    world     recordings with their files, holds and judgements, and a note of what was promised about each
    plugs     what can be pulled, and the proof that it was pulled between file gone and proof committed
    oracle    what may never be, and how often it is
    runs      at random for as long as was asked, or each plug once and on purpose
    draft     an ordinary first draft of destroying, which must be caught
"""
