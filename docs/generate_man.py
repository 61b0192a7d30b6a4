"""The manual page of all commands, in the macros of man(7): docs/dowse.1."""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from scanner.cli.main import app
from scanner.version import VERSION

_EXIT = (
    ("0", "everything asked for was read, and nothing is at or above --fail-on"),
    ("1", "a finding is at or above --fail-on"),
    ("2", "the command line or a file of yours is wrong"),
    ("3", "something could not be read, or is not known"),
    ("4", "an output could not be delivered"),
    ("130, 143", "interrupted"),
)
_FILES = (
    ("$XDG_STATE_HOME/dowse/key", "the key of the fingerprints, made when it is missing; DOWSE_KEY_FILE names another"),
    ("$XDG_CACHE_HOME/dowse", "compiled identifiers, which may be deleted at any time"),
)
_ENVIRONMENT = (
    ("DOWSE_SCAN_...", "sets a flag of dowse scan: --max-size as DOWSE_SCAN_MAX_SIZE"),
    ("DOWSE_KEY_FILE", "names the file with the key of the fingerprints"),
    ("DOWSE_WEBHOOK_KEY_FILE", "names the file with the key that signs what is sent to web addresses"),
    ("DOWSE_WEBHOOK_AUTHORIZATION_FILE", "names the file with the Authorization header sent there"),
    ("SOURCE_DATE_EPOCH", "fixes the clock, so that equal runs give equal output"),
    ("NO_COLOR", "switches colours off"),
)


def man_page() -> str:
    """The page as troff."""
    command = get_command(app)
    lines = [
        f'.TH DOWSE 1 "" "dowse {VERSION}" "User Commands"',
        ".SH NAME",
        r"dowse \- finds sensitive data where it lies",
        ".SH SYNOPSIS",
        r".B dowse",
        r".I COMMAND",
        "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        _text(command.help or ""),
        ".SH COMMANDS",
        *(line for name, inner in _commands("", command) for line in _command(name, inner)),
        ".SH EXIT STATUS",
        *_tagged(_EXIT),
        ".SH ENVIRONMENT",
        *_tagged(_ENVIRONMENT),
        ".SH FILES",
        *_tagged(_FILES),
    ]
    return "\n".join(lines) + "\n"


def _commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - the command line's library has no stable type
    """Commands that do something, with all their words."""
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from _commands(f"{name} {word}".strip(), inner)
    else:
        yield name, command


def _command(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    context = command.context_class(command, info_name=f"dowse {name}")
    arguments = " ".join(one.metavar or one.name.upper() for one in command.params if one.param_type_name == "argument")
    yield f".SS {_text(f'dowse {name} [OPTIONS] {arguments}'.strip())}"
    for number, paragraph in enumerate((command.help or "").split("\n\n")):
        yield from ([".PP"] if number else [])
        yield _text(" ".join(paragraph.split()))
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record:
            yield ".TP"
            yield rf"\fB{_text(record[0])}\fR"
            yield _text(" ".join(record[1].split())) or r"\&"


def _tagged(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for tag, words in pairs:
        yield from (".TP", rf"\fB{_text(tag)}\fR", _text(words))


def _text(words: str) -> str:
    """Words in which troff sees no request, no escape and no hyphen where a minus is meant."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
