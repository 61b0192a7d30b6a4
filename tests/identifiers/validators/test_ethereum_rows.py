"""Addresses of Ethereum many at once say what they say one by one, also through the table of such checks."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from identifiers.model import ValidatorRef
from identifiers.validators import resolve
from identifiers.validators.keccak import keccak_256
from identifiers.validators.vector import vector_verdicts, verdict_code


def with_checksum(digits: str) -> str:
    hashed = keccak_256(digits.encode()).hex()
    return "0x" + "".join(digit.upper() if nibble >= "8" else digit for digit, nibble in zip(digits, hashed, strict=False))


PLAIN = st.text("0123456789abcdef", min_size=40, max_size=40)
VALUES = st.text("0123456789abcdefABCDEFx", min_size=38, max_size=43) | PLAIN.map(lambda body: "0x" + body) | PLAIN.map(with_checksum)


@given(values=st.lists(VALUES, min_size=1, max_size=20))
def test_both_ways_agree(values: list[str]) -> None:
    validate = resolve(ValidatorRef("ethereum"))

    found = vector_verdicts(ValidatorRef("ethereum"), validate, pa.array(values))

    assert found.tolist() == [verdict_code(validate(value)) for value in values]


def test_an_address_with_its_checksum_passes_and_another_does_not() -> None:
    validate = resolve(ValidatorRef("ethereum"))
    values = pa.array(["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"])

    assert vector_verdicts(ValidatorRef("ethereum"), validate, values).tolist() == [1, 0]
