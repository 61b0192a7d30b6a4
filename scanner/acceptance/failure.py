"""What a check has to say against an identifier."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One thing that is not as it must be.

    :param identifier: its id
    :param check: name of the check, as in `scanner.acceptance.runner.CHECKS`
    :param message: what was expected and what was got, on one line
    :param warning: worth knowing, but no reason to refuse the identifier
    """

    identifier: str
    check: str
    message: str
    warning: bool = False
