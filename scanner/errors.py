"""Every error that Dowse raises on purpose.

DowseError                what a command line prints as one line
├── ConfigError           a flag, a setting or a file of the user's is wrong
│   └── TargetError       a target does not exist or cannot be listed at all
├── StateError            the state store cannot be used, or not now
├── MissingExtraError     an optional part is not installed; says how to install it
├── DeliveryError         a report could not be sent; the other outputs are not touched by it
└── ReadError             one object cannot be read (further); becomes its outcome

Identifier files raise `identifiers.errors.IdentifierError`, which the command line treats as a ConfigError.
"""

from scanner.model.outcome import Reason


class DowseError(Exception):
    """The root of all errors raised on purpose; the message names the place and the remedy."""


class ConfigError(DowseError):
    """A flag, an environment variable or a file of the user's is wrong. Exit code 2."""


class TargetError(ConfigError):
    """A target does not exist or cannot be listed at all. Exit code 2."""


class StateError(DowseError):
    """The state store cannot be opened, read or written, or another run has it."""


class MissingExtraError(DowseError):
    """An optional part of Dowse is needed but not installed; the message says how to install it."""


class DeliveryError(DowseError):
    """A report could not be sent where the user wants it; the message names the place, without secrets. Exit code 4."""


class ReadError(DowseError):
    """One object, or one member of it, cannot be read (further).

    :param reason: becomes the reason of the object's outcome
    :param detail: one line for people, without any scanned content in it
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
