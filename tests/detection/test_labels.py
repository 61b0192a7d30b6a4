"""What names a value in markup, configuration and code: a keyword for it, or a label against it."""

import os

import pytest
from stdnum import luhn

from identifiers import load_catalogue
from scanner.detection.detector import Detector
from scanner.detection.labels import Labels
from scanner.detection.rules import make_rules
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence
from tests.detection.rulesets import CARD

WANTED = ("CREDIT_CARD_NUMBER", "CREDIT_CARD_NUMBER_(NO_KEYWORD)", "USA_SOCIAL_SECURITY_NUMBER")
DETECTOR = Detector(tuple(one for one in load_catalogue() if one.id in WANTED), DetectionSettings(os.urandom(32)))
PAN = "453957876362148" + luhn.calc_check_digit("453957876362148")


def found(text: str) -> list[tuple[str, str]]:
    """(identifier, last evidence)."""
    return [(one.match.rule.identifier.id, one.match.evidence[-1]) for one in DETECTOR.find_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "<ssn>219229999</ssn>",
        "<c:SocialSecurityNumber>219-22-9999</c:SocialSecurityNumber>",
        '<employee ssn="219-22-9999"/>',
        '<field name="ssn" value="219229999"/>',
        '<meta name="ssn" content="219-22-9999">',
        '<input type="text" name="ssn" class="form-control" value="219-22-9999">',
        '<entry key="customer.ssn">219-22-9999</entry>',
        '<property name="customerSsn"><value>219-22-9999</value></property>',
        "<key>ssn</key>\n\t<string>219-22-9999</string>",
        "<tr><th>SSN</th><td>219-22-9999</td></tr>",
        "<dt>Social Security Number</dt><dd>219-22-9999</dd>",
    ],
)
def test_names_of_elements_and_attributes_are_keywords(text: str) -> None:
    assert [identifier for identifier, _ in found(text)] == ["USA_SOCIAL_SECURITY_NUMBER"]
    assert found(text)[0][1] in {"keyword:ssn", "keyword:social security number"}


@pytest.mark.parametrize(
    "text",
    [
        "ssn: 219-22-9999",
        "customer:\n  ssn: '219-22-9999'\n",
        "- name: ssn\n  value: 219-22-9999",
        "ssn:\n  - 219-22-9999",
        "customer.ssn = 219-22-9999",
        "[customer]\nssn=219229999",
        "CUSTOMER_SSN=219229999",
        'export CUSTOMER_SSN="219-22-9999"',
        "customerSsn: 219229999",
        "Name\tGreta\nSSN\t219-22-9999",
    ],
)
def test_keys_of_settings_are_keywords(text: str) -> None:
    assert found(text) == [("USA_SOCIAL_SECURITY_NUMBER", "keyword:ssn")]


@pytest.mark.parametrize(
    "before",
    [
        "<order_id>",
        "<ns:trackingNumber>",
        '<order id="',
        '<field name="order_id" value="',
        '<entry key="order.id">',
        '<property name="orderId"><value>',
        "<key>orderId</key>\n  <string>",
        '<tr><th>Order number</th><td class="number">',
        "<td><b>Order no.</b></td>\n  <td>",
        "order_id: ",
        "order.id = ",
        "ORDER_ID=",
        'orderId: "',
        "- name: order_id\n  value: ",
        '{"name": "order_id", "value": "',
        "tracking no: ",
        "Tracking No.: ",
        "Order #",
        "order_id|",
        "Card\tnone\nOrder number\t",
    ],
)
def test_a_label_directly_before_a_value_speaks_against_it(before: str) -> None:
    assert found(f"{before}{PAN}") == []


@pytest.mark.parametrize(
    "before",
    [
        "<order_id>7</order_id><value>",
        "<order_id></order_id><pan>",
        "<order_id></order_id>\n<card_number>",
        "<tr><td>Order number</td></tr><tr><td>",
        "the order id\n",
        "order id 17, ",
        "reorder #",
    ],
)
def test_the_label_of_another_value_does_not(before: str) -> None:
    assert len(found(f"{before}{PAN}")) == 1


def test_a_doubt_is_told_in_the_evidence() -> None:
    unsure = Detector((CARD,), DetectionSettings(b"k", min_confidence=Confidence.LOW))

    (doubted,) = unsure.find_spans(f"card, order id: {PAN}")

    assert doubted.match.evidence == ("pattern", "check:payment_card", "keyword:card", "not-name:order id")


def test_of_two_phrases_the_longer_one_is_the_label() -> None:
    labels = Labels(make_rules((CARD,)))

    assert labels.before("Order_Id: 4", 10, "CARD") == "order_id"
    assert labels.before("4", 0, "CARD") == ""
    assert labels.before("order id: 4", 10, "EMAIL") == ""
