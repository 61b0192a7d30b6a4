"""Nothing of the identifier is found in the texts that it says to leave alone."""

from collections.abc import Iterator
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import described, spans_of

NAME: Final = "ignores"


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each text of `ignores` in which something is found at the default confidence."""
    for number, text in enumerate(identifier.ignores, start=1):
        found = spans_of(identifier, bench.alone(identifier), text)
        if found:
            yield Failure(identifier.id, NAME, f"ignores {number}: expected nothing; found {described(text, found)}")
