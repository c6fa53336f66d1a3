"""Deleting many files of a storage that speaks S3: in batches, each with one request to delete, side by side.

What was there before and is after, is seen in the list where that takes fewer requests than asking for each. What it
does not show before, and what it shows after, is asked for. That it no longer shows what S3 says to have deleted, is
enough for DELETED.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

from retention.storage.interface import LISTED, THREADS, Outcome, StorageError, Untouched, chunked
from retention.storage.s3_errors import errors_said, said

BATCH, KEYS_A_PAGE = 1000, 50
"""The most that S3 deletes at once; a page of the list is worth asking for so many keys."""

STILL_THERE = "Het bestand is er nog nadat het is verwijderd. Probeer het later opnieuw."


class Batches(NamedTuple):
    """A bucket with what stands before its keys; `size` asks for one file."""

    client: Any
    bucket: Mapping[str, str]
    prefix: str
    size: Callable[[str], int | None]

    def delete(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        """Delete these sorted keys and say of each what became of it."""
        found: dict[str, Outcome | StorageError] = {}
        with ThreadPoolExecutor(THREADS) as pool, ThreadPoolExecutor(THREADS) as asking:
            for one in pool.map(partial(self._delete_batch, asking), chunked(keys, BATCH)):
                found |= one
        return found

    def _delete_batch(self, asking: ThreadPoolExecutor, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        try:
            with errors_said():
                listed = self._listed(keys) or set()
                before = self._asked(asking, [key for key in keys if key not in listed])
        except StorageError as error:
            return dict.fromkeys(keys, Untouched(str(error)))
        there = [key for key in keys if before.get(key, True) is True]
        try:
            with errors_said():
                refused = self._deleted_at_once(there)
                shown = self._listed(there)
                after = self._asked(asking, there if shown is None else sorted(shown))
        except StorageError as error:
            return dict.fromkeys(keys, error)
        return {key: outcome(before.get(key, True), refused.get(key), after.get(key, False)) for key in keys}

    def _listed(self, keys: Sequence[str]) -> set[str] | None:
        """Those of these sorted keys that a list from the first to the last shows. None: they are too few or too far
        apart for a list, or the storage does not keep to the order.
        """
        if len(keys) < KEYS_A_PAGE:
            return None
        last, after = self.prefix + keys[-1], (self.prefix + keys[0])[:-1]
        asked = {**self.bucket, "Prefix": self.prefix, "MaxKeys": LISTED, "StartAfter": after}
        found: set[str] = set()
        for _ in range(len(keys) // KEYS_A_PAGE):
            answer = self.client.list_objects_v2(**asked)
            names = [one["Key"] for one in answer.get("Contents", ())]
            if names != sorted(names) or (names and names[0] <= after):
                return None
            found.update(names)
            if not answer.get("IsTruncated") or (names and names[-1] >= last):
                return {key for key in keys if self.prefix + key in found}
            after = max(names, default=after)
            asked |= {"ContinuationToken": answer["NextContinuationToken"]}
        return None

    def _asked(self, asking: ThreadPoolExecutor, keys: Sequence[str]) -> dict[str, bool | StorageError]:
        """Of each whether it is there."""
        return dict(zip(keys, asking.map(self._is_there, keys), strict=True))

    def _deleted_at_once(self, keys: Sequence[str]) -> dict[str, StorageError]:
        """Those that the storage says it kept."""
        if not keys:
            return {}
        asked = {"Objects": [{"Key": self.prefix + key} for key in keys], "Quiet": True}
        answer = self.client.delete_objects(**self.bucket, Delete=asked)
        return {one["Key"][len(self.prefix) :]: said(one.get("Code", "")) for one in answer.get("Errors", ())}

    def _is_there(self, key: str) -> bool | StorageError:
        try:
            return self.size(key) is not None
        except StorageError as error:
            return error


def outcome(
    before: bool | StorageError, refused: StorageError | None, after: bool | StorageError
) -> Outcome | StorageError:
    """What became of a file, by whether it was there, what the storage said while deleting, and whether it is there."""
    if isinstance(before, StorageError):
        return Untouched(str(before))  # it was not told to delete
    for answer in (after, refused):
        if isinstance(answer, StorageError):
            return answer
    if not before:
        return Outcome.ABSENT
    return StorageError(STILL_THERE) if after else Outcome.DELETED
