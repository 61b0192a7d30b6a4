"""From bytes to the reader that reads them, at any depth."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import MissingExtraError, ReadError
from scanner.model.outcome import Reason
from scanner.model.segment import Extent
from scanner.readers import registry
from scanner.readers.base import ByteRange
from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object
from tests.readers.opening import is_sound, opened
from tests.readers.zips import Made, archive


def test_the_media_type_is_known_before_anything_is_read() -> None:
    assert read_object(io.BytesIO(b"name,age\nAnn,30\n"), "a.csv", None, limits=Limits()).media_type == "text/csv"


def test_an_object_without_bytes_is_empty() -> None:
    with pytest.raises(ReadError) as caught:
        read_object(io.BytesIO(b""), "a.csv", 0, limits=Limits())
    assert caught.value.reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), Reason.UNSUPPORTED_TYPE, "image/png"),
        (bytes(100), Reason.UNSUPPORTED_TYPE, "application/octet-stream"),
        (b"Salted__" + bytes(range(100)), Reason.ENCRYPTED, "application/x-openssl-encrypted"),
        (b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + bytes(20), Reason.ENCRYPTED, "application/x-keepass"),
    ],
)
def test_what_has_no_reader_is_a_read_error_with_its_type(data: bytes, reason: Reason, detail: str) -> None:
    failure = opened(data, "x").failure
    assert failure is not None
    assert (failure.reason, failure.detail) == (reason, detail)


def test_unknown_endings_are_read_as_text_when_they_look_like_text() -> None:
    assert opened(b"ssn 219-22-9999\n", "x.unheard-of").texts == {(): "ssn 219-22-9999\n"}


def test_a_table_with_the_ending_of_json_is_read_as_a_table() -> None:
    found = opened(b"id,ssn\n1,219-22-9999\n2,219-22-9998\n", "people.json")

    assert [(names, values) for _, names, values in found.columns] == [
        (("id",), ["1", "2"]),
        (("ssn",), ["219-22-9999", "219-22-9998"]),
    ]


def test_what_is_neither_json_nor_a_table_is_read_as_text() -> None:
    assert opened(b"{'ssn': 1, 'b': 2}\n{'ssn': 3, 'b': 4}\n", "a.json").texts == {(): "{'ssn': 1, 'b': 2}\n{'ssn': 3, 'b': 4}\n"}


def test_only_the_object_itself_is_read_in_parts() -> None:
    data = b"one\ntwo\nthree\n"
    found = list(read_object(io.BytesIO(data), "a.txt", len(data), limits=Limits(), part=ByteRange(4, 8)))
    assert found[-1] == ((), Extent(4, 8, 1))


def test_an_empty_member_is_nothing_and_no_problem() -> None:
    found = opened(archive(Made(b"empty.csv", b""), Made(b"a.txt", b"text\n")), "x.zip")
    assert (found.texts, found.problems) == ({("a.txt",): "text\n"}, [])


def test_a_compressed_member_keeps_its_own_name_in_the_path() -> None:
    found = opened(archive(Made(b"logs/a.log.gz", gzip.compress(b"text\n"))), "x.zip")
    assert found.texts == {("logs/a.log.gz",): "text\n"}


def test_damage_of_a_compressed_member_is_told_with_its_path() -> None:
    found = opened(archive(Made(b"a.txt.gz", gzip.compress(b"text\n" * 100)[:-8])), "x.zip")
    assert found.texts == {("a.txt.gz",): "text\n" * 100}
    assert found.reasons == [(Reason.MALFORMED, ("a.txt.gz",))]


def test_members_are_recognised_by_content() -> None:
    found = opened(archive(Made(b"data.bin", b"name,ssn\nAnn,219-22-9999\nBob,219-22-9998\n")), "x.zip")
    assert (("data.bin",), ("ssn",), ["219-22-9999", "219-22-9998"]) in found.columns


def test_a_member_that_needs_memory_beyond_the_limit_does_not_end_the_others() -> None:
    inner = archive(Made(b"a.txt", b"x" * 5000))
    found = opened(archive(Made(b"big.zip", inner), Made(b"b.txt", b"b\n")), "x.zip", Limits(memory_bytes=2000))
    assert found.texts == {("b.txt",): "b\n"}
    assert found.reasons == [(Reason.BUDGET_MEMORY, ("big.zip",))]


def test_every_reader_that_the_registry_names_exists() -> None:
    for media_type in registry.READERS:
        assert callable(registry.load(media_type))


def test_the_registry_is_sorted() -> None:
    assert list(registry.READERS) == sorted(registry.READERS)


def test_a_missing_library_is_named_with_the_way_to_install_it() -> None:
    with pytest.raises(MissingExtraError, match="pip install no_such_library"):
        registry.imported(registry.Row("text:read", needs=("no_such_library",)))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.txt", "a.xml", "a.zip", "a.gz"])
@given(data=st.binary(min_size=1, max_size=500))
def test_any_bytes_under_any_name_end_in_items_or_a_read_error(name: str, data: bytes) -> None:
    assert is_sound(opened(data, name))


@given(
    texts=st.dictionaries(
        st.text("ab/.", min_size=1, max_size=6).map(lambda name: name + "x.txt"), st.text("ab \n", min_size=1, max_size=50), max_size=5
    )
)
def test_every_text_in_a_zip_is_found_under_its_name(texts: dict[str, str]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in texts.items():
            made.writestr(name, text)
    assert opened(target.getvalue(), "x.zip").texts == {(name,): text for name, text in texts.items()}
