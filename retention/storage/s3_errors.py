"""What goes wrong with a storage that speaks S3, as a sentence that says what to do and never holds the address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from retention.storage.interface import StorageError

ABSENT = ("404", "NoSuchKey", "NotFound")
REFUSED = ("401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken")

NO_BUCKET = "De opslag van opnamen (S3) kent deze bucket niet. Kijk RECORDINGS_STORAGE na."
NO_ACCESS = "De opslag van opnamen (S3) weigert de toegang. Kijk sleutel en rechten na."
NO_ANSWER = "De opslag van opnamen (S3) antwoordt niet op tijd. Probeer het later opnieuw."
BROKEN = "De opslag van opnamen (S3) geeft een fout. Laat de beheerder haar nakijken en probeer het daarna opnieuw."


def code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def said(code: str) -> StorageError:
    if code in REFUSED:
        return StorageError(NO_ACCESS)
    return StorageError(NO_BUCKET if code == "NoSuchBucket" else BROKEN)


@contextmanager
def errors_said() -> Iterator[None]:
    """Everything that the library or the connection raises, as a sentence; what it says itself may hold the address."""
    from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError, NoCredentialsError
    from urllib3.exceptions import HTTPError

    try:
        yield
    except ClientError as error:
        raise said(code(error)) from error
    except NoCredentialsError as error:
        raise StorageError(NO_ACCESS) from error
    except (ConnectionError, HTTPClientError, HTTPError, OSError) as error:
        raise StorageError(NO_ANSWER) from error
    except BotoCoreError as error:
        raise StorageError(BROKEN) from error
