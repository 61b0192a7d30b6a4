"""Names that an e-mail address near by repeats."""

import pytest

from scanner.names.lexicon import load_lexicon
from scanner.names.mailed import find_mailed

_LEXICON = load_lexicon()


def told(text: str) -> list[str]:
    return [text[start:end] for start, end in find_mailed(text, _LEXICON)]


@pytest.mark.parametrize(
    "address",
    [
        "quinn.hartley@example.org",
        "quinn_hartley2@example.org",
        "hartley.quinn@example.org",
        "qhartley@example.org",
        "q.hartley@example.org",
        "quinnh@example.org",
        "Hartley-Quinn@example.org",
    ],
)
def test_the_address_repeats_it(address: str) -> None:
    assert told(f"ticket of Quinn Hartley <{address}>") == ["Quinn Hartley"]


def test_names_that_no_list_has_count_too() -> None:
    assert told("Xoqhuli Mbzangwe wrote (xoqhuli.mbzangwe@example.org)") == ["Xoqhuli Mbzangwe"]


@pytest.mark.parametrize(
    "text",
    [
        "Customer Care, customer.care@example.org",
        "Quinn Hartley, other.person@example.org",
        "Quinn Hartley",
        "quinn hartley, quinn.hartley@example.org",
        "Data Science, data.science@example.org",
    ],
)
def test_what_is_none(text: str) -> None:
    assert told(text) == []
