"""The shape of what people fill in about recordings, holds and requests."""
