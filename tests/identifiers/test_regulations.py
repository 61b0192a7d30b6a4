"""Which regulations speak of which identifiers."""

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.errors import IdentifierError
from identifiers.model import Category, Identifier
from identifiers.regulations import load_regulations, read_regulations, regulations_of

CATALOGUE = load_catalogue()
BY_ID = {one.id: one for one in CATALOGUE}
DECLARED = load_regulations()


def test_every_built_in_identifier_is_covered_or_declared_outside() -> None:
    missing = [one.id for one in CATALOGUE if not DECLARED.of(one) and DECLARED.reason_outside(one) is None]
    assert missing == [], "add them to a regulation in identifiers/catalogue/regulations.toml, or to a table `outside`"


def test_every_id_that_is_named_exists_and_every_table_covers_something() -> None:
    named = {name for one in DECLARED.regulations for name in one.scope.ids} | {name for ids in DECLARED.groups.values() for name in ids}
    assert named <= set(BY_ID)
    scopes = [*(one.scope for one in DECLARED.regulations), *(one.scope for one in DECLARED.outside)]
    assert all(any(scope.covers(identifier) for identifier in CATALOGUE) for scope in scopes)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CREDIT_CARD_NUMBER", ("PCI_DSS", "HIPAA", "GDPR", "UK_GDPR", "CCPA")),
        ("CREDIT_CARD_MAGNETIC_STRIPE", ("PCI_DSS", "GDPR", "UK_GDPR", "CCPA")),
        ("USA_SOCIAL_SECURITY_NUMBER", ("HIPAA", "CCPA")),
        ("USA_MEDICARE_BENEFICIARY_IDENTIFIER", ("HIPAA", "CCPA")),
        ("FRANCE_NATIONAL_IDENTIFICATION_NUMBER", ("GDPR",)),
        ("GERMANY_BANK_ACCOUNT_NUMBER", ("GDPR",)),
        ("UK_NATIONAL_INSURANCE_NUMBER", ("UK_GDPR",)),
        ("EMAIL_ADDRESS", ("HIPAA", "GDPR", "UK_GDPR", "CCPA")),
        ("BRAZIL_CPF_NUMBER", ()),
        ("AWS_CREDENTIALS", ()),
        ("LEGAL_ENTITY_IDENTIFIER", ()),
    ],
)
def test_regulations_of_some_identifiers(name: str, expected: tuple[str, ...]) -> None:
    assert regulations_of(BY_ID[name]) == expected


def test_a_custom_identifier_has_none() -> None:
    assert regulations_of(Identifier("EMPLOYEE", "Employee", Category.CUSTOM, (), ())) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"except": ["persons"]}, r"regulations.toml: X: except: 'persons' is no group"),
        ({"categories": ["secret"]}, r"X: categories: 'secret' is no category"),
        ({"countries": ["DEU"]}, r"X: countries: must be a list of ISO 3166"),
        ({"colour": "red"}, r"X: colour: is no key"),
    ],
)
def test_a_slip_of_the_pen_is_named(change: dict[str, object], message: str) -> None:
    table = {"id": "X", "name": "X", "title": "X", "reason": "X", "reference": "X"} | change
    document = {"groups": {}, "regulation": [table], "outside": [{"reason": "X", "categories": ["credentials"]}]}
    with pytest.raises(IdentifierError, match=message):
        read_regulations(document)
