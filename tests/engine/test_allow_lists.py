"""Allow lists that cannot be used end the run, and say where and why."""

from pathlib import Path

import pytest

from scanner.config import ScanConfig, WorkerConfig
from scanner.detection.allowed import AllowList
from scanner.engine.allow_lists import load_allowed
from scanner.engine.scan import Scan
from scanner.errors import ConfigError
from scanner.model.records import Summary

LEAK = "name,ssn\nAnn,219-22-9999\nBob,219-22-9998\n"
REMARKED = "my ssn is 219-22-9999  # dowse:allow\n"


def written(folder: Path, content: bytes | str, name: str = "list.txt") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_entries_stand_one_a_line_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffAnn Miller\r\n\r\n  219-22-9999 \n")

    assert load_allowed([path, path], ["a+", "b", "a+"]) == AllowList(frozenset(["ann miller", "219-22-9999"]), ("a+", "b"))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "holds no entry"),
        (" \n\n", "holds no entry"),
        ("a\n" + "x" * 91, "line 2: has 91 characters"),
        (b"abc\xff", "not UTF-8 at byte 3"),
        ("1\n" * 100_001, "has 100001 entries"),
        (b"\n" * (35 * 1024 * 1024 + 1), "has more than 36700160 bytes"),
    ],
    ids=["empty", "blank", "long", "encoding", "many", "large"],
)
def test_a_list_that_breaks_a_rule_is_refused(tmp_path: Path, content: bytes | str, complaint: str) -> None:
    path = written(tmp_path, content)

    with pytest.raises(ConfigError, match=complaint) as caught:
        load_allowed([path], [])

    assert path in str(caught.value)


def test_what_just_keeps_to_the_limits_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x" * 90 + "\n" + "".join(f"{number}\n" for number in range(99_999)))

    assert len(load_allowed([path], ["y" * 512]).texts) == 100_000


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read \(No such file"):
        load_allowed([str(tmp_path / "absent.txt")], [])


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [("(", "is no valid regex"), ("a*", "can match the empty text"), ("(a+)+b", "for ever"), ("z" * 513, "has 513 characters")],
)
def test_an_expression_that_cannot_work_is_refused(expression: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=rf"--allow-regex 2.*{complaint}"):
        load_allowed([], ["fine", expression])


def summary(config: ScanConfig) -> Summary:
    run = Scan(config)
    for _ in run:
        pass
    return run.summary()


def in_process(target: Path, **others: object) -> ScanConfig:
    select = ("USA_SOCIAL_SECURITY_NUMBER", "CREDIT_CARD_NUMBER")
    return ScanConfig((str(target),), select, workers=WorkerConfig(processes=0), **others)  # type: ignore[arg-type]


def test_a_run_leaves_out_and_counts_what_is_allowed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    written(data, LEAK, "staff.csv")
    written(data, REMARKED, "notes.txt")
    listed = written(tmp_path, "219-22-9999\n")

    plain = summary(in_process(data))
    allowing = summary(in_process(data, allow_lists=(listed,)))
    strict = summary(in_process(data, allow_regexes=("219.22.[0-9]*",), inline_allow=False))

    assert (plain.occurrences, plain.allowed) == ({"USA_SOCIAL_SECURITY_NUMBER": 2}, {"USA_SOCIAL_SECURITY_NUMBER": 1})
    assert (allowing.occurrences, allowing.allowed) == ({"USA_SOCIAL_SECURITY_NUMBER": 1}, {"USA_SOCIAL_SECURITY_NUMBER": 2})
    assert (strict.occurrences, strict.allowed) == ({}, {"USA_SOCIAL_SECURITY_NUMBER": 3})


def test_what_is_allowed_is_part_of_the_ruleset(tmp_path: Path) -> None:
    first, second = written(tmp_path, "abc", "1.txt"), written(tmp_path, "abd", "2.txt")
    same = written(tmp_path, "ABC\n", "3.txt")

    digests = [Scan(in_process(tmp_path, allow_lists=lists)).run.ruleset_digest for lists in ((), (first,), (second,), (same,))]

    assert len(set(digests[:3])) == 3
    assert digests[1] == digests[3]


def test_documented_examples_are_found_when_asked_for(tmp_path: Path) -> None:
    data = written(tmp_path, "card_number\n4012 8888 8888 1881\n", "cards.csv")

    assert summary(in_process(Path(data))).occurrences == {}
    assert summary(in_process(Path(data), ignore_examples=False)).occurrences == {"CREDIT_CARD_NUMBER": 1}
