"""AWS Glue Data Catalog: LF-tags of Lake Formation on columns.

One JSON object a line: `operation`, a command of `aws lakeformation`, and `input`, what it takes as `--cli-input-json` (and boto3 as
arguments). The tags that are needed are made first. Lake Formation keeps keys and values in lower case, and gives a column one value of
each key. https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_AddLFTagsToResource.html
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from identifiers.model import Category
from identifiers.regulations import load_regulations
from scanner.model.records import Run
from scanner.reports.catalogues.labels import Label, outermost, table_names
from scanner.reports.catalogues.sink import CatalogueSink, Labelled
from scanner.reports.encode import encode_line

Json = dict[str, object]
Tags = tuple[tuple[str, str], ...]

_LEVEL: Final = "sensitivity"
_CATEGORY: Final = "data_category"
_YES: Final = "yes"


class GlueSink(CatalogueSink):
    """Writes requests to Lake Formation."""

    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:  # noqa: ARG002 - tags carry no run
        """Tags first, then what is tagged, columns with the same tags together."""
        if not datasets:
            return
        for key, values in self._values().items():
            yield _line("create-lf-tag", self._catalog() | {"TagKey": key, "TagValues": values})
        names = table_names([dataset for dataset, _ in datasets])
        for dataset, labels in datasets:
            # Only outermost columns can be tagged.
            for tags, columns in _by_tags(outermost(labels, self._options.catalogues.levels)):
                yield _line("add-lf-tags-to-resource", self._request(names[dataset], columns, tags))

    def _values(self) -> dict[str, list[str]]:
        levels = [level.lower() for level in self._options.catalogues.levels.order]
        regulations = {one.id.lower(): [_YES] for one in load_regulations().regulations}
        return {_LEVEL: levels, _CATEGORY: [category.value for category in Category]} | regulations

    def _request(self, table: str, columns: list[str], tags: Tags) -> Json:
        database = self._options.catalogues.glue.database
        resource = self._catalog() | {"DatabaseName": database, "Name": table, "ColumnNames": columns}
        lf_tags = [self._catalog() | {"TagKey": key, "TagValues": [value]} for key, value in tags]
        return self._catalog() | {"Resource": {"TableWithColumns": resource}, "LFTags": lf_tags}

    def _catalog(self) -> Json:
        catalog = self._options.catalogues.glue.catalog_id
        return {"CatalogId": catalog} if catalog else {}


def _by_tags(labels: list[Label]) -> Iterator[tuple[Tags, list[str]]]:
    """Tags with the columns that have them."""
    for tags, columns in groupby(sorted(labels, key=lambda one: (_tags(one), one.name)), key=_tags):
        yield tags, [one.name.lower() for one in columns]


def _tags(label: Label) -> Tags:
    regulations = ((one.lower(), _YES) for one in label.regulations)
    return ((_LEVEL, label.level.lower()), (_CATEGORY, label.category.value), *regulations)


def _line(operation: str, request: Json) -> bytes:
    return encode_line({"operation": operation, "input": request})
