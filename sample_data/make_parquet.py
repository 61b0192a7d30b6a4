"""Parquet: every way to store the same kinds of values."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import BIRTH, CARD, CARDS, EMAIL, SSN, Person, born, card, people, phone, ssn
from sample_data.sample import Sample, truth_of
from sample_data.trees import Tree, Typed, plain_tree, tree_places, whole

Records = Sequence[dict[str, Tree]]


def samples() -> Iterator[Sample]:
    """Every Parquet file."""
    yield _plain()
    yield _nested()
    yield _dictionary()
    yield _numbers()
    yield _row_groups()
    yield _no_rows()


def parquet_sample(name: str, records: Records, schema: pa.Schema, about: str, compression: str = "snappy") -> Sample:
    """A Parquet file; records count from 0."""
    table = pa.Table.from_pylist([plain_tree(record) for record in records], schema=schema)
    held = io.BytesIO()
    pq.write_table(table, held, compression=compression, row_group_size=50)
    placed = [placed for index, record in enumerate(records) for placed in tree_places(record, index)]
    return Sample(name, held.getvalue(), truth_of(about, placed))


def _strings(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.string()) for name in names]


def _plain() -> Sample:
    rng = Random("parquet plain")
    records = [
        {"name": someone.listed, "email": someone.email, "ssn": ssn(rng), "visits": rng.randint(1, 40)} for someone in people(rng, 15)
    ]
    records[7]["ssn"] = None
    schema = pa.schema([*_strings("name", "email", "ssn"), ("visits", pa.int32())])
    return parquet_sample("parquet/customers.parquet", records, schema, "Plain columns, snappy, a null among the values")


def _nested() -> Sample:
    rng = Random("parquet nested")
    account = pa.struct(
        [("holder", pa.struct(_strings("name", "ssn"))), ("cards", pa.list_(pa.struct(_strings("card_number", "order_id"))))]
    )
    records = []
    for someone in people(rng, 6):
        order = trap(CARDS, numbers.card(rng), "an order id, though its check digit fits")
        cards = [{"card_number": card(rng), "order_id": order} for _ in range(rng.randint(0, 3))]
        records.append({"account": {"holder": {"name": someone.listed, "ssn": ssn(rng)}, "cards": cards}, "emails": [someone.email]})
    schema = pa.schema([("account", account), ("emails", pa.list_(pa.string()))])
    return parquet_sample("parquet/nested.parquet", records, schema, "Structs in structs, lists of structs of changing length")


def _dictionary() -> Sample:
    rng = Random("parquet dictionary")
    staff = people(rng, 3)
    records = [
        {"country": rng.choice(["SE", "DK", "NO"]), "agent_email": rng.choice(staff).email, "stars": rng.randint(1, 5)} for _ in range(40)
    ]
    text = pa.dictionary(pa.int32(), pa.string())
    schema = pa.schema([("country", text), ("agent_email", text), ("stars", pa.int8())])
    return parquet_sample(
        "parquet/dictionary.parquet", records, schema, "Few distinct values, dictionary-encoded, zstd", compression="zstd"
    )


_NUMBER_TYPES: Final = {
    "ssn": pa.int64(),
    "card_number": pa.int64(),
    "debit_card": pa.decimal128(16, 0),
    "date_of_birth": pa.date32(),
    "hired": pa.date32(),
    "bytes_stored": pa.int64(),
    "balance": pa.decimal128(9, 2),
    "seen": pa.timestamp("us", tz="UTC"),
    "share": pa.float64(),
    "payload": pa.binary(),
}


def _numbers() -> Sample:
    rng = Random("parquet numbers")
    records = [_account(rng, someone) for someone in people(rng, 8)]
    about = "Integers, decimals, dates, timestamps, floats and text as plain bytes"
    return parquet_sample("parquet/numbers.parquet", records, pa.schema(_NUMBER_TYPES), about)


def _account(rng: Random, owner: Person) -> dict[str, Tree]:
    count = trap(SSN, str(rng.randint(219_000_000, 699_000_000)), "a plain count of bytes")
    return {
        "ssn": whole(found(SSN, numbers.us_ssn(rng, ""))),
        "card_number": whole(card(rng)),
        "debit_card": Typed(found(CARD, numbers.card(rng)), Decimal),
        "date_of_birth": Typed(born(rng), date.fromisoformat),
        "hired": Typed(trap(BIRTH, f"201{rng.randint(0, 9)}-03-01", "the day of hiring"), date.fromisoformat),
        "bytes_stored": whole(count),
        "balance": Decimal(rng.randint(100, 99999)) / 100,
        "seen": datetime(2024, 5, 12, 6, rng.randint(0, 59), tzinfo=UTC),
        "share": rng.random(),
        "payload": Typed(f'{{"contact": "{owner.email}"}}', str.encode),
    }


def _row_groups() -> Sample:
    rng = Random("parquet row groups")
    records: list[dict[str, Tree]] = [{"id": index, "message": f"delivered to bay {rng.randint(1, 90)}"} for index in range(500)]
    for index, value in ((3, phone(rng)), (250, phone(rng)), (499, phone(rng))):
        records[index]["message"] += f", phone {value}"
    records[251]["message"] += f", mail {found(EMAIL, 'bay.master@example.org')}"
    schema = pa.schema([("id", pa.int64()), ("message", pa.large_string())])
    return parquet_sample(
        "parquet/row_groups.parquet",
        records,
        schema,
        "Ten row groups of 50; records count through all of them",
        compression="gzip",
    )


def _no_rows() -> Sample:
    return parquet_sample("parquet/no_rows.parquet", [], pa.schema(_strings("ssn")), "A schema without a row")
