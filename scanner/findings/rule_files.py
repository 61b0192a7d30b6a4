"""Adds a rule to a file of rules, or takes one out, and leaves everything else in it as it is: comments, order, blanks."""

import json
import os
from datetime import date
from typing import Final

from scanner.errors import ConfigError
from scanner.findings.rules import Rule, load_rules, parse_rules

_HEAD: Final = "[[suppress]]"
_MODE: Final = 0o600


def rules_in(path: str) -> tuple[Rule, ...]:
    """The rules of the file; none if there is no such file. Raises ConfigError as `load_rules`."""
    return load_rules(path) if os.path.exists(path) else ()


def add_rule(path: str, rule: Rule) -> None:
    """Append the rule; the file is made when there is none. Raises ConfigError if there is a rule of this id, or the file is wrong."""
    if any(one.id == rule.id for one in rules_in(path)):
        raise ConfigError(f"{path}: there is a rule {rule.id!r} already; choose another --id, or take that one out first")
    text = _read(path)
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    _replace(path, text + gap + _written(rule))


def remove_rule(path: str, name: str) -> None:
    """Take out the rule of this id. Raises ConfigError if there is none, or it cannot be taken out without harm to the rest."""
    rules, lines = rules_in(path), _read(path).splitlines(keepends=True)
    numbers = [number for number, rule in enumerate(rules) if rule.id == name]
    if not numbers:
        raise ConfigError(f"{path}: there is no rule {name!r}; there are {', '.join(rule.id for rule in rules) or 'none'}")
    starts = [number for number, line in enumerate(lines) if line.strip() == _HEAD] + [len(lines)]
    start, end = starts[numbers[0]], starts[numbers[0] + 1]
    # Comments before the next rule belong to that.
    while end > start and lines[end - 1].strip()[:1] in {"", "#"}:
        end -= 1
    rest = "".join(lines[:start] + lines[end:])
    if parse_rules(rest, path) != tuple(rule for rule in rules if rule.id != name):
        raise ConfigError(f"{path}: rule {name!r} cannot be told from its neighbours; take it out by hand")
    _replace(path, rest)


def _written(rule: Rule) -> str:
    """The rule as TOML. JSON's strings are TOML's too, but for the escape of DEL, which JSON leaves bare."""
    lines = [_HEAD, f"id = {_quoted(rule.id)}"]
    lists = {"identifiers": rule.identifiers, "paths": rule.paths, "fingerprints": rule.fingerprints}
    lines += [f"{name} = [{', '.join(map(_quoted, values))}]" for name, values in lists.items() if values]
    lines.append(f"reason = {_quoted(rule.reason)}")
    lines += [f"owner = {_quoted(rule.owner)}"] if rule.owner else []
    lines += [f"expires = {rule.expires.isoformat()}"] if isinstance(rule.expires, date) else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path and its permissions") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is no text in UTF-8; save it so") from None


def _replace(path: str, text: str) -> None:
    """The new file takes the old one's place when it is whole."""
    draft = f"{path}.new"
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _MODE), "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}; choose another file with --suppressions") from None
