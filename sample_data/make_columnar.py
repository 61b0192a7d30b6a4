"""Arrow, ORC, Avro and SQLite: the same kind of table in each of them."""

import io
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Final

import pyarrow as pa
import zstandard
from pyarrow import feather, ipc, orc

from sample_data import made_numbers as numbers
from sample_data.marking import plain, read_marks, trap
from sample_data.people import CARDS, born, card, people, phone, ssn
from sample_data.places import Place
from sample_data.sample import Sample, truth_of
from sample_data.trees import Tree, plain_tree, tree_places

Records = Sequence[dict[str, Tree]]
_MARK: Final = b"sample of blocks"
Write = Callable[[list[dict[str, str]]], bytes]


def samples() -> Iterator[Sample]:
    """Every file."""
    yield _columnar("columnar/customers.feather", _feather, "A Feather file, compressed with LZ4")
    yield _columnar("columnar/customers.arrows", _stream, "An Arrow stream")
    yield _columnar("columnar/customers.orc", _orc, "An ORC file")
    for codec, packed in (("deflate", _deflated), ("snappy", _snappy), ("zstandard", zstandard.compress)):
        yield _columnar(
            f"columnar/{codec}.avro", partial(_avro, codec=codec, packed=packed), f"An Avro file of several blocks, packed with {codec}"
        )
    yield _database()


def _records(seed: str) -> Records:
    rng = Random(seed)
    return [
        {
            "name": someone.listed,
            "ssn": ssn(rng),
            "date_of_birth": born(rng),
            "card_number": card(rng),
            "order_number": trap(CARDS, numbers.card(rng), "the name of its column says order number"),
            "note": f"phone {phone(rng)}",
        }
        for someone in people(rng, 8)
    ]


def _columnar(name: str, write: Write, about: str) -> Sample:
    records = _records(name)
    placed = [placed for index, record in enumerate(records) for placed in tree_places(record, index)]
    return Sample(name, write([plain_tree(record) for record in records]), truth_of(about, placed))


def _feather(records: list[dict[str, str]]) -> bytes:
    held = io.BytesIO()
    feather.write_feather(pa.Table.from_pylist(records), held, compression="lz4")
    return held.getvalue()


def _stream(records: list[dict[str, str]]) -> bytes:
    held = io.BytesIO()
    table = pa.Table.from_pylist(records)
    with ipc.new_stream(held, table.schema) as writer:
        writer.write_table(table, max_chunksize=3)
    return held.getvalue()


def _orc(records: list[dict[str, str]]) -> bytes:
    held = io.BytesIO()
    orc.write_table(pa.Table.from_pylist(records), held, compression="zlib")
    return held.getvalue()


def _avro(records: list[dict[str, str]], codec: str, packed: Callable[[bytes], bytes]) -> bytes:
    """A container of blocks by hand: the library needs a package of its own for each codec."""
    schema = {"type": "record", "name": "Customer", "fields": [{"name": name, "type": "string"} for name in records[0]]}
    head = {"avro.schema": json.dumps(schema), "avro.codec": codec}
    content = b"Obj\x01" + _long(len(head)) + b"".join(_string(name) + _string(value) for name, value in head.items()) + _long(0) + _MARK
    for at in range(0, len(records), 3):
        block = packed(b"".join(_string(value) for record in records[at : at + 3] for value in record.values()))
        content += _long(len(records[at : at + 3])) + _long(len(block)) + block + _MARK
    return content


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _snappy(data: bytes) -> bytes:
    return bytes(pa.Codec("snappy").compress(data, asbytes=True)) + zlib.crc32(data).to_bytes(4, "big")


def _string(text: str) -> bytes:
    return _long(len(text.encode())) + text.encode()


def _long(number: int) -> bytes:
    """A number in zigzag form, seven bits a byte."""
    left, found = number << 1, bytearray()
    while left > 0x7F:
        found.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes((*found, left))


def _database() -> Sample:
    records = _records("database")
    names = list(records[0])
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE customers ({', '.join(names)})")
        filled = f"INSERT INTO customers VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - only question marks
        connection.executemany(filled, [[plain(str(value)) for value in record.values()] for record in records])
        connection.commit()
        content = bytes(connection.serialize())
    connection.close()
    placed = [
        (mark, Place.of_slice(f"row {row}, column {column} customers.{name}", mark.start, mark.end))
        for row, record in enumerate(records, 1)
        for column, (name, value) in enumerate(record.items(), 1)
        for mark in read_marks(str(value))[1]
    ]
    return Sample("columnar/customers.db", content, truth_of("A SQLite database", placed))
