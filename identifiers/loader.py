"""Identifier files: from TOML to `Identifier`, strictly.

    [defaults]                            optional: keys for every identifier of the file that does not have them itself
    category = "personal"

    [[identifier]]
    id = "USA_SOCIAL_SECURITY_NUMBER"     Macie's id where Macie has one
    name = "United States Social Security number"
    description = "..."                   optional
    category = "personal"                 credentials, financial, personal; in users' files always custom
    countries = ["US"]                    ISO 3166 alpha-2; left out: everywhere
    severity = ["high", "high", "high"]   or severity_levels
    recommended = true                    in the default selection
    keywords = ["ssn"]                    whole words; a space also stands for nothing, "_" or "-"
    keyword_required = true               default: true where there are keywords
    max_distance = 30                     characters between keyword and match
    keyword_side = "either"               or "before": counted from the keyword's end to the match's end; "name": in names over it only
    not_names = ["order id"]              a column name or label that says it is something else; built-in: also "@list" of words
    ignore_words = ["EXAMPLE"]            case-sensitive; a match that contains one is dropped
    ignore_values = ["078-05-1120"]       documented examples that are never reported
    judged = true                         built-in only: it has no pattern, keywords or examples; a judgement in `scanner.names` finds it
    references = ["https://..."]
    matches = ["SSN «219-22-9999»"]       what must be found
    ignores = ["SSN 666-22-9999"]         what must not

The modules `patterns`, `severity` and `examples` tell more of their keys.
"""

import os
import tomllib
from collections.abc import Mapping

import regex

from identifiers.errors import IdentifierError
from identifiers.examples import compose
from identifiers.fields import Fields, suggestion
from identifiers.form import Form
from identifiers.model import Category, Identifier
from identifiers.patterns import read_patterns
from identifiers.severity import read_severity
from identifiers.values import comparable
from identifiers.words import spelled_out

_COUNTRY = regex.compile("[A-Z]{2}")
_MAX_NAME = 200
# CreateCustomDataIdentifier: https://docs.aws.amazon.com/macie/latest/APIReference/custom-data-identifiers.html
_MAX_DESCRIPTION = 512
_MAX_DISTANCE = 300


def load_file(path: str, form: Form, *, shown_as: str | None = None) -> tuple[Identifier, ...]:
    """The identifiers of one file, in its order.

    :param form: the limits that hold for it
    :param shown_as: what error messages call the file, if not `path`
    :raises IdentifierError: naming file, identifier and key
    """
    place = shown_as or path
    document = _document(path, place)
    top = Fields(document, place)
    tables = top.tables("identifier")
    defaults = top.value("defaults") if top.has("defaults") else {}
    if not isinstance(defaults, Mapping):
        top.fail("defaults", "must be a table")
    top.finish()
    found = tuple(_identifier(table, defaults, form, f"{place}: {_label(table, n)}") for n, table in enumerate(tables, start=1))
    _refuse_unknown_defaults(defaults, tables, place)
    return found


def _document(path: str, place: str) -> dict[str, object]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise IdentifierError(f"cannot be read ({os.strerror(error.errno or 0)})", where=place) from error
    except UnicodeDecodeError as error:
        raise IdentifierError("is not UTF-8; save it as UTF-8", where=place) from error
    except tomllib.TOMLDecodeError as error:
        raise IdentifierError(f"is not valid TOML: {error}", where=place) from error


def _label(table: Mapping[str, object], number: int) -> str:
    """What error messages call an identifier: its id, or where it stands while it has none."""
    given = table.get("id")
    return given if isinstance(given, str) and given else f"identifier {number}"


def _identifier(table: Mapping[str, object], defaults: Mapping[str, object], form: Form, where: str) -> Identifier:
    fields = Fields(table, where, defaults)
    keywords = _keywords(fields, form)
    judged = _judged(fields, form)
    identifier = Identifier(
        id=_id(fields, form),
        name=_name(fields, form),
        description=_short(fields, "description", _MAX_DESCRIPTION),
        category=_category(fields, form),
        countries=_countries(fields),
        severity_levels=read_severity(fields, form),
        recommended=fields.flag("recommended") is not False,
        keywords=keywords,
        patterns=() if judged else read_patterns(fields, form, has_keywords=bool(keywords)),
        max_distance=fields.whole("max_distance", form.max_distance, 1, _MAX_DISTANCE),
        keyword_side=fields.choice("keyword_side", form.keyword_side),
        not_names=_not_names(fields, form),
        ignore_words=_words(fields, "ignore_words", form.max_ignore_words, form.ignore_word_size),
        ignore_values=frozenset(comparable(compose(value)) for value in fields.texts("ignore_values")),
        references=fields.texts("references"),
        judged=judged,
        matches=tuple(map(compose, fields.texts("matches"))),
        ignores=tuple(map(compose, fields.texts("ignores"))),
    )
    fields.finish()
    return identifier


def _id(fields: Fields, form: Form) -> str:
    given = fields.text("id")
    if not form.id_shape.fullmatch(given):
        fields.fail("id", f"must have the form {form.id_shape.pattern}")
    return given


def _name(fields: Fields, form: Form) -> str:
    name = fields.text("name", fields.text("id") if form.custom else None)
    if len(name) > _MAX_NAME:
        fields.fail("name", f"has {len(name)} characters; {_MAX_NAME} are allowed")
    return name


def _short(fields: Fields, key: str, limit: int) -> str:
    if not fields.has(key):
        return ""
    text = fields.text(key)
    if len(text) > limit:
        fields.fail(key, f"has {len(text)} characters; {limit} are allowed")
    return text


def _category(fields: Fields, form: Form) -> Category:
    if not form.custom and not fields.has("category"):
        fields.fail("category", "is missing; add credentials, financial or personal")
    category = fields.choice("category", Category.CUSTOM)
    if form.custom and category is not Category.CUSTOM:
        fields.fail("category", "must be custom in your own files; remove it")
    return category


def _countries(fields: Fields) -> tuple[str, ...]:
    countries = fields.texts("countries")
    wrong = next((country for country in countries if not _COUNTRY.fullmatch(country)), None)
    if wrong is not None:
        fields.fail("countries", f"{wrong!r} is no ISO 3166 alpha-2 code such as DE")
    return countries


def _judged(fields: Fields, form: Form) -> bool:
    """Whether it does without patterns, and so without all that goes with them."""
    # In users' files it is no key that is known.
    if form.custom or not fields.flag("judged"):
        return False
    extra = next((key for key in ("pattern", "keywords", "not_names", "matches", "ignores") if fields.has(key)), None)
    if extra is not None:
        fields.fail(extra, "has no use where no pattern is matched; remove it, or `judged`")
    return True


def _keywords(fields: Fields, form: Form) -> tuple[str, ...]:
    words = _words(fields, "keywords", form.max_keywords, form.keyword_size)
    spelled = words if form.custom else spelled_out(words, f"{fields.where}: keywords")
    return tuple(dict.fromkeys(word.lower() for word in spelled))


def _not_names(fields: Fields, form: Form) -> tuple[str, ...]:
    names = fields.texts("not_names")
    return tuple(name.lower() for name in (names if form.custom else spelled_out(names, f"{fields.where}: not_names")))


def _words(fields: Fields, key: str, most: int, size: tuple[int, int]) -> tuple[str, ...]:
    words = fields.texts(key)
    if len(words) > most:
        fields.fail(key, f"has {len(words)} entries; {most} are allowed")
    wrong = next((word for word in words if not size[0] <= len(word) <= size[1]), None)
    if wrong is not None:
        fields.fail(key, f"{wrong!r} has {len(wrong)} characters; {size[0]} to {size[1]} are allowed")
    return words


def _refuse_unknown_defaults(defaults: Mapping[str, object], tables: list[Mapping[str, object]], place: str) -> None:
    """A default that no identifier of the file could take is a slip of the pen."""
    known = {*Identifier.__dataclass_fields__, "pattern", "severity", "keyword_required", "validator", "chance", "alone", "supported"}
    known = (known | {"boundary", "max_length"}) - {"id", "name", "patterns"}
    for key in defaults if tables else ():
        if key not in known:
            raise IdentifierError(f"is no key that is known here; {suggestion(key, known)}", where=f"{place}: defaults: {key}")
