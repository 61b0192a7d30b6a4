"""Each example gives exactly the spans that are marked in it."""

from collections.abc import Iterator
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench, is_custom
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import described, spans_of
from scanner.acceptance.specimens import examples_of

NAME: Final = "examples"


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each example with other spans than the marked ones, and one for an identifier without examples."""
    if not identifier.matches:
        yield Failure(identifier.id, NAME, "has no examples, so nothing can be tried; add `matches`", warning=is_custom(identifier))
    for number, example in enumerate(examples_of(identifier), start=1):
        found = spans_of(identifier, bench.alone(identifier), example.text)
        if found != example.spans:
            expected, got = described(example.text, example.spans), described(example.text, found)
            yield Failure(identifier.id, NAME, f"matches {number}: expected {expected}; found {got}")
