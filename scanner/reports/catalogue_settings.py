"""What users say about the data catalogues that the results go into: a TOML file, and what holds without one.

min_share = 0.01            columns in which less of the rows holds something are left out; without it none is
[levels]                    see levels.py
[glue]
database = "lake"           the database of the tables; crawlers make one
catalog_id = "111111111111" the account of the Data Catalog; left out: the caller's
[datahub]
env = "PROD"                the environment in the names of datasets
platform_instance = "eu"    left out: none
[openmetadata]
service = "lake"            the database service that the tables are in
database = "default"        the database in it; the bucket is the schema
classification = "Dowse"    what the tags belong to
[dbt]
source = "lake"             the source that the tables are in
"""

import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields

from identifiers.errors import IdentifierError
from identifiers.fields import Fields
from scanner.errors import ConfigError
from scanner.reports.levels import Levels, read_levels


@dataclass(frozen=True, slots=True)
class GlueSettings:
    """As in the file."""

    database: str = "default"
    catalog_id: str = ""


@dataclass(frozen=True, slots=True)
class DataHubSettings:
    """As in the file."""

    env: str = "PROD"
    platform_instance: str = ""


@dataclass(frozen=True, slots=True)
class OpenMetadataSettings:
    """As in the file."""

    service: str = "lake"
    database: str = "default"
    classification: str = "Dowse"


@dataclass(frozen=True, slots=True)
class DbtSettings:
    """As in the file."""

    source: str = "lake"


@dataclass(frozen=True, slots=True)
class CatalogueSettings:
    """All of the file.

    :param min_share: of the rows of a column; below it what is in the column is not told to data catalogues
    """

    min_share: float = 0.0
    levels: Levels = field(default_factory=Levels)
    glue: GlueSettings = GlueSettings()
    datahub: DataHubSettings = DataHubSettings()
    openmetadata: OpenMetadataSettings = OpenMetadataSettings()
    dbt: DbtSettings = DbtSettings()


def load_catalogue_settings(path: str, ids: Collection[str]) -> CatalogueSettings:
    """What the file at `path` says.

    :param ids: of the identifiers that there are
    :raises ConfigError: naming file, key and remedy
    """
    try:
        with open(path, "rb") as file:
            document = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    try:
        return _settings(Fields(document, path), path, ids)
    except IdentifierError as error:
        raise ConfigError(str(error)) from error


def _settings(top: Fields, path: str, ids: Collection[str]) -> CatalogueSettings:
    settings = CatalogueSettings(
        top.share("min_share", 1.0) if top.has("min_share") else 0.0,
        read_levels(_table(top, "levels"), f"{path}: levels", ids),
        GlueSettings(**_texts(top, "glue", GlueSettings)),
        DataHubSettings(**_texts(top, "datahub", DataHubSettings)),
        OpenMetadataSettings(**_texts(top, "openmetadata", OpenMetadataSettings)),
        DbtSettings(**_texts(top, "dbt", DbtSettings)),
    )
    top.finish()
    return settings


def _table(top: Fields, key: str) -> Mapping[str, object]:
    table = top.value(key) if top.has(key) else {}
    if not isinstance(table, Mapping):
        top.fail(key, "must be a table")
    return table


def _texts(top: Fields, key: str, kind: type) -> dict[str, str]:
    """The texts of a table that has the fields of `kind`."""
    given = Fields(_table(top, key), f"{top.where}: {key}")
    texts = {one.name: given.text(one.name) for one in fields(kind) if given.has(one.name)}
    given.finish()
    return texts
