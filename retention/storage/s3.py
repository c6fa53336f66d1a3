"""Recordings in a storage that speaks S3, with botocore: the client that boto3 is built on, without what boto3 adds.

    s3://[KEY:SECRET@]bucket[/prefix][?endpoint=https://storage.example&region=eu-west-1]

Key and secret stand in the address (percent-encoded) or where botocore looks for them by itself (`AWS_ACCESS_KEY_ID`
and so on). An answer is waited for at most 20 seconds, and asked for at most three times.

"Absent" is believed only of a bucket that answers: S3 says 404 of a bucket that is not there as well. A bucket that
keeps versions is refused for deleting, since everything that was deleted would still be in it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from retention.storage.interface import (
    LISTED,
    OTHER_FILE,
    THREADS,
    Checked,
    Outcome,
    Pieces,
    Readable,
    Storage,
    StorageError,
    Stored,
    Untouched,
    checked_key,
)
from retention.storage.s3_batches import Batches
from retention.storage.s3_errors import ABSENT, NO_BUCKET, code, errors_said, said

PART, MOST_PARTS = 8 * 1024**2, 10_000
"""A file up to one part goes in at once; of a larger one never more than a part is in memory."""

ANSWER_WITHIN = 20.0
"""Seconds that an answer is waited for."""

VERSIONS = "De bucket met opnamen bewaart oude versies. Zet versiebeheer uit en verwijder de oude versies."


class Bucket(Storage):
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        self._bucket = {"Bucket": parts.hostname or ""}
        self._prefix = f"{parts.path.strip('/')}/".lstrip("/")
        self._endpoint = asked.get("endpoint", [None])[0]
        self._region = asked.get("region", ["us-east-1"])[0]
        self._key, self._secret = (unquote(part) if part else None for part in (parts.username, parts.password))

    @cached_property
    def _client(self) -> Any:
        import botocore.session
        from botocore.config import Config

        return botocore.session.get_session().create_client(
            "s3",
            endpoint_url=self._endpoint,
            region_name=self._region,
            aws_access_key_id=self._key,
            aws_secret_access_key=self._secret,
            config=Config(
                connect_timeout=ANSWER_WITHIN / 4,
                read_timeout=ANSWER_WITHIN,
                retries={"total_max_attempts": 3, "mode": "standard"},
                max_pool_connections=THREADS * 2,
                s3={"addressing_style": "path" if self._endpoint else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def size(self, key: str) -> int | None:
        with errors_said():
            return self._or_absent(lambda: int(self._client.head_object(**self._at(key))["ContentLength"]))

    def open(self, key: str, start: int = 0, length: int | None = None) -> Pieces | None:
        if (size := self.size(key)) is None:
            return None
        left = max(0, size - start)
        length = left if length is None else min(length, left)
        if not length:
            return BodyPieces(None, 0)
        asked = {"Range": f"bytes={start}-{start + length - 1}"}
        with errors_said():
            body = self._or_absent(lambda: self._client.get_object(**self._at(key), **asked)["Body"])
        return None if body is None else BodyPieces(body, length)

    def write(self, key: str, content: Readable, size: int, sha256: str) -> None:
        if self.size(key) is not None:
            if self.sha256(key) != sha256:
                raise StorageError(OTHER_FILE)
            return
        pieces = Checked(content, size, sha256).pieces(max(PART, -(-size // MOST_PARTS)))
        with errors_said():
            if size <= PART:
                self._client.put_object(**self._at(key), Body=b"".join(pieces))
            else:
                self._write_parts(key, pieces)

    def listing(self, under: str = "") -> Iterator[Sequence[Stored]]:
        more: dict[str, str] = {"Prefix": f"{self._prefix}{under}/" if under else self._prefix}
        while True:
            with errors_said():
                found = self._client.list_objects_v2(**self._bucket, MaxKeys=LISTED, **more)
            if contents := found.get("Contents"):
                cut = len(self._prefix)
                yield [Stored(one["Key"][cut:], one["Size"], one["LastModified"]) for one in contents]
            if not found.get("IsTruncated"):
                return
            more["ContinuationToken"] = found["NextContinuationToken"]

    def clear_unfinished(self, before: datetime) -> int:
        with errors_said():
            found = self._client.list_multipart_uploads(**self._bucket, Prefix=self._prefix).get("Uploads", ())
            old = [one for one in found if one["Initiated"] < before]
            for one in old:
                self._client.abort_multipart_upload(**self._bucket, Key=one["Key"], UploadId=one["UploadId"])
        return len(old)

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        self._refuse_versions()
        return Batches(self._client, self._bucket, self._prefix, self.size).delete(keys)

    def _refuse_versions(self) -> None:
        """Before anything is deleted, so that whatever goes wrong here leaves all as it was."""
        try:
            with errors_said():
                keeps = self._client.get_bucket_versioning(**self._bucket).get("Status")
        except StorageError as error:
            raise Untouched(str(error)) from error
        if keeps:
            raise Untouched(VERSIONS)

    def _write_parts(self, key: str, pieces: Iterator[bytes]) -> None:
        """The storage shows a file when all of its parts are put together, and not before."""
        at = self._at(key)
        upload = {**at, "UploadId": self._client.create_multipart_upload(**at)["UploadId"]}
        try:
            parts = [
                {"PartNumber": n, "ETag": self._client.upload_part(**upload, PartNumber=n, Body=piece)["ETag"]}
                for n, piece in enumerate(pieces, start=1)
            ]
            self._client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        except BaseException:
            with suppress(Exception):  # what stays behind is cleared later
                self._client.abort_multipart_upload(**upload)
            raise

    def _or_absent(self, ask: Callable[[], Any]) -> Any:
        """What is answered; None when the file is not there and the bucket is."""
        from botocore.exceptions import ClientError

        try:
            return ask()
        except ClientError as error:
            if code(error) not in ABSENT:
                raise
        try:
            self._client.head_bucket(**self._bucket)
        except ClientError as error:
            raise StorageError(NO_BUCKET) if code(error) in ABSENT else said(code(error)) from error
        return None

    def _at(self, key: str) -> dict[str, str]:
        return {**self._bucket, "Key": self._prefix + checked_key(key)}


class BodyPieces(Pieces):
    def __init__(self, body: Any, length: int) -> None:
        super().__init__(length)
        self._body = body

    def read(self, size: int) -> bytes:
        with errors_said():
            piece: bytes = self._body.read(size)
            return piece

    def close(self) -> None:
        if self._body is not None:
            self._body.close()
