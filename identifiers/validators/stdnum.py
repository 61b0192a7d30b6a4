"""Numbers that python-stdnum knows: one module of it for each kind, e.g. `be.nn`.

https://arthurdejong.org/python-stdnum/formats
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module

import regex

from identifiers.errors import IdentifierError
from identifiers.model import Verdict
from identifiers.validators.digits import compact, digits_of, is_monotonous, verdict

_NAME = regex.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
# Shorter runs of one digit stand in real numbers of letters and few digits.
_FEWEST_EQUAL_DIGITS = 5


def stdnum(value: str, *, module: str) -> Verdict:
    """VALID if the module of python-stdnum accepts `value`, as it is written or without its separators.

    A number whose digits are all the same is refused: many pass a check, but nobody has them.

    :param module: below the package `stdnum`, e.g. `be.nn` or `imei`

    >>> stdnum("85.07.30-033 28", module="be.nn"), stdnum("85.07.30-033 29", module="be.nn")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)

    :raises IdentifierError: if there is no such module
    """
    # Whatever stands in a file: a number is no module either, and is answered in words.
    accepts = _accepts(str(module))
    digits = digits_of(value)
    if len(digits) >= _FEWEST_EQUAL_DIGITS and is_monotonous(digits):
        return Verdict.INVALID
    return verdict(holds=accepts(value) or accepts(compact(value)))


@cache
def _accepts(module: str) -> Callable[[str], bool]:
    """The function `is_valid` of a module."""
    accepts: Callable[[str], bool] | None = None
    if _NAME.fullmatch(module):
        with suppress(ModuleNotFoundError):
            accepts = getattr(import_module(f"stdnum.{module}"), "is_valid", None)
    if accepts is None:
        raise IdentifierError(f"python-stdnum has no module {module!r} that checks numbers", where="module")
    return accepts
