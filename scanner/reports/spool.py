"""What can only be written at the end, kept on disk until then: formats that begin with a count, or have the worst first."""

import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from scanner.errors import DowseError

_IN_MEMORY: Final = 1 << 20


class Spool:
    """Bytes that wait. The file has no name and its owner's rights only."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the sink

    def add(self, data: bytes) -> None:
        """Keeps `data` behind what is there.

        :raises DowseError: if the disk of the temporary files is full
        """
        try:
            self._file.write(data)
        except OSError as error:
            raise DowseError(f"{tempfile.gettempdir()}: cannot be written: {error.strerror}; free some space or set TMPDIR") from None

    def lines(self) -> Iterator[bytes]:
        """What is kept, line by line."""
        self._file.seek(0)
        yield from self._file

    def pour(self, out: BinaryIO) -> None:
        """Writes everything to `out`."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, out)

    def __del__(self) -> None:
        self._file.close()
