"""The public Python API."""

from pathlib import Path

import pytest

import scanner
from identifiers import IdentifierError, load_custom
from scanner.config import WorkerConfig
from scanner.model.occurrence import Confidence
from scanner.model.outcome import Status


def test_public_names_are_sorted_and_there() -> None:
    assert scanner.__all__ == sorted(scanner.__all__)
    assert all(getattr(scanner, name) for name in scanner.__all__)


def test_spans_are_characters_of_the_text() -> None:
    text = "né à Paris, write to jane.roe@mail.example.net, SSN 219-22-9999"

    found = scanner.detect(text)

    assert [(one.identifier, text[one.start : one.end]) for one in found] == [
        ("EMAIL_ADDRESS", "jane.roe@mail.example.net"),
        ("USA_SOCIAL_SECURITY_NUMBER", "219-22-9999"),
    ]
    assert found[1].confidence is Confidence.HIGH
    assert found[1].mask == "***-**-**99"


def test_names_count_as_keywords() -> None:
    assert scanner.detect("219-22-9999") == ()
    assert scanner.detect("219-22-9999", names=["person", "socialSecurityNumber"])[0].identifier == "USA_SOCIAL_SECURITY_NUMBER"


def test_only_the_chosen_identifiers_are_looked_for() -> None:
    assert scanner.detect("SSN 219-22-9999", identifiers=["EMAIL_ADDRESS"]) == ()


def test_an_unknown_identifier_is_refused() -> None:
    with pytest.raises(IdentifierError, match="EMAIL_ADDRESS"):
        scanner.detect("x", identifiers=["EMAIL_ADRESS"])


def test_custom_identifiers_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[identifier]]\nid = "BADGE"\nname = "Badge"\npattern = \'[FP]-\\d{8}\'\nkeywords = ["employee"]\n')

    found = scanner.detect("employee P-12345678", identifiers=load_custom(str(file)))

    assert [(one.identifier, one.start, one.end) for one in found] == [("BADGE", 9, 19)]


def test_a_scan_gives_one_result_for_each_object(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SSN 219-22-9999")
    (tmp_path / "b.txt").write_text("")
    config = scanner.ScanConfig((), workers=WorkerConfig(processes=0))

    results = list(scanner.scan(str(tmp_path), config=config))

    assert [(result.object.ref.key, result.outcome.status) for result in results] == [("a.txt", Status.SCANNED), ("b.txt", Status.SKIPPED)]
    assert [detection.identifier for detection in results[0].detections] == ["USA_SOCIAL_SECURITY_NUMBER"]
