"""Which objects can be read in parts."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scanner.engine.split import splittable
from scanner.engine.task import Entry
from tests.engine.doubles import Shelf, stored


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"paint": ["red", "blue"] * 100}), file)
    return file.getvalue()


PROSE = b"one line after the other\n" * 100


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.txt", PROSE, True),
        ("a.csv", b"number,name\n1,red\n2,blue\n" * 50, True),
        ("a.tsv", b"number\tname\n1\tred\n2\tblue\n" * 50, True),
        ("a.jsonl", b'{"a": 1}\n' * 100, True),
        ("a.parquet", parquet(), True),
        ("a.json", b'{"a": [1, 2, 3], "b":\n {"c": 1}}', False),
        ("a.gz", b"\x1f\x8b\x08" + bytes(100), False),
        ("a.pdf", b"%PDF-1.7\n" + bytes(100), False),
        ("wide.txt", b"\xff\xfe" + PROSE.decode().encode("utf-16-le"), False),
        ("wide without a mark.txt", PROSE.decode().encode("utf-16-be"), False),
        ("locked", "denied", False),
    ],
)
def test_only_what_can_be_read_from_the_middle_is_split(name: str, content: bytes | str, wanted: bool) -> None:
    assert splittable(Entry(0, stored(name, 10**9)), Shelf({name: content})) is wanted


def test_what_only_this_process_can_read_is_not_split() -> None:
    assert not splittable(Entry(0, stored("a.txt", 10**9), portable=False), Shelf({"a.txt": PROSE}))
