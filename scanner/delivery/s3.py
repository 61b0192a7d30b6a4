"""A report put into a bucket when it is whole."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from scanner.delivery.aws import client, delivering
from scanner.errors import ConfigError, DeliveryError


def parse_s3(destination: str) -> tuple[str, str]:
    """Bucket and key of `s3://BUCKET/KEY`.

    :raises ConfigError: if one of them is missing
    """
    bucket, _, key = destination.removeprefix("s3://").partition("/")
    if not bucket or not key or key.endswith("/"):
        raise ConfigError(f"--output: {destination}: name the object too, as in s3://reports/today.jsonl")
    return bucket, key


@contextmanager
def into_s3(destination: str) -> Iterator[BinaryIO]:
    """A stream whose content becomes the object when the block ends well; until then it waits in a file without a name."""
    bucket, key = parse_s3(destination)
    store = client("s3")
    with tempfile.TemporaryFile() as waiting:
        yield cast("BinaryIO", _Waiting(waiting))
        waiting.seek(0)
        with delivering(destination):
            store.upload_fileobj(waiting, bucket, key)


class _Waiting:
    """A temporary file that says what is wrong when the disk is full."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            raise DeliveryError(f"{tempfile.gettempdir()}: cannot be written: {error.strerror}; free some space or set TMPDIR") from None

    def flush(self) -> None:
        """Nothing: the object appears as a whole."""

    def isatty(self) -> bool:
        return False
