"""Flags in groups: a command sees them as if each were a parameter of its own."""

from dataclasses import dataclass, field
from typing import Annotated

import typer
from typer.testing import CliRunner

from scanner.cli.flag_groups import grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    fore: Annotated[str, typer.Option(help="In front.")] = "black"
    spots: Annotated[list[int], typer.Option("--spot")] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    wide: Annotated[bool, typer.Option("--wide")] = False


@grouped
def paint(names: Annotated[list[str], typer.Argument()], *, colours: Colours, loud: bool = False, size: Size) -> None:
    """Paints."""
    typer.echo((names, colours, loud, size))


def run(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(paint)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def test_each_group_is_made_of_its_flags() -> None:
    told = run("a", "b", "--spot", "1", "--spot", "2", "--wide", "--loud", "--fore", "red")
    assert told == str((["a", "b"], Colours(fore="red", spots=[1, 2]), True, Size(wide=True)))


def test_defaults_are_those_of_the_groups() -> None:
    assert run("a") == str((["a"], Colours(), False, Size()))


def test_help_shows_them_in_their_order() -> None:
    told = run("--help")
    assert "Paints." in told
    assert "In front." in told
    assert sorted(["--fore", "--spot", "--loud", "--wide"], key=told.index) == ["--fore", "--spot", "--loud", "--wide"]
