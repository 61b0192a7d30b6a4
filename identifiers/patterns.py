"""The patterns of one identifier, read from its table.

    pattern = '[A-Z]{2}[0-9]{6}'          one pattern; the keys below stand in the identifier's table

    [[identifier.pattern]]                several; keys missing here are taken from the identifier's table
    regex = '[A-Z]{2}[0-9]{6}'
    validator = "luhn"                    or { name = "weighted_mod", weights = [2, 3], modulus = 11 }
    chance = 0.1                          share of random values that the validator accepts; required with `validator`
    alone = "none"                        certainty without a keyword: none, low, medium, high
    supported = "high"                    certainty with one
    boundary = "word"                     word, number, token, none
    max_length = 8                        required where the regex sets no limit; else computed

Keys in the identifier's table hold for all of its patterns that do not say otherwise.
"""

from collections.abc import Mapping

from identifiers.errors import IdentifierError
from identifiers.fields import Fields
from identifiers.form import Form
from identifiers.model import Certainty, Pattern, ValidatorRef
from identifiers.shape import UNBOUNDED, max_width
from identifiers.validators import validator_names

_KEYS = ("validator", "chance", "alone", "supported", "boundary", "max_length")
# Longer matches would need windows that overlap by more than is worth reading twice.
_LONGEST_MATCH = 20_000


def read_patterns(fields: Fields, form: Form, *, has_keywords: bool) -> tuple[Pattern, ...]:
    """The patterns of the identifier whose table is `fields`.

    :raises IdentifierError: naming file, identifier and key
    """
    shared = {key: fields.value(key) for key in _KEYS if fields.has(key)}
    alone = _alone_by_default(fields, has_keywords=has_keywords)
    if isinstance(fields.value("pattern"), str):
        table: Mapping[str, object] = {"regex": fields.text("pattern")}
        return (_pattern(Fields(table, fields.where, shared), form, alone, key="pattern"),)
    tables = fields.tables("pattern")
    places = [f"{fields.where}: pattern {number}" for number in range(1, len(tables) + 1)]
    return tuple(_pattern(Fields(table, where, shared), form, alone, key="regex") for table, where in zip(tables, places, strict=True))


def _alone_by_default(fields: Fields, *, has_keywords: bool) -> Certainty:
    required = fields.flag("keyword_required")
    if required and not has_keywords:
        fields.fail("keyword_required", "needs keywords; add the key `keywords`")
    if required is None:
        required = has_keywords
    if required and fields.value("alone") not in (None, "none"):
        fields.fail("alone", 'must be "none" where a keyword is required; set keyword_required = false or remove it')
    return Certainty.NONE if required else Certainty.HIGH


def _pattern(fields: Fields, form: Form, alone: Certainty, *, key: str) -> Pattern:
    shape = fields.text("regex")
    if len(shape) > form.max_regex:
        fields.fail(key, f"has {len(shape)} characters; {form.max_regex} are allowed")
    validator = _validator(fields)
    pattern = Pattern(
        regex=shape,
        validator=validator,
        chance=_chance(fields, validator),
        alone=fields.choice("alone", alone),
        supported=fields.choice("supported", Certainty.HIGH),
        boundary=fields.choice("boundary", form.boundary),
        max_length=_max_length(fields, shape, key),
    )
    fields.finish()
    return pattern


def _validator(fields: Fields) -> ValidatorRef | None:
    declared = fields.value("validator")
    if declared is None:
        return None
    table = {"name": declared} if isinstance(declared, str) else declared
    if not isinstance(table, Mapping) or table.get("name") not in validator_names():
        fields.fail("validator", f"must be, or have the name of, one of {', '.join(validator_names())}")
    return ValidatorRef(str(table["name"]), {key: value for key, value in table.items() if key != "name"})


def _chance(fields: Fields, validator: ValidatorRef | None) -> float:
    if validator is None and fields.value("chance") is not None:
        fields.fail("chance", "says nothing without a validator; remove it")
    if validator is not None and fields.value("chance") is None:
        fields.fail("chance", "is missing; say what share of random values the validator accepts, above 0 and at most 1")
    return fields.share("chance", 1.0)


def _max_length(fields: Fields, shape: str, key: str) -> int:
    try:
        width = max_width(shape)
    except IdentifierError as error:
        fields.fail(key, str(error).removeprefix(": "))
    declared = fields.whole("max_length", 0, 1, _LONGEST_MATCH)
    if width >= UNBOUNDED and not declared:
        fields.fail(key, "sets no limit to its length; use {m,n} in place of * and +, or add the key `max_length`")
    if declared and declared < width < UNBOUNDED:
        fields.fail("max_length", f"is {declared}, but the regex matches up to {width} characters; raise it or leave it out")
    if width > _LONGEST_MATCH and not declared:
        fields.fail(key, f"matches up to {width} characters; {_LONGEST_MATCH} are allowed")
    return declared or width
