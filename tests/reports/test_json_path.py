"""Paths as Macie cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reports.json_path import cut_path


@pytest.mark.parametrize("path", ["$", "$.CCN", "$.access.key[2]", "$[0]['Card Number']", f"$.{'a' * 240}", "$" + ".abcd" * 49])
def test_paths_within_the_limits_stay_as_they_are(path: str) -> None:
    assert cut_path(path) == path


def test_a_long_name_loses_its_beginning() -> None:
    assert cut_path(f"$.x.{'a' * 10}{'b' * 237}") == f"$.x....{'b' * 237}"
    assert cut_path(f"$[0]['{'a' * 10}{'b' * 237}']") == f"$[0]['...{'b' * 237}']"


def test_a_long_path_loses_its_first_elements() -> None:
    assert cut_path(f"$.first.second.{'a' * 200}.{'b' * 40}") == f"$..{'a' * 200}.{'b' * 40}"
    assert cut_path(f"$.first['{'a' * 199}'][3].{'b' * 40}") == f"$..['{'a' * 199}'][3].{'b' * 40}"


def test_an_escape_is_not_cut_in_two() -> None:
    assert cut_path("$['" + "a" * 9 + "\\'" + "b" * 236 + "']") == "$['..." + "b" * 236 + "']"


@given(st.lists(st.text("ab", min_size=1, max_size=400), min_size=1, max_size=200))
def test_every_path_ends_within_the_limit_and_keeps_its_end(names: list[str]) -> None:
    cut = cut_path("$." + ".".join(names))
    assert len(cut) <= 250
    assert cut.endswith(names[-1][-237:])
