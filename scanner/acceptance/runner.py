"""All checks over some identifiers."""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance import (
    chunk_edges,
    cross_talk,
    examples_found,
    ignores_quiet,
    keyword_distance,
    linear_time,
    longest_match,
    name_context,
    prefilter_agreement,
)
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure

Check = Callable[[Identifier, Bench], Iterator[Failure]]

_MODULES: Final = (
    examples_found,
    ignores_quiet,
    keyword_distance,
    name_context,
    cross_talk,
    chunk_edges,
    longest_match,
    prefilter_agreement,
    linear_time,
)
CHECKS: Final[MappingProxyType[str, Check]] = MappingProxyType({module.NAME: module.check for module in _MODULES})


def failures_of(identifiers: Iterable[Identifier], others: Iterable[Identifier] = ()) -> Iterator[Failure]:
    """What all checks have to say against `identifiers`, in their order, as it turns out.

    :param others: further identifiers that could claim the same values; they are not checked themselves
    """
    chosen = tuple(identifiers)
    taken = {identifier.id for identifier in chosen}
    bench = Bench((*chosen, *(other for other in others if other.id not in taken)))
    # What is judged has no pattern to try.
    for identifier in (one for one in chosen if not one.judged):
        for check in CHECKS.values():
            yield from check(identifier, bench)


def check_identifiers(identifiers: Iterable[Identifier], others: Iterable[Identifier] = ()) -> list[Failure]:
    """All that `failures_of` gives."""
    return list(failures_of(identifiers, others))
