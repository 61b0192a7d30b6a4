"""Values of an identifier by themselves, taken out of its examples: what would stand in a cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from identifiers.compile import compile_pattern, value_span
from identifiers.examples import Example, marked
from identifiers.model import Identifier, Pattern


@dataclass(frozen=True, slots=True)
class Specimen:
    """Text that a pattern matches from its first character to its last.

    :param start: of the value in `text`; not 0 where the pattern also takes what stands before its value
    :param end: behind the value
    """

    text: str
    start: int
    end: int


def examples_of(identifier: Identifier) -> tuple[Example, ...]:
    """What the identifier says must be found in it."""
    return tuple(map(marked, identifier.matches))


def specimens_of(identifier: Identifier) -> tuple[Specimen, ...]:
    """The marked values of all examples, each once, in their order.

    A value is left out when its pattern does not match it without the text around it.
    """
    pairs = ((example, pattern) for example in examples_of(identifier) for pattern in identifier.patterns)
    return tuple(dict.fromkeys(specimen for example, pattern in pairs for specimen in _cut_out(example, pattern)))


def _cut_out(example: Example, pattern: Pattern) -> Iterator[Specimen]:
    compiled = compile_pattern(pattern)
    for shape in compiled.finditer(example.text):
        by_itself = compiled.search(shape[0])
        if value_span(shape) in example.spans and by_itself and by_itself.span() == (0, len(shape[0])):
            yield Specimen(shape[0], *value_span(by_itself))
