"""Lines that wait until the end, in memory or on disk."""

import io

from scanner.reports.spool import Spool


def test_what_is_kept_comes_out_in_its_order_as_lines_and_as_a_whole() -> None:
    spool = Spool()
    spool.add(b"one\n")
    spool.add(b"two\n")
    out = io.BytesIO()
    spool.pour(out)
    assert out.getvalue() == b"one\ntwo\n"
    assert list(spool.lines()) == [b"one\n", b"two\n"]


def test_more_than_memory_should_hold_lies_on_disk() -> None:
    spool = Spool()
    spool.add(bytes(1 << 21))
    assert spool._file._rolled  # type: ignore[attr-defined]  # no public word for it
