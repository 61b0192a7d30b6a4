"""Files of rules: what is in them, what is wrong with them, and how they are changed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.findings.rule_files import add_rule, remove_rule, rules_in
from scanner.findings.rules import Rule, parse_rules

FINGERPRINT = "0123456789abcdef" * 2
WHOLE = f"""
# ours
[[suppress]]
id = "old"
identifiers = ["SSN"]
paths = ["legacy/**"]
fingerprints = ["{FINGERPRINT}"]
reason = "tests"
owner = "ann"
expires = 2027-01-31
"""


def test_a_whole_rule() -> None:
    rule = Rule("old", "tests", "ann", ("SSN",), ("legacy/**",), (FINGERPRINT,), date(2027, 1, 31))
    assert parse_rules(WHOLE, "a.toml") == (rule,)
    assert rule.holds(date(2027, 1, 30))
    assert not rule.holds(date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[suppress]]\nid = 'a'\nreason = 'b'\n", "a.toml: rule 1: would suppress everything"),
        ("[[suppress]]\nid = 'a'\npaths = ['b']\n", "rule 1: needs an id and a reason"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\npath = ['c']\n", "there is no key 'path'"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\npaths = 'c'\n", "paths is a list of texts"),
        ("[[suppress]]\nid = 'a'\nreason = 1\npaths = ['c']\n", "reason is a text"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\npaths = ['c{d,e}']\n", "rule 1: path pattern"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\nfingerprints = ['c']\n", "'c' is no fingerprint"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\npaths = ['c']\nexpires = '2027-01-01'\n", "without quotes"),
        ("[[suppress]]\nid = 'a'\nreason = 'b'\npaths = ['c']\n" * 2, "two rules are called 'a'"),
        ("[[rule]]\nid = 'a'\n", "something else than"),
        ("suppress = 1\n", "something else than"),
        ("[[", "is no TOML"),
    ],
)
def test_mistakes_are_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=r"a\.toml") as caught:
        parse_rules(text, "a.toml")
    assert message in str(caught.value)


def test_a_rule_is_added_and_taken_out_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(WHOLE + "\n# about the next\n" + WHOLE.replace('"old"', '"other"'))
    before = path.read_text()
    add_rule(str(path), Rule("new", "why", identifiers=("A",)))
    assert [rule.id for rule in rules_in(str(path))] == ["old", "other", "new"]
    remove_rule(str(path), "new")
    assert path.read_text().rstrip() == before.rstrip()
    remove_rule(str(path), "old")
    assert [rule.id for rule in rules_in(str(path))] == ["other"]
    assert "# about the next" in path.read_text()
    with pytest.raises(ConfigError, match="there is no rule 'old'; there are other"):
        remove_rule(str(path), "old")
    with pytest.raises(ConfigError, match="there is a rule 'other' already"):
        add_rule(str(path), Rule("other", "why", identifiers=("A",)))


_TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda text: text.strip() == text)


@given(_TEXTS, _TEXTS, st.lists(_TEXTS, min_size=1, max_size=3), st.one_of(st.none(), st.dates()))
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, name: str, reason: str, identifiers: list[str], expires: date | None
) -> None:
    path = str(tmp_path_factory.mktemp("rules") / "rules.toml")
    rule = Rule(name, reason, "", tuple(identifiers), expires=expires)
    add_rule(path, Rule("before", "b", identifiers=("A",)))
    add_rule(path, rule) if name != "before" else None
    assert rules_in(path)[1:] == ((rule,) if name != "before" else ())
