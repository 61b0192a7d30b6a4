"""Identifier files: what they give, and the message for each way to get one wrong."""

from pathlib import Path

import pytest

from identifiers.errors import IdentifierError
from identifiers.form import BUILT_IN, CUSTOM
from identifiers.loader import load_file
from identifiers.model import Boundary, Category, Certainty, Identifier, KeywordSide, Pattern, Severity, SeverityLevel, ValidatorRef

SOUND = """
[[identifier]]
id = "BADGE"
name = "Badge"
category = "personal"
severity = ["low", "medium", "high"]
pattern = 'B[0-9]{4}'
"""


def load(tmp_path: Path, text: str, form: str = "built-in") -> tuple[Identifier, ...]:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return load_file(str(path), BUILT_IN if form == "built-in" else CUSTOM, shown_as="my.toml")


def message(tmp_path: Path, text: str, form: str = "built-in") -> str:
    with pytest.raises(IdentifierError) as caught:
        load(tmp_path, text, form)
    return str(caught.value)


def test_a_short_table_gives_an_identifier_with_all_defaults(tmp_path: Path) -> None:
    (badge,) = load(tmp_path, SOUND)

    assert badge == Identifier(
        id="BADGE",
        name="Badge",
        category=Category.PERSONAL,
        patterns=(Pattern("B[0-9]{4}", alone=Certainty.HIGH, max_length=5),),
        severity_levels=(SeverityLevel(1, Severity.LOW), SeverityLevel(2, Severity.MEDIUM), SeverityLevel(100, Severity.HIGH)),
    )


def test_every_key_of_an_identifier_arrives(tmp_path: Path) -> None:
    text = """
[[identifier]]
id = "BADGE"
name = "Badge"
description = "What guards look at."
category = "financial"
countries = ["DE", "FR"]
severity_levels = [{ occurrences = 5, severity = "low" }, { occurrences = 50, severity = "high" }]
recommended = false
keywords = ["Badge No", "pass"]
max_distance = 40
keyword_side = "before"
not_names = ["Order"]
ignore_words = ["TEST"]
ignore_values = ["B-00 00"]
references = ["https://badge.example"]
matches = ["badge no «B-12 3{+}4»"]
ignores = ["badge no B-12"]
validator = { name = "luhn", prefix = "9" }
chance = 0.1
boundary = "number"

[[identifier.pattern]]
regex = 'B[0-9]+'
max_length = 9

[[identifier.pattern]]
regex = 'C[0-9]{3}'
validator = "us_ssn"
chance = 0.5
supported = "medium"
boundary = "token"
"""
    (badge,) = load(tmp_path, text)

    assert badge == Identifier(
        id="BADGE",
        name="Badge",
        description="What guards look at.",
        category=Category.FINANCIAL,
        countries=("DE", "FR"),
        patterns=(
            Pattern("B[0-9]+", ValidatorRef("luhn", {"prefix": "9"}), 0.1, boundary=Boundary.NUMBER, max_length=9),
            Pattern("C[0-9]{3}", ValidatorRef("us_ssn"), 0.5, supported=Certainty.MEDIUM, boundary=Boundary.TOKEN, max_length=4),
        ),
        severity_levels=(SeverityLevel(5, Severity.LOW), SeverityLevel(50, Severity.HIGH)),
        recommended=False,
        keywords=("badge no", "pass"),
        max_distance=40,
        keyword_side=KeywordSide.BEFORE,
        not_names=("order",),
        ignore_words=("TEST",),
        ignore_values=frozenset({"b0000"}),
        references=("https://badge.example",),
        matches=("badge no «B-12 34»",),
        ignores=("badge no B-12",),
    )


def test_with_keywords_a_match_needs_one_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    keywords = SOUND + 'keywords = ["badge"]\n'

    assert load(tmp_path, keywords)[0].keyword_required
    assert not load(tmp_path, keywords + "keyword_required = false\n")[0].keyword_required


def test_defaults_of_the_file_hold_where_an_identifier_is_silent(tmp_path: Path) -> None:
    text = '[defaults]\ncategory = "personal"\nseverity = ["high", "high", "high"]\ncountries = ["DE"]\n'
    text += '[[identifier]]\nid = "ONE"\nname = "One"\npattern = "a"\n'
    text += '[[identifier]]\nid = "TWO"\nname = "Two"\npattern = "b"\ncountries = ["FR"]\n'

    assert [identifier.countries for identifier in load(tmp_path, text)] == [("DE",), ("FR",)]


def test_a_built_in_file_takes_shared_lists_of_words_by_name(tmp_path: Path) -> None:
    (badge,) = load(tmp_path, SOUND + 'not_names = ["@phones", "locker"]\n')

    assert "telephone" in badge.not_names
    assert badge.not_names[-1] == "locker"


SOUND_CUSTOM = """
[[identifier]]
id = "badge.v1"
pattern = 'B[0-9]{4}'
"""


def test_a_custom_identifier_has_macies_defaults(tmp_path: Path) -> None:
    (badge,) = load(tmp_path, SOUND_CUSTOM + 'keywords = ["badge"]\n', "custom")

    assert (badge.name, badge.category, badge.max_distance) == ("badge.v1", Category.CUSTOM, 50)
    assert badge.keyword_side is KeywordSide.BEFORE
    assert badge.severity_levels == (SeverityLevel(1, Severity.MEDIUM),)
    assert badge.patterns[0].boundary is Boundary.NONE
    assert badge.keyword_required


BUILT_IN_ERRORS = {
    "unknown key": ('keyword = ["x"]', "my.toml: BADGE: keyword: is no key that is known here; did you mean 'keywords'?"),
    "misspelt key": ("recomended = true", "my.toml: BADGE: recomended: is no key that is known here; did you mean 'recommended'?"),
    "list with a number": ("keywords = [1]", "my.toml: BADGE: keywords: must be a list of texts, none of them empty"),
    "text for a list": ('countries = "DE"', "my.toml: BADGE: countries: must be a list of texts, none of them empty"),
    "twice the same": ('keywords = ["a b", "a b"]', "my.toml: BADGE: keywords: 'a b' stands twice; remove one"),
    "country": ('countries = ["Germany"]', "my.toml: BADGE: countries: 'Germany' is no ISO 3166 alpha-2 code such as DE"),
    "distance": ("max_distance = 301", "my.toml: BADGE: max_distance: must be a whole number from 1 to 300"),
    "distance as flag": ("max_distance = true", "my.toml: BADGE: max_distance: must be a whole number from 1 to 300"),
    "flag": ('recommended = "yes"', "my.toml: BADGE: recommended: must be true or false"),
    "choice": ('keyword_side = "after"', "my.toml: BADGE: keyword_side: must be one of either, before, name"),
    "boundary": ('boundary = "line"', "my.toml: BADGE: boundary: must be one of word, number, token, none"),
    "chance without validator": ("chance = 0.5", "my.toml: BADGE: chance: says nothing without a validator; remove it"),
    "chance missing": (
        'validator = "luhn"',
        "my.toml: BADGE: chance: is missing; say what share of random values the validator accepts, above 0 and at most 1",
    ),
    "chance of nought": ('validator = "luhn"\nchance = 0', "my.toml: BADGE: chance: must be a number above 0 and at most 1"),
    "judged with a pattern": ("judged = true", "my.toml: BADGE: pattern: has no use where no pattern is matched; remove it, or `judged`"),
    "keyword required": ("keyword_required = true", "my.toml: BADGE: keyword_required: needs keywords; add the key `keywords`"),
    "alone against keyword": (
        'keywords = ["badge"]\nalone = "low"',
        'my.toml: BADGE: alone: must be "none" where a keyword is required; set keyword_required = false or remove it',
    ),
    "length too short": (
        "max_length = 3",
        "my.toml: BADGE: max_length: is 3, but the regex matches up to 5 characters; raise it or leave it out",
    ),
    "both severities": (
        'severity_levels = [{ occurrences = 1, severity = "low" }]',
        "my.toml: BADGE: severity: stands beside severity_levels; remove one of the two",
    ),
    "empty description": ('description = " "', "my.toml: BADGE: description: must be a text that is not empty"),
    "list of words": ('not_names = ["@phone"]', "my.toml: BADGE: not_names: there is no list 'phone'; did you mean 'phones'?"),
}


@pytest.mark.parametrize(("line", "expected"), BUILT_IN_ERRORS.values(), ids=BUILT_IN_ERRORS)
def test_a_wrong_key_is_named_with_its_remedy(tmp_path: Path, line: str, expected: str) -> None:
    assert message(tmp_path, SOUND + line + "\n") == expected


REPLACED = {
    "no id": ('id = "BADGE"\n', "", "my.toml: identifier 1: id: is missing; add it"),
    "odd id": ('"BADGE"', '"badge"', "my.toml: badge: id: must have the form [A-Z][A-Z0-9_()]{1,79}"),
    "no name": ('name = "Badge"\n', "", "my.toml: BADGE: name: is missing; add it"),
    "no category": ('category = "personal"\n', "", "my.toml: BADGE: category: is missing; add credentials, financial or personal"),
    "no severity": ("severity", "# severity", 'my.toml: BADGE: severity: is missing; add it, e.g. ["low", "medium", "high"]'),
    "two severities": (
        '"low", ',
        "",
        "my.toml: BADGE: severity: must be three of low, medium, high: for 1, 2 to 99, and 100 or more occurrences",
    ),
    "no pattern": ("pattern", "# pattern", "my.toml: BADGE: pattern: must be one or more tables"),
    "pattern is a number": ("'B[0-9]{4}'", "5", "my.toml: BADGE: pattern: must be one or more tables"),
    "open-ended": (
        "{4}",
        "+",
        "my.toml: BADGE: pattern: sets no limit to its length; use {m,n} in place of * and +, or add the key `max_length`",
    ),
    "endless": ("{4}", "{99999}", "my.toml: BADGE: pattern: matches up to 100000 characters; 20000 are allowed"),
    "recursion": ("{4}", "(?R)", "my.toml: BADGE: pattern: the group at character 7 is of a kind that is not supported; rewrite it"),
    "stray bracket": ("{4}", ")", "my.toml: BADGE: pattern: the bracket at character 7 closes nothing"),
    "no identifiers": ("[[identifier]]", "[x]", "my.toml: identifier: must be one or more tables"),
    "unknown top key": (
        "[[identifier]]",
        "version = 1\n[[identifier]]",
        "my.toml: version: is no key that is known here; known are defaults, identifier",
    ),
    "unknown default": (
        "[[identifier]]",
        "[defaults]\ncategorie = 1\n[[identifier]]",
        "my.toml: defaults: categorie: is no key that is known here; did you mean 'category'?",
    ),
    "defaults no table": ("[[identifier]]", "defaults = 1\n[[identifier]]", "my.toml: defaults: must be a table"),
}


@pytest.mark.parametrize(("old", "new", "expected"), REPLACED.values(), ids=REPLACED)
def test_a_missing_or_broken_part_is_named_with_its_remedy(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert message(tmp_path, SOUND.replace(old, new, 1)) == expected


def test_an_unknown_validator_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    assert message(tmp_path, SOUND + 'validator = "lune"\nchance = 0.1\n').startswith(
        "my.toml: BADGE: validator: must be, or have the name of, one of base58check, base64_token, "
    )


def test_an_error_in_one_of_several_patterns_says_in_which(tmp_path: Path) -> None:
    text = SOUND.replace("pattern = 'B[0-9]{4}'", "[[identifier.pattern]]\nregex = 'a'\n[[identifier.pattern]]\nregx = 'b'")

    assert message(tmp_path, text) == "my.toml: BADGE: pattern 2: regex: is missing; add it"


LEVEL_ERRORS = {
    "descending": (
        '[{ occurrences = 5, severity = "low" }, { occurrences = 2, severity = "high" }]',
        "my.toml: badge.v1: severity_levels: must ascend by occurrences; put the smallest first, each once",
    ),
    "four": (
        '[{occurrences=1,severity="low"},{occurrences=2,severity="low"},{occurrences=3,severity="low"},{occurrences=4,severity="low"}]',
        "my.toml: badge.v1: severity_levels: has 4 thresholds; 3 are allowed",
    ),
    "no occurrences": (
        '[{ severity = "low" }]',
        "my.toml: badge.v1: severity_levels 1: occurrences: is missing; add the number of occurrences from which on the severity holds",
    ),
    "no severity": ("[{ occurrences = 1 }]", "my.toml: badge.v1: severity_levels 1: severity: is missing; add one of low, medium, high"),
    "unknown severity": (
        '[{ occurrences = 1, severity = "urgent" }]',
        "my.toml: badge.v1: severity_levels 1: severity: must be one of low, medium, high",
    ),
    "unknown key": (
        '[{ occurrences = 1, severity = "low", colour = "red" }]',
        "my.toml: badge.v1: severity_levels 1: colour: is no key that is known here; known are occurrences, severity",
    ),
}


@pytest.mark.parametrize(("levels", "expected"), LEVEL_ERRORS.values(), ids=LEVEL_ERRORS)
def test_wrong_severity_levels_are_refused(tmp_path: Path, levels: str, expected: str) -> None:
    assert message(tmp_path, SOUND_CUSTOM + f"severity_levels = {levels}\n", "custom") == expected


MACIE_LIMITS = {
    "regex": ("pattern = '" + "a" * 513 + "'", "pattern: has 513 characters; 512 are allowed"),
    "keywords": ("keywords = [" + ",".join(f'"key {n}"' for n in range(51)) + "]", "keywords: has 51 entries; 50 are allowed"),
    "short keyword": ('keywords = ["id"]', "keywords: 'id' has 2 characters; 3 to 90 are allowed"),
    "long keyword": (f'keywords = ["{"k" * 91}"]', f"keywords: '{'k' * 91}' has 91 characters; 3 to 90 are allowed"),
    "ignore words": ("ignore_words = [" + ",".join(f'"word{n}"' for n in range(11)) + "]", "ignore_words: has 11 entries; 10 are allowed"),
    "short ignore word": ('ignore_words = ["abc"]', "ignore_words: 'abc' has 3 characters; 4 to 90 are allowed"),
    "distance": ("max_distance = 301", "max_distance: must be a whole number from 1 to 300"),
    "category": ('category = "personal"', "category: must be custom in your own files; remove it"),
    "description": (f'description = "{"d" * 513}"', "description: has 513 characters; 512 are allowed"),
    "name of another product": (
        "maximumMatchDistance = 5",
        "maximumMatchDistance: is no key that is known here; did you mean 'max_distance'?",
    ),
    "regex under its other name": ("regex = 'a'", "regex: is no key that is known here; did you mean 'pattern'?"),
}


@pytest.mark.parametrize(("line", "expected"), MACIE_LIMITS.values(), ids=MACIE_LIMITS)
def test_macies_limits_hold_for_custom_identifiers(tmp_path: Path, line: str, expected: str) -> None:
    base = SOUND_CUSTOM if not line.startswith("pattern") else '[[identifier]]\nid = "badge.v1"\n'

    assert message(tmp_path, base + line + "\n", "custom") == f"my.toml: badge.v1: {expected}"


def test_a_custom_id_may_be_128_characters_long_and_no_longer(tmp_path: Path) -> None:
    longest = SOUND_CUSTOM.replace("badge.v1", "b" * 128)

    assert load(tmp_path, longest, "custom")[0].id == "b" * 128
    assert message(tmp_path, longest.replace("bb", "bbb", 1), "custom").endswith("id: must have the form [A-Za-z0-9_.-]{1,128}")


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    answer = message(tmp_path, SOUND.replace('"BADGE"', '"BADGE'))

    # The words between are Python's own.
    assert answer.startswith("my.toml: is not valid TOML: ")
    assert "line 3" in answer


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IdentifierError, match=r"no\.toml: cannot be read \(No such file or directory\)"):
        load_file(str(tmp_path / "no.toml"), CUSTOM)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[[identifier]]\nid = "caf\xe9"\n')

    with pytest.raises(IdentifierError, match=r"latin\.toml: is not UTF-8; save it as UTF-8"):
        load_file(str(path), CUSTOM)
