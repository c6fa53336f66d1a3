"""The pages about recordings, holds and requests."""
