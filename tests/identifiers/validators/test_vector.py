"""Checks of many values at once say what the checks of single values say."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from identifiers.model import ValidatorRef
from identifiers.validators import resolve
from identifiers.validators.vector import vector_verdicts, verdict_code

DIGITS = st.text("0123456789", min_size=1, max_size=22)
PREFIXES = st.sampled_from(["4", "51", "2221", "34", "36", "6011", "3528", "62", "5018", "650002", "9", "0"])
CARDS = st.builds(lambda prefix, body: luhn_completed(prefix + body), PREFIXES, st.text("0123456789", min_size=8, max_size=16))
SSNS = st.sampled_from(
    ["219-22-9999", "666-22-9999", "000-22-9999", "900-22-9999", "219-00-9999", "219-22-0000", "111-11-1111", "123-45-6789"]
)
GROUPED = st.builds(lambda digits: " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)), DIGITS)


def luhn_completed(body: str) -> str:
    return body + luhn.calc_check_digit(body)


@pytest.mark.parametrize("name", ["payment_card", "us_ssn"])
@given(
    values=st.lists(DIGITS | CARDS | SSNS | GROUPED | st.sampled_from(["4444444444444448", "4111111111111111"]), min_size=1, max_size=40)
)
def test_both_ways_agree(name: str, values: list[str]) -> None:
    validate = resolve(ValidatorRef(name))

    found = vector_verdicts(ValidatorRef(name), validate, pa.array(values))

    assert found.tolist() == [verdict_code(validate(value)) for value in values]


def test_what_has_no_vector_form_is_asked_value_by_value() -> None:
    ref = ValidatorRef("iban")

    found = vector_verdicts(ref, resolve(ref), pa.array(["NL91ABNA0417164300", "NL92ABNA0417164300"]))

    assert found.tolist() == [1, 0]
