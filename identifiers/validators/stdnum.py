"""Numbers that the package `python-stdnum` can check: most national, tax and company numbers of the world.

https://arthurdejong.org/python-stdnum/
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

import regex

from identifiers.errors import IdentifierError
from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_NAME = regex.compile(r"(?:[a-z]{2}_?\.)?[a-z][a-z0-9_]{1,15}")


def stdnum(value: str, *, module: str) -> Verdict:
    """VALID if the module accepts the number, separators that are usual for it included.

    :param module: its name below `stdnum`, such as `mx.curp`

    >>> stdnum("BOXW310820HNERXN09", module="mx.curp"), stdnum("BOXW310820HNERXN08", module="mx.curp")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)

    :raises IdentifierError: if there is no such module
    """
    return verdict(holds=_accepts(module)(value))


@cache
def _accepts(module: str) -> Callable[[str], bool]:
    if not _NAME.fullmatch(module):
        raise IdentifierError("must be a module of python-stdnum, such as mx.curp", where=f"validator stdnum: {module}")
    try:
        accepts: Callable[[str], bool] = import_module(f"stdnum.{module}").is_valid
    except (ImportError, AttributeError) as error:
        raise IdentifierError("is no module of python-stdnum that checks numbers", where=f"validator stdnum: {module}") from error
    return accepts
