"""Which objects a path pattern means."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.cli.findings_rules import exact_pattern
from scanner.findings.path_patterns import PathPatterns
from scanner.model.objects import ObjectRef

_NAMES = st.text("ab *?[]{},!#\\-\n\u00e9", min_size=1, max_size=6)


@settings(deadline=None)
@given(_NAMES, _NAMES, st.sampled_from(["file", "s3", "gs", "az", "https", "stdin"]))
def test_the_pattern_made_of_an_object_means_that_object_and_no_other(folder: str, name: str, store: str) -> None:
    bucket = {"file": "/" + folder, "az": "account/container", "https": "example.org:8443", "stdin": ""}.get(store, "bucket")
    ref = ObjectRef(store, bucket, name)
    patterns = PathPatterns((exact_pattern(ref),))
    assert patterns.match(ref)
    assert not patterns.match(ObjectRef(store, bucket, "x" + name))
    assert not patterns.match(ObjectRef(store, bucket, name + "x"))


def test_the_key_of_one_store_is_not_the_path_of_another() -> None:
    patterns = PathPatterns((exact_pattern(ObjectRef("s3", "logs", "a.txt")),))
    assert not patterns.match(ObjectRef("file", "/srv", "logs/a.txt"))
    assert not patterns.match(ObjectRef("s3", "other", "logs/a.txt"))


@pytest.mark.parametrize("store", ["file", "s3", "gs", "az", "http", "https"])
def test_the_same_key_in_another_bucket_or_store_is_another_object(store: str) -> None:
    one, two = ("/one", "/two") if store == "file" else ("one", "two")
    patterns = PathPatterns((exact_pattern(ObjectRef(store, one, "a.txt")),))
    assert patterns.match(ObjectRef(store, one, "a.txt"))
    assert not patterns.match(ObjectRef(store, two, "a.txt"))
    assert not patterns.match(ObjectRef("s3" if store == "gs" else "gs", "one", "a.txt"))


def test_what_is_taken_back() -> None:
    patterns = PathPatterns(("file:///srv/**", "!file:///srv/keep/"))
    assert patterns.match(ObjectRef("file", "/srv", os.path.join("old", "a.txt")))
    assert not patterns.match(ObjectRef("file", "/srv", os.path.join("keep", "a.txt")))
