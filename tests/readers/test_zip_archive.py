"""ZIP in every dialect, whole and damaged."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Limits
from tests.readers.opening import is_sound, opened
from tests.readers.zips import Made, archive, archive64, central, deflated, end, local

ANN = Made(b"ann.txt", b"ssn 219-22-9999\n")
BOB = deflated(b"folder/bob.txt", b"ssn 219-22-9998\n" * 50)
BOTH = {("ann.txt",): "ssn 219-22-9999\n", ("folder/bob.txt",): "ssn 219-22-9998\n" * 50}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_are_read_whatever_their_compression(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        made.writestr("a.txt", "one\n" * 5000)
        made.mkdir("folder")
        made.writestr("folder/b.txt", "two\n")
    found = opened(target.getvalue(), "x.zip")
    assert found.texts == {("a.txt",): "one\n" * 5000, ("folder/b.txt",): "two\n"}
    assert (found.media_type, found.problems, found.failure) == ("application/zip", [], None)


def test_the_path_names_every_container() -> None:
    inner = archive(ANN)
    found = opened(archive(Made(b"inner.zip", inner), BOB), "outer.zip")
    assert found.texts == {("inner.zip", "ann.txt"): "ssn 219-22-9999\n", ("folder/bob.txt",): BOTH["folder/bob.txt",]}


def test_a_zip_in_a_stream_that_cannot_seek_is_held_in_memory() -> None:
    assert opened(archive(ANN, BOB), "x.zip", seekable=False).texts == BOTH
    found = opened(archive(ANN, BOB), "x.zip", Limits(memory_bytes=50), seekable=False)
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_MEMORY


def test_sizes_behind_the_data_are_found_in_the_directory() -> None:
    made = Made(ANN.name, ANN.data, flags=8)
    assert opened(archive(made, BOB), "x.zip").texts == BOTH


def test_zip64_is_read() -> None:
    assert opened(archive64(ANN), "x.zip").texts == {("ann.txt",): "ssn 219-22-9999\n"}


def test_a_program_before_the_archive_does_not_hide_it_inside_an_archive() -> None:
    shifted = b"PK\x03\x04" + bytes(26) + archive(ANN, BOB)
    assert opened(shifted, "x.zip").texts == BOTH


def test_members_of_the_same_name_are_both_read() -> None:
    found = opened(archive(ANN, Made(b"ann.txt", b"another text\n")), "x.zip")
    assert found.texts == {("ann.txt",): "ssn 219-22-9999\nanother text\n"}


@pytest.mark.parametrize(
    ("name", "flags", "expected"),
    [
        (b"caf\x82.txt", 0, "café.txt"),
        ("café.txt".encode(), 0x800, "café.txt"),
        ("café.txt".encode(), 0, "café.txt"),
        (b"caf\xff.txt", 0x800, "caf\udcff.txt"),
        (b"../../etc/passwd", 0, "../../etc/passwd"),
        (b"C:\\a\nb.txt", 0, "C:\\a\nb.txt"),
    ],
)
def test_names_are_kept_as_they_are(name: bytes, flags: int, expected: str) -> None:
    assert list(opened(archive(Made(name, b"text\n", flags=flags)), "x.zip").texts) == [(expected,)]


def test_the_unicode_name_field_goes_before_the_old_name() -> None:
    name = "ñandú.txt".encode()
    extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    assert list(opened(archive(Made(b"????.txt", b"text\n", extra=extra)), "x.zip").texts) == [("ñandú.txt",)]


def test_encrypted_members_are_reported_and_the_others_read() -> None:
    locked = Made(b"locked.txt", bytes(12) + b"?????", flags=1)
    found = opened(archive(locked, ANN), "x.zip")
    assert found.texts == {("ann.txt",): "ssn 219-22-9999\n"}
    assert found.reasons == [(Reason.ENCRYPTED, ("locked.txt",))]


def test_an_unknown_compression_is_reported_by_its_number() -> None:
    found = opened(archive(Made(b"a.txt", b"?", method=98), ANN), "x.zip")
    assert [(problem.reason, problem.detail) for problem in found.problems] == [(Reason.UNSUPPORTED_TYPE, "zip compression method 98")]
    assert ("ann.txt",) in found.texts


def test_a_wrong_checksum_is_reported_and_the_text_still_read() -> None:
    made = Made(b"ann.txt", ANN.data, plain=b"what it once was")
    found = opened(archive(made), "x.zip")
    assert found.texts == {("ann.txt",): "ssn 219-22-9999\n"}
    assert [(problem.detail, problem.member) for problem in found.problems] == [("its checksum is wrong", ("ann.txt",))]


def test_damaged_data_cost_only_their_member() -> None:
    made = Made(b"bad.txt", BOB.data[:10] + b"\xff" * 30, plain=b"x", method=8)
    found = opened(archive(made, ANN), "x.zip")
    assert found.texts["ann.txt",] == "ssn 219-22-9999\n"
    assert found.reasons == [(Reason.MALFORMED, ("bad.txt",))]


def test_members_of_unsupported_types_are_reported_with_their_type() -> None:
    found = opened(archive(Made(b"a.png", b"\x89PNG\r\n\x1a\n" + bytes(20)), ANN), "x.zip")
    assert [(problem.reason, problem.detail, problem.member) for problem in found.problems] == [
        (Reason.UNSUPPORTED_TYPE, "image/png", ("a.png",))
    ]


def test_members_that_share_their_data_are_read_once() -> None:
    body = local(BOB)
    directory = central(BOB, 0) * 3
    found = opened(body + directory + end(3, len(directory), len(body)), "x.zip")
    assert found.texts == {("folder/bob.txt",): BOTH["folder/bob.txt",]}
    assert [problem.detail for problem in found.problems] == ["its data overlap another member"] * 2


def test_a_bomb_of_quoted_headers_expands_its_kernel_once() -> None:
    kernel = local(deflated(b"kernel", b"boom\n" * 1000))
    quoting = Made(b"quoting", b"\x01" + struct.pack("<HH", len(kernel), len(kernel) ^ 0xFFFF) + kernel, plain=kernel, method=8)
    body = local(quoting)
    directory = central(quoting, 0) + central(deflated(b"kernel", b"boom\n" * 1000), len(body) - len(kernel))
    found = opened(body + directory + end(2, len(directory), len(body)), "x.zip")
    assert [(problem.detail, problem.member) for problem in found.problems][-1] == ("its data overlap another member", ("kernel",))


def test_a_nested_bomb_is_stopped_by_one_budget_and_keeps_what_was_found() -> None:
    data = archive(*[deflated(b"%d.txt" % number, b"the same words again and again\n" * 30_000) for number in range(8)])
    for level in range(3):
        data = archive(ANN, *[deflated(b"%d-%d.zip" % (level, number), data) for number in range(8)])
    found = opened(data, "bomb.zip", Limits(ratio=100, ratio_after=4 * MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO
    assert found.texts["ann.txt",] == "ssn 219-22-9999\n"
    assert sum(map(len, found.texts.values())) < 6 * MIB


def test_too_many_members_end_the_object_after_the_last_allowed_one() -> None:
    data = archive(*[Made(b"%d.txt" % number, b"x\n") for number in range(20)])
    found = opened(data, "many.zip", Limits(entries=5))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_ENTRIES
    assert len(found.texts) == 5


def test_a_member_too_deep_is_a_problem_of_its_own() -> None:
    data = archive(ANN)
    for _ in range(3):
        data = archive(Made(b"inner.zip", data), ANN)
    found = opened(data, "x.zip", Limits(depth=2))
    assert found.reasons == [
        (Reason.BUDGET_DEPTH, ("inner.zip", "inner.zip", "inner.zip")),
        (Reason.BUDGET_DEPTH, ("inner.zip", "inner.zip", "ann.txt")),
    ]
    assert set(found.texts) == {("inner.zip", "ann.txt"), ("ann.txt",)}


def test_a_declared_size_is_not_believed() -> None:
    lying = deflated(b"a.txt", b"y" * 100_000 + b"\n")
    lying = Made(lying.name, lying.data, plain=b"y", method=8)
    found = opened(archive(lying), "x.zip")
    assert len(found.texts["a.txt",]) == 100_001


@pytest.mark.parametrize("flags", [0, 8])
def test_without_a_directory_members_are_found_from_the_front(flags: int) -> None:
    members = (Made(b"first.txt", deflated(b"", b"first\n").data, plain=b"first\n", method=8, flags=flags), BOB)
    found = opened(b"".join(local(made) for made in members), "x.zip")
    assert found.texts == {("first.txt",): "first\n", ("folder/bob.txt",): BOTH["folder/bob.txt",]}
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_a_truncated_zip_gives_what_is_left() -> None:
    whole = archive(ANN, deflated(b"long.txt", "".join(f"number {number}\n" for number in range(5000)).encode()))
    found = opened(whole[: len(whole) // 2], "x.zip")
    assert found.texts["ann.txt",] == "ssn 219-22-9999\n"
    assert found.texts["long.txt",].startswith("number 0\nnumber 1\n")
    assert found.reasons == [(Reason.MALFORMED, ()), (Reason.MALFORMED, ("long.txt",))]


def test_a_directory_with_nonsense_in_it_is_not_used() -> None:
    whole = archive(ANN, BOB)
    damaged = whole.replace(b"PK\1\2", b"PK\1\3")
    assert opened(damaged, "x.zip").texts == BOTH


def test_an_empty_zip_holds_nothing() -> None:
    found = opened(archive(), "x.zip")
    assert (found.texts, found.problems, found.failure) == ({}, [], None)


def test_neither_directory_nor_members_is_a_failure() -> None:
    found = opened(b"PK\3\4", "x.zip")
    assert found.failure is not None
    assert found.failure.reason is Reason.MALFORMED


@given(cut=st.integers(1, 400), flips=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 255)), max_size=4))
def test_damage_anywhere_never_raises_anything_but_read_errors(cut: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(archive(ANN, BOB, Made(b"c.txt", b"plain\n"))[: 100 + cut])
    for at, mask in flips:
        data[at % len(data)] ^= mask
    assert is_sound(opened(bytes(data), "x.zip"))
