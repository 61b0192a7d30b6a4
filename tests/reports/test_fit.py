"""Text that is cut to what a service takes."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.reports.fit import fit, fit_name


def test_what_fits_stays_and_what_is_cut_says_so() -> None:
    assert fit("abc", 3) == "abc"
    assert fit("abcd", 3) == "ab…"


@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=80))
def test_names_keep_to_the_length_and_stay_apart(one: str, other: str) -> None:
    assert len(fit_name(one, 40)) <= 40
    assert len(fit(one, 40)) <= 40
    if fit_name(one, 200) != fit_name(other, 200):
        assert fit_name(one, 40) != fit_name(other, 40)
