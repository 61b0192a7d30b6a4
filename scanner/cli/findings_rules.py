"""Writes rules that suppress findings, and takes them out."""

import os
from dataclasses import dataclass
from datetime import date

import regex

from scanner.cli.findings_search import Search, the_one
from scanner.cli.printing import print_text
from scanner.errors import ConfigError
from scanner.findings.path_patterns import WITH_BUCKETS
from scanner.findings.rule_files import add_rule, remove_rule
from scanner.findings.rules import Rule
from scanner.findings.stored import StoredFinding
from scanner.model.objects import ObjectRef
from scanner.model.result import Detection
from scanner.reports.amounts import of

_ESCAPED = r"\\\1"
# What has a meaning in gitignore patterns; blanks have one at their end.
_SPECIAL = regex.compile(r"([\\*?\[\]{}!# ])")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the rule is to say.

    :param expires: a day as text; None for never
    :param identifiers: only these of the finding; all if there are none
    :param name: of the rule; None to make one
    :param by_value: only the values that are there now
    """

    reason: str
    owner: str
    expires: str | None
    identifiers: tuple[str, ...]
    name: str | None
    by_value: bool


def write_rule(search: Search, name: str, wish: Wish) -> None:
    """Add a rule for a finding, and say what it does. Raises ConfigError if there is nothing to make one of."""
    expires = _day(wish.expires)
    with search.opened() as (_, findings):
        finding = the_one(findings, name)
    detections = _chosen(finding, wish.identifiers)
    values = tuple(sorted({one.fingerprint for each in detections for one in each.occurrences})) if wish.by_value else ()
    if wish.by_value and not values:
        raise ConfigError(f"{finding.id}: none of its values is kept (--max-occurrences 0), so none can be accepted; suppress it instead")
    rule = Rule(
        wish.name or f"{'accept' if wish.by_value else 'suppress'}-{finding.id}",
        wish.reason.strip(),
        wish.owner,
        tuple(one.identifier for one in detections),
        (exact_pattern(finding.result.object.ref),),
        values,
        expires,
    )
    if not rule.reason:
        raise ConfigError("--reason: say why")
    add_rule(search.rules_path, rule)
    print_text(f"rule {rule.id} in {search.rules_path}: {_told(detections, values)}")


def take_out(search: Search, name: str) -> None:
    """Take a rule out, and say so."""
    remove_rule(search.rules_path, name)
    print_text(f"rule {name} is taken out of {search.rules_path}")


def _chosen(finding: StoredFinding, identifiers: tuple[str, ...]) -> tuple[Detection, ...]:
    there = {one.identifier: one for one in finding.result.detections}
    for name in identifiers:
        if name not in there:
            raise ConfigError(f"--identifier {name}: the finding has none; it has {', '.join(there)}")
    return tuple(there[name] for name in identifiers or there)


def exact_pattern(ref: ObjectRef) -> str:
    """A path pattern that means this object, and none beside it. Raises ConfigError if its name is not UTF-8."""
    if ref.key_base64 is not None:
        raise ConfigError(f"{ref.path}: its name is not UTF-8, so no pattern can name it; write a rule with a wider one by hand")
    if ref.store not in WITH_BUCKETS:
        return "/" + _SPECIAL.sub(_ESCAPED, ref.key)
    whole = os.path.join(ref.bucket, ref.key) if ref.store == "file" else f"{ref.bucket}/{ref.key}"
    return f"{ref.store}://{_SPECIAL.sub(_ESCAPED, whole)}"


def _told(detections: tuple[Detection, ...], values: tuple[str, ...]) -> str:
    names = ", ".join(one.identifier for one in detections)
    if not values:
        return f"{names} in this object will not be reported"
    unlisted = sum(one.count - len(one.occurrences) for one in detections)
    rest = f"; {of(unlisted, 'occurrence')} more are not kept one by one and stay reported" if unlisted else ""
    return f"{of(len(values), 'value')} of {names} in this object will not be reported{rest}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(f"--expires {text}: write a day, as in 2027-01-31") from None
