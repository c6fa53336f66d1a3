"""Where an entry comes from: the id of the request or task that is being handled. Set by the doors, read by
`write.record`.
"""

from contextvars import ContextVar

origin: ContextVar[str] = ContextVar("origin", default="")
