"""`[buckets]` and `[objects]` of a job file: conditions with their values."""

from collections.abc import Mapping
from typing import Final, TypeVar

from identifiers.fields import Fields
from scanner.errors import ConfigError
from scanner.jobs.conditions import EPOCH, checks_of
from scanner.jobs.model import BucketCriteria, BucketField, Comparator, Condition, Criteria, ObjectField, TagValue
from scanner.posture.trusted_words import trusted_from

FieldT = TypeVar("FieldT", BucketField, ObjectField)

# How Macie's API calls them.
_MACIE_NAMES: Final = {
    "ACCOUNT_ID": "account",
    "S3_BUCKET_NAME": "name",
    "S3_BUCKET_EFFECTIVE_PERMISSION": "permission",
    "S3_BUCKET_SHARED_ACCESS": "shared_access",
    "OBJECT_EXTENSION": "extension",
    "OBJECT_KEY": "key",
    "OBJECT_LAST_MODIFIED_DATE": "last_modified",
    "OBJECT_SIZE": "size",
    "TAG": "tag",
}
_EQUAL: Final = (Comparator.EQ, Comparator.NE)
_TEXT: Final = (*_EQUAL, Comparator.STARTS_WITH, Comparator.GLOB, Comparator.REGEX)
_ORDERED: Final = (*_EQUAL, Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE)
_COMPARATORS: Final[Mapping[BucketField | ObjectField, tuple[Comparator, ...]]] = {
    BucketField.ACCOUNT: _EQUAL,
    BucketField.NAME: _TEXT,
    BucketField.PERMISSION: _EQUAL,
    BucketField.SHARED_ACCESS: _EQUAL,
    BucketField.TAG: _EQUAL,
    ObjectField.KEY: _TEXT,
    ObjectField.EXTENSION: _EQUAL,
    ObjectField.LAST_MODIFIED: _ORDERED,
    ObjectField.SIZE: _ORDERED,
    ObjectField.TAG: _EQUAL,
}
_WORDS: Final[Mapping[BucketField | ObjectField, tuple[str, ...]]] = {
    BucketField.PERMISSION: ("PUBLIC", "NOT_PUBLIC", "UNKNOWN"),
    BucketField.SHARED_ACCESS: ("EXTERNAL", "INTERNAL", "NOT_SHARED", "UNKNOWN"),
}
_SINGLE: Final = (ObjectField.LAST_MODIFIED, ObjectField.SIZE)


def read_buckets(fields: Fields) -> BucketCriteria | None:
    """The criteria of `[buckets]`; None without it. Raises IdentifierError, which names the key."""
    if not fields.has("buckets"):
        return None
    table = fields.table("buckets")
    trust = table.texts("trust")
    try:
        trusted_from(trust)
    except ConfigError as error:
        table.fail("trust", str(error))
    found = BucketCriteria(_criteria(table, BucketField), trust)
    table.finish()
    return found


def read_objects(fields: Fields) -> Criteria:
    """The criteria of `[objects]`; empty ones without it. Raises IdentifierError, which names the key."""
    if not fields.has("objects"):
        return Criteria()
    table = fields.table("objects")
    found = _criteria(table, ObjectField)
    table.finish()
    return found


def _criteria(table: Fields, kind: type[FieldT]) -> Criteria:
    return Criteria(*(_conditions(table, key, kind) for key in ("include", "exclude", "exclude_any")))


def _conditions(table: Fields, key: str, kind: type[FieldT]) -> tuple[Condition, ...]:
    if not table.has(key):
        return ()
    return tuple(_condition(Fields(one, f"{table.where}.{key} {number}"), kind) for number, one in enumerate(table.tables(key), start=1))


def _condition(table: Fields, kind: type[FieldT]) -> Condition:
    field = _field(table, kind)
    allowed = _COMPARATORS[field]
    comparator = table.choice("comparator", Comparator.EQ)
    if comparator not in allowed:
        table.fail("comparator", f"must be one of {', '.join(allowed)} for {field}")
    condition = (
        Condition(field, comparator, tags=_tags(table)) if field.value == "tag" else Condition(field, comparator, _values(table, field))
    )
    table.finish()
    try:
        checks_of(Criteria((condition,)), EPOCH)
    except ConfigError as error:
        table.fail("values", str(error))
    return condition


def _field(table: Fields, kind: type[FieldT]) -> FieldT:
    word = table.text("field")
    word = _MACIE_NAMES.get(word, word)
    known = [one.value for one in kind]
    if word not in known:
        table.fail("field", f"must be one of {', '.join(known)}")
    return kind(word)


def _values(table: Fields, field: BucketField | ObjectField) -> tuple[str, ...]:
    raw = table.value("values")
    several = raw if isinstance(raw, list) else [raw]
    # A date without quotes is a date to TOML, and a size may be a number.
    values = tuple(str(one) for one in several if one is not None and not isinstance(one, bool | dict | list))
    if not values or len(values) != len(several) or not all(values):
        table.fail("values", 'must be a list of values, as in values = ["csv", "json"]')
    if field in _SINGLE and len(values) > 1:
        table.fail("values", f"must be one value for {field}")
    unknown = [value for value in values if value not in _WORDS.get(field, values)]
    if unknown:
        table.fail("values", f"{unknown[0]!r} is none of {', '.join(_WORDS[field])}")
    return values


def _tags(table: Fields) -> tuple[TagValue, ...]:
    tags = []
    for one in table.tables("tags"):
        inner = Fields(one, f"{table.where}: tags")
        # The value of a tag may be empty.
        value = inner.value("value")
        if value is not None and not isinstance(value, str):
            inner.fail("value", "must be a text")
        tag = TagValue(inner.text("key") if inner.has("key") else None, value)
        inner.finish()
        if tag == TagValue():
            table.fail("tags", 'needs a key, a value or both: tags = [{ key = "team", value = "sales" }]')
        tags.append(tag)
    return tuple(tags)
