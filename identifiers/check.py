"""What is too slow to ask whenever a file is loaded, but must hold for every identifier: asked of users' files and by our tests."""

from inspect import signature

from identifiers.errors import IdentifierError
from identifiers.examples import marked
from identifiers.lint import check_regex
from identifiers.model import Identifier, Pattern, ValidatorRef
from identifiers.validators import resolve


def check_identifier(identifier: Identifier, where: str) -> None:
    """Refuse an identifier whose regexes, validator settings or marks in examples cannot work.

    :param where: the file, for the message
    :raises IdentifierError: naming file, identifier and key
    """
    several = len(identifier.patterns) > 1
    for number, pattern in enumerate(identifier.patterns, start=1):
        place = f"{where}: {identifier.id}: pattern" + (f" {number}" if several else "")
        check_regex(pattern, place)
        _check_options(pattern, place)
    _check_marks(identifier, f"{where}: {identifier.id}")


def _check_marks(identifier: Identifier, where: str) -> None:
    """Refuse matches that mark nothing and ignores that mark something."""
    for key, examples in (("matches", identifier.matches), ("ignores", identifier.ignores)):
        for number, example in enumerate(examples, start=1):
            try:
                spans = marked(example).spans
            except ValueError as error:
                raise IdentifierError(str(error), where=f"{where}: {key} {number}") from error
            if bool(spans) != (key == "matches"):
                remedy = "marks nothing; put « and » around what is to be found" if key == "matches" else "must have no « and »"
                raise IdentifierError(remedy, where=f"{where}: {key} {number}")


def _check_options(pattern: Pattern, where: str) -> None:
    """Refuse settings that the validator does not have, missing ones that it needs, and ones that it cannot work with."""
    if pattern.validator is None:
        return
    validator = resolve(ValidatorRef(pattern.validator.name))
    try:
        signature(validator).bind("", **pattern.validator.options)
    except TypeError as error:
        raise IdentifierError(f"the settings of {pattern.validator.name} do not fit: {error}", where=f"{where}: validator") from error
    try:
        resolve(pattern.validator)("")
    except IdentifierError as error:
        raise IdentifierError(str(error), where=f"{where}: validator") from error
