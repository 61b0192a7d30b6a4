"""DataHub: metadata change proposals, as its `file` source ingests them.

Tags are made, then added to fields by patches, so that what people wrote stays. https://docs.datahub.com/docs/generated/ingestion/sources/file
"""

from collections.abc import Iterator
from typing import Final

import orjson

from scanner.model.records import Run
from scanner.reports.catalogues.labels import Label, readable
from scanner.reports.catalogues.sink import CatalogueSink, Labelled
from scanner.reports.datasets import Dataset
from scanner.reports.encode import encode_line

Json = dict[str, object]

_PREFIX: Final = "dowse."
# https://docs.datahub.com/docs/what/urn/#restrictions
_RESERVED: Final = {",": "%2C", "(": "%28", ")": "%29", "\u241f": "%E2%90%9F"}


class DatahubSink(CatalogueSink):
    """Writes a JSON array of proposals."""

    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:  # noqa: ARG002 - tags carry no run
        """Tags first, then a patch for each dataset."""
        comma = b"[\n"
        for proposal in self._proposals(datasets):
            yield comma + encode_line(proposal).removesuffix(b"\n")
            comma = b",\n"
        yield b"\n]\n" if datasets else b"[]\n"

    def _proposals(self, datasets: Labelled) -> Iterator[Json]:
        tags = {tag: said for _, labels in datasets for label in labels for tag, said in _tags(label).items()}
        for tag, said in sorted(tags.items()):
            properties = {"name": f"{_PREFIX}{tag}", "description": said}
            yield _proposal("tag", _tag_urn(tag), "UPSERT", "tagProperties") | {"aspect": {"json": properties}}
        for dataset, labels in datasets:
            patch = [operation for label in labels for operation in _operations(label)]
            # Its reader takes only whole aspects from a member `json`.
            aspect = {"value": orjson.dumps(patch).decode(), "contentType": "application/json-patch+json"}
            yield _proposal("dataset", self._dataset_urn(dataset), "PATCH", "editableSchemaMetadata") | {"aspect": aspect}

    def _dataset_urn(self, dataset: Dataset) -> str:
        settings = self._options.catalogues.datahub
        instance = f"{settings.platform_instance}." if settings.platform_instance else ""
        platform = "s3" if dataset.store == "s3" else "file"
        name = "".join(_RESERVED.get(character, character) for character in instance + readable(dataset.name))
        return f"urn:li:dataset:(urn:li:dataPlatform:{platform},{name},{settings.env})"


def _tags(label: Label) -> dict[str, str]:
    """The tags of a column, with what they mean."""
    kinds = {one.identifier.id: one.identifier.name for one in label.held}
    regulations = {regulation: f"A regulation that speaks of it: {regulation}" for regulation in label.regulations}
    return {f"level.{label.level}": f"Sensitivity: {label.level}", **regulations, **kinds}


def _operations(label: Label) -> Iterator[Json]:
    for tag in _tags(label):
        urn = _tag_urn(tag)
        path = "/".join(("", "editableSchemaFieldInfo", _pointer(label.name), "globalTags", "tags", _pointer(urn)))
        yield {"op": "add", "path": path, "value": {"tag": urn}}


def _pointer(name: str) -> str:
    """One element of a JSON pointer (RFC 6901, section 3)."""
    return readable(name).replace("~", "~0").replace("/", "~1")


def _tag_urn(tag: str) -> str:
    return f"urn:li:tag:{_PREFIX}" + "".join(_RESERVED.get(character, character) for character in tag)


def _proposal(kind: str, urn: str, change: str, aspect: str) -> Json:
    return {"entityType": kind, "entityUrn": urn, "changeType": change, "aspectName": aspect}
