"""Numbers that nobody has, under whatever name."""

import pytest

from identifiers.model import ValidatorRef, Verdict
from identifiers.validators import resolve


@pytest.mark.parametrize("value", ["7301-88213", "ZX4820117", "20-11526114-7", "GB88 ICKJ 9909 5145 4752 7", "541-89-8968", "4.820.117-K"])
def test_what_somebody_may_have_is_valid(value: str) -> None:
    assert resolve(ValidatorRef("not_made_up", {"digits": 6}))(value) is Verdict.VALID


@pytest.mark.parametrize(
    "value",
    [
        "ABC-12",  # too few digits
        "000-00-000",
        "1234567890",
        "987654321",
        "2024-01-31",
        "2024-01-31T10:00:00Z",
        "31.01.2024",
        "192.168.178.23",
        "1 234 567.00",
        "666-12-3456",
        "987-65-4320",
    ],
)
def test_what_nobody_has_is_invalid(value: str) -> None:
    assert resolve(ValidatorRef("not_made_up", {"digits": 6}))(value) is Verdict.INVALID
