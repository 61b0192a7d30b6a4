"""OpenLineage: an event about each dataset, with the facet `tags` on its fields.

https://openlineage.io/spec/facets/1-0-0/TagsDatasetFacet.json, in events of https://openlineage.io/spec/2-0-2/OpenLineage.json
"""

from collections.abc import Iterator
from typing import Final

from scanner.model.records import Run
from scanner.reports.catalogues.labels import Label, readable
from scanner.reports.catalogues.sink import CatalogueSink, Labelled
from scanner.reports.datasets import Dataset
from scanner.reports.encode import encode_line
from scanner.reports.times import timestamp

Json = dict[str, object]

_EVENT: Final = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent"
_FACET: Final = "https://openlineage.io/spec/facets/1-0-0/TagsDatasetFacet.json#/$defs/TagsDatasetFacet"


class OpenlineageSink(CatalogueSink):
    """Writes one event a line."""

    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:
        """An event for each dataset."""
        producer = f"urn:dowse:{run.version}"
        for dataset, labels in datasets:
            tags = [tag for label in labels for tag in _tags(label)]
            facets = {"tags": {"_producer": producer, "_schemaURL": _FACET, "tags": tags}}
            named = {"namespace": _namespace(dataset), "name": readable(_name(dataset)), "facets": facets}
            yield encode_line({"eventTime": timestamp(run.started), "producer": producer, "schemaURL": _EVENT, "dataset": named})


def _namespace(dataset: Dataset) -> str:
    return f"s3://{readable(dataset.bucket)}" if dataset.store == "s3" else "file"


def _name(dataset: Dataset) -> str:
    """The name in its namespace; `/` for a whole bucket."""
    return "!".join((dataset.path or "/", *dataset.member))


def _tags(label: Label) -> Iterator[Json]:
    pairs = [("sensitivity", label.level), *(("identifier", one) for one in label.identifiers)]
    for key, value in (*pairs, *(("regulation", one) for one in label.regulations)):
        yield {"key": key, "value": value, "source": "DOWSE", "field": label.name}
