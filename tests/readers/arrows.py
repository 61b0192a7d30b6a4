"""Writes Arrow's stream and file form and ORC, and changes them where they have to be wrong."""

import io

import pyarrow as pa
from pyarrow import orc


def as_file(table: pa.Table, rows: int | None = None, compression: str | None = None) -> bytes:
    """The file form, which is Feather version 2."""
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table, max_chunksize=rows)
    return sink.getvalue()


def as_stream(table: pa.Table, rows: int | None = None, compression: str | None = None) -> bytes:
    """The stream form."""
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table, max_chunksize=rows)
    return sink.getvalue()


def as_orc(table: pa.Table, **options: object) -> bytes:
    """ORC."""
    sink = io.BytesIO()
    orc.write_table(table, sink, **options)
    return sink.getvalue()
