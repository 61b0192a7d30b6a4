"""Which names a pattern means."""

import pytest

from scanner.errors import ConfigError
from scanner.sources.globs import Globs


def matched(*patterns: str, keys: tuple[str, ...]) -> list[str]:
    globs = Globs(patterns, role="exclude")
    return [key for key in keys if globs.match(key)]


def test_a_bare_name_matches_at_any_depth_and_what_lies_below() -> None:
    assert matched("build", keys=("build", "a/build", "build/x", "rebuild")) == ["build", "a/build", "build/x"]


def test_a_trailing_slash_matches_folders_only() -> None:
    assert matched("build/", keys=("build", "build/", "a/build/", "build/x")) == ["build/", "a/build/", "build/x"]


def test_a_leading_slash_anchors_to_the_targets_folder() -> None:
    assert matched("/x.csv", keys=("x.csv", "a/x.csv")) == ["x.csv"]


def test_a_star_stays_within_a_name_and_two_cross_folders() -> None:
    assert matched("a/*.csv", keys=("a/x.csv", "a/b/x.csv")) == ["a/x.csv"]
    assert matched("a/**/x", keys=("a/x", "a/b/c/x")) == ["a/x", "a/b/c/x"]


def test_a_key_that_begins_with_a_slash_lies_in_a_folder_without_a_name() -> None:
    keys = ("/x.csv", "//a/x.csv", "/build/x.txt")
    assert matched("*.csv", keys=keys) == ["/x.csv", "//a/x.csv"]
    assert matched("build/", keys=keys) == ["/build/x.txt"]
    assert matched("/x.csv", keys=keys) == []


def test_an_exclamation_mark_takes_back() -> None:
    assert matched("*.csv", "!keep.csv", keys=("a.csv", "keep.csv", "b/keep.csv")) == ["a.csv"]


def test_names_count_by_case() -> None:
    assert matched("*.csv", keys=("a.csv", "a.CSV")) == ["a.csv"]


def test_odd_names_match_like_any_other() -> None:
    keys = ("new\nline/x.csv", "x.csv\n", "\udcff.csv", "a b.csv")
    assert matched("*.csv", keys=keys) == ["new\nline/x.csv", "\udcff.csv", "a b.csv"]
    assert matched("new\nline/", keys=keys) == ["new\nline/x.csv"]


def test_escaped_characters_stand_for_themselves() -> None:
    assert matched("\\#x", "\\[y", "\\{a,b}", keys=("#x", "[y", "{a,b}", "a")) == ["#x", "[y", "{a,b}"]


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        ("", "Write for example"),
        ("  ", "Write for example"),
        ("#x", "It is a comment there"),
        ("/", r"Write \*\* for everything"),
        ("!", r"Write \*\* for everything"),
        ("./build", "Leave . and .. out"),
        ("a/../b", "Leave . and .. out"),
        ("x\\", "End it with"),
        ("*.{csv,json}", "one pattern for each"),
        ("a[", "Close the bracket"),
        ("[z-a]", "Close the bracket"),
        ("[[:alpha:]]", "Close the bracket"),
        ("!x", "takes back what no pattern before it matched"),
    ],
)
def test_a_pattern_that_would_silently_match_nothing_is_refused_with_its_remedy(pattern: str, remedy: str) -> None:
    with pytest.raises(ConfigError, match=remedy) as caught:
        Globs((pattern,), role="include")
    assert str(caught.value).startswith(f"include pattern {pattern!r} ")
