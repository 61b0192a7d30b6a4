"""`dowse findings`: what the state store holds, and what is to be done about it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.flag_groups import grouped
from scanner.cli.shared_options import option as _option
from scanner.cli.store_choice import StoreChoice

if TYPE_CHECKING:
    from scanner.cli.findings_search import Search

app = typer.Typer(help="Search, explain, suppress and export the findings that scans with --incremental remember.", no_args_is_help=True)


class Shown(StrEnum):
    """Which findings are meant."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"
    ALL = "all"


class Format(StrEnum):
    """How a command answers."""

    TABLE = "table"
    JSONL = "jsonl"


_Filters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILTER", help="FIELD=VALUE and the like, as docs/state.md tells; all must hold. Without any: all.", show_default=False
    ),
]
_Pattern = Annotated[
    str | None,
    _option(
        "--pattern", metavar="JSON|@FILE", help="An EventBridge event pattern, or Macie's criteria, as filter besides.", show_default=False
    ),
]
_Rules = Annotated[
    str | None,
    _option("--suppressions", metavar="FILE", help="The rules.  [default: suppressions.toml beside the store]", show_default=False),
]
_Status = Annotated[Shown, _option("--status", help="Open, suppressed or resolved findings, or all.")]
_Format = Annotated[Format, _option("--format", help="Text for people, or JSON Lines for programs.")]
_Limit = Annotated[int | None, _option("--limit", min=1, help="List no more than so many.", show_default=False)]
_Id = Annotated[
    str, typer.Argument(metavar="ID", help="Of a finding, as `dowse findings list` shows it, or how that begins.", show_default=False)
]
_Only = Annotated[list[str], _option("--identifier", metavar="ID", help="Only this identifier of the finding. Repeatable.")]
_Reason = Annotated[str, _option("--reason", metavar="TEXT", help="Why; who reads the rules later will ask.")]
_Owner = Annotated[str, _option("--owner", metavar="WHO", help="Who answers for it.")]
_Expires = Annotated[
    str | None, _option("--expires", metavar="DAY", help="First day on which it does not hold any more (2027-01-31).", show_default=False)
]
_Name = Annotated[str | None, _option("--id", metavar="NAME", help="Of the rule.  [default: made from the finding]", show_default=False)]


@app.callback()
def findings() -> None:
    """Searches, explains, suppresses and exports the findings that scans with --incremental remember."""


@app.command("list")
@grouped
def list_findings(
    filters: _Filters = None,
    *,
    pattern: _Pattern = None,
    status: _Status = Shown.OPEN,
    limit: _Limit = None,
    format: _Format = Format.TABLE,  # noqa: A002 - the flag's name
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Lists findings, one for each object."""
    from scanner.cli.findings_list import print_list

    print_list(_search(store, suppressions, filters, pattern, status), limit, as_json=format is Format.JSONL)


@app.command("show")
@grouped
def show(finding: _Id, *, format: _Format = Format.TABLE, store: StoreChoice, suppressions: _Rules = None) -> None:  # noqa: A002
    """Shows one finding with its life and all places that are kept."""
    from scanner.cli.findings_list import print_one

    print_one(_search(store, suppressions), finding, as_json=format is Format.JSONL)


@app.command("explain")
@grouped
def explain(finding: _Id, *, store: StoreChoice, suppressions: _Rules = None) -> None:
    """Says what speaks for and against each occurrence of a finding."""
    from scanner.cli.findings_explain import print_explanation

    print_explanation(_search(store, suppressions), finding)


@app.command("stats")
@grouped
def stats(
    filters: _Filters = None,
    *,
    pattern: _Pattern = None,
    status: _Status = Shown.ALL,
    by: Annotated[
        str, _option("--by", metavar="FIELD", help="What is counted apart: severity, identifier, bucket, or any other field.")
    ] = "severity",
    format: _Format = Format.TABLE,  # noqa: A002
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Counts findings by status and by one of their fields."""
    from scanner.cli.findings_list import print_stats

    print_stats(_search(store, suppressions, filters, pattern, status), by, as_json=format is Format.JSONL)


@app.command("suppress")
@grouped
def suppress(
    finding: _Id,
    *,
    reason: _Reason,
    owner: _Owner = "",
    expires: _Expires = None,
    identifier: _Only = [],  # noqa: B006 - read by typer, never changed
    name: _Name = None,
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Writes a rule that keeps a finding from being reported, whatever is found in the object later."""
    from scanner.cli.findings_rules import Wish, write_rule

    wish = Wish(reason, owner, expires, tuple(identifier), name, by_value=False)
    write_rule(_search(store, suppressions), finding, wish)


@app.command("accept")
@grouped
def accept(
    finding: _Id,
    *,
    reason: _Reason,
    owner: _Owner = "",
    expires: _Expires = None,
    identifier: _Only = [],  # noqa: B006
    name: _Name = None,
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Writes a rule for the values that are in an object now; others that come later are reported."""
    from scanner.cli.findings_rules import Wish, write_rule

    wish = Wish(reason, owner, expires, tuple(identifier), name, by_value=True)
    write_rule(_search(store, suppressions), finding, wish)


@app.command("unsuppress")
@grouped
def unsuppress(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule, as `dowse findings show` names it.", show_default=False)],
    *,
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Takes a rule out."""
    from scanner.cli.findings_rules import take_out

    take_out(_search(store, suppressions), rule)


@app.command("export")
@grouped
def export(
    filters: _Filters = None,
    *,
    pattern: _Pattern = None,
    status: _Status = Shown.OPEN,
    format: Annotated[str, _option("--format", metavar="FORMAT", help="As for scan: jsonl, macie, html, table.")] = "jsonl",  # noqa: A002
    output: Annotated[str, _option("--output", metavar="PATH", help="Where to; - is standard output.")] = "-",
    store: StoreChoice,
    suppressions: _Rules = None,
) -> None:
    """Writes findings in any format that scan can write; as JSON Lines they can serve as a baseline."""
    from scanner.cli.findings_export import export_findings

    export_findings(_search(store, suppressions, filters, pattern, status), format, output)


@app.command("trend")
@grouped
def trend(
    *,
    limit: Annotated[int, _option("--limit", min=1, help="The latest so many.")] = 30,
    format: _Format = Format.TABLE,  # noqa: A002
    store: StoreChoice,
) -> None:
    """Shows run by run what was looked at and what became of findings."""
    from scanner.cli.findings_trend import print_trend

    # In a store that is named they may be of several jobs.
    path = store.state or store.place.path
    print_trend(path, store.job, limit, as_json=format is Format.JSONL)


def _search(
    store: StoreChoice,
    suppressions: str | None,
    filters: list[str] | None = None,
    pattern: str | None = None,
    status: Shown = Shown.ALL,
) -> "Search":
    from scanner.cli.findings_search import Search

    return Search(*store.place, suppressions, tuple(filters or ()), pattern, status.value)
