"""Writes Arrow's stream and file form."""

import io

import pyarrow as pa


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
