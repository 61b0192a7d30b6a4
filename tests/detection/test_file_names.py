"""In files that are known for secrets, what looks like one is surer."""

import pytest

from identifiers.model import Category, Certainty, Identifier, Pattern
from scanner.detection.detector import Detector
from scanner.detection.file_names import telling_name
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence
from scanner.model.segment import TextSegment
from scanner.readers.locators import LineLocator
from tests.detection.rulesets import EMAIL, identifier


def secret(alone: Certainty, supported: Certainty) -> Identifier:
    pattern = Pattern(r"k-[0-9]{8}", alone=alone, supported=supported, max_length=10)
    return identifier("KEY", pattern, keywords=("key",), category=Category.CREDENTIALS)


def found(kind: Identifier, name: str, member: tuple[str, ...] = ()) -> list[tuple[Confidence, tuple[str, ...]]]:
    detector = Detector((kind,), DetectionSettings(b"k"))
    tally = detector.tally([(member, TextSegment("key = k-12345678, ann@corp.example", LineLocator(1, 1)))])
    return [(one.confidence, one.evidence) for detection in detector.conclude(tally, name) for one in detection.occurrences]


@pytest.mark.parametrize(
    "name",
    [".env", "prod.env", ".env.production", "id_rsa", ".netrc", "_netrc", ".pgpass", "credentials", "aws_credentials.json", "passwords.txt",
     "My Passwords 2024.xlsx", "passwd", "secrets.yaml", "wp-config.php", ".git-credentials", "db-secrets.properties"],
)  # fmt: skip
def test_names_that_tell(name: str) -> None:
    assert telling_name(f"folder.txt/{name}") == name


@pytest.mark.parametrize(
    "name",
    [".env.example", ".env.sample", "environment.yml", "id_rsa.pub", "password.py", "password_reset.html", "secretary.txt", "compass.txt",
     "passwords/readme.txt", "credentials.go", "notes.txt", ""],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert telling_name(name) == ""


def test_a_weak_secret_gains_one_step_and_says_why() -> None:
    weak = secret(Certainty.NONE, Certainty.LOW)

    assert found(weak, "notes.txt") == []
    assert found(weak, "home/.netrc") == [(Confidence.MEDIUM, ("pattern", "keyword:key", "file:.netrc"))]
    assert found(secret(Certainty.NONE, Certainty.MEDIUM), ".netrc")[0][0] is Confidence.HIGH


def test_inside_a_container_the_members_name_counts() -> None:
    weak = secret(Certainty.NONE, Certainty.LOW)

    assert found(weak, "passwords.txt", ("notes.txt",)) == []
    assert found(weak, "backup.zip", ("home.tar", "etc/.pgpass"))[0][1][-1] == "file:.pgpass"


def test_what_a_keyword_makes_no_surer_a_file_does_not_either() -> None:
    assert found(secret(Certainty.LOW, Certainty.LOW), ".env") == []


def test_other_data_is_what_it_is() -> None:
    assert found(EMAIL, "passwords.txt")[0][1] == ("pattern",)
