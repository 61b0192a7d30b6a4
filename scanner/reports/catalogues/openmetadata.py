"""OpenMetadata: one request that tags columns of tables, the body of `POST /api/v1/columns/bulk-update-async`.

A tag is a suggestion, which its owner confirms: `state` says so. The names of columns are made of service, database, schema, table and
column, those with a dot in quotes. What separates names in OpenMetadata, and quotes, its own ingestion keeps as words.

Source: the classes of the package openmetadata-ingestion 2.0.7, which take what is written here.
"""

from collections.abc import Iterator
from typing import Final

from scanner.model.records import Run
from scanner.reports.catalogues.labels import Label, readable
from scanner.reports.catalogues.sink import CatalogueSink, Labelled
from scanner.reports.datasets import Dataset
from scanner.reports.encode import encode_line
from scanner.reports.html.charts import percent

Json = dict[str, object]


_KEPT_AS: Final = {"::": "colon", ">": "arrow", '"': "quote", "\n": "newline", "\r": "carriage_return", "\t": "tab"}


class OpenmetadataSink(CatalogueSink):
    """Writes the request."""

    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:  # noqa: ARG002 - tags carry no run
        """One JSON object."""
        comma = b'{"columnUpdates": [\n'
        for dataset, labels in datasets:
            for label in labels:
                yield comma + encode_line(self._update(dataset, label)).removesuffix(b"\n")
                comma = b",\n"
        yield b"\n]}\n" if datasets else b'{"columnUpdates": []}\n'

    def _update(self, dataset: Dataset, label: Label) -> Json:
        settings = self._options.catalogues.openmetadata
        table = "!".join((dataset.path or dataset.bucket, *dataset.member))
        names = (settings.service, settings.database, dataset.bucket or dataset.store, table, *label.names)
        tags = [f"level_{label.level}", *label.regulations]
        return {
            "columnFQN": ".".join(_quoted(_kept(readable(name))) for name in names),
            "entityType": "table",
            "tags": [self._tag(tag, _reason(label)) for tag in tags],
        }

    def _tag(self, name: str, reason: str) -> Json:
        fqn = f"{_quoted(self._options.catalogues.openmetadata.classification)}.{_quoted(name)}"
        return {"tagFQN": fqn, "source": "Classification", "labelType": "Automated", "state": "Suggested", "reason": reason}


def _reason(label: Label) -> str:
    """`USA_SOCIAL_SECURITY_NUMBER in 98 % of the rows, EMAIL_ADDRESS`."""
    shares = (f" in {percent(min(one.count, one.values), one.values)} of the rows" if one.values else "" for one in label.held)
    return ", ".join(f"{one}{share}" for one, share in zip(label.identifiers, shares, strict=True))


def _kept(name: str) -> str:
    """A name as OpenMetadata has it: `a>b` is `a__reserved__arrow__b` there."""
    for text, word in _KEPT_AS.items():
        name = name.replace(text, f"__reserved__{word}__")
    return name


def _quoted(name: str) -> str:
    """A part of a fully qualified name: in quotes if it has a dot in it."""
    return f'"{name}"' if "." in name else name
