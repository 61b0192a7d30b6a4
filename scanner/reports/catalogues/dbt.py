"""dbt: properties of sources, with what is in a column under `meta`.

YAML in which every name and value is quoted as JSON has it, which YAML reads alike. `meta` stands under `config`, as dbt has it from
version 1.10 on. https://docs.getdbt.com/reference/resource-configs/meta
"""

from collections.abc import Iterator

from scanner.model.records import Run
from scanner.reports.catalogues.labels import Label, readable, table_names
from scanner.reports.catalogues.sink import CatalogueSink, Labelled
from scanner.reports.datasets import Dataset
from scanner.reports.encode import encode_line

Json = dict[str, object]


class DbtSink(CatalogueSink):
    """Writes one properties file."""

    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:  # noqa: ARG002 - properties carry no run
        """A source with a table for each dataset."""
        yield b"version: 2\nsources:\n"
        yield b"  - name: " + _scalar(self._options.catalogues.dbt.source)
        yield b"    tables:\n" if datasets else b"    tables: []\n"
        names = table_names([dataset for dataset, _ in datasets])
        for dataset, labels in datasets:
            yield from _table(names[dataset], dataset, labels)


def _table(name: str, dataset: Dataset, labels: list[Label]) -> Iterator[bytes]:
    location = readable(f"s3://{dataset.name}" if dataset.store == "s3" else dataset.name)
    meta: Json = {"location": location} | ({"partitions": list(map(readable, dataset.partitions))} if dataset.partitions else {})
    yield b"      - name: " + _scalar(name)
    yield b"        config:\n          meta:\n            dowse: " + encode_line(meta)
    yield b"        columns:\n"
    for label in labels:
        yield b"          - name: " + _scalar(label.name)
        yield b"            config:\n              meta:\n                dowse: " + encode_line(_meta(label))


def _meta(label: Label) -> Json:
    return {
        "level": label.level,
        "category": label.category.value,
        "regulations": list(label.regulations),
        "identifiers": [
            {
                "id": one.identifier.id,
                "confidence": one.confidence.name.lower(),
                "share": None if one.share is None else round(one.share, 4),
            }
            for one in label.held
        ],
    }


def _scalar(text: str) -> bytes:
    """A quoted scalar and the end of the line."""
    line = encode_line({"": text})
    return line[line.index(b":") + 1 : -2] + b"\n"
