"""tar in every dialect, whole and damaged."""

import gzip
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Limits
from scanner.readers.tar_header import is_header, number
from tests.readers.opening import is_sound, opened

LONG = "d" * 90 + "/" + "e" * 150 + "/ü.txt"
FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]


def tar_of(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def header(name: bytes, size: int, kind: bytes = b"0", **fields: bytes) -> bytes:
    """One header block; `fields` name further bytes by `at_OFFSET`."""
    block = bytearray(512)
    block[: len(name)] = name
    block[124:136] = b"%011o\0" % size
    block[156:157] = kind
    block[257:263] = b"ustar\0"
    for place, data in fields.items():
        offset = int(place.removeprefix("at_"))
        block[offset : offset + len(data)] = data
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


END = bytes(1024)
TWO = {"a.txt": b"ssn 219-22-9999\n", "folder/b.txt": b"more text\n" * 100}
BOTH = {("a.txt",): "ssn 219-22-9999\n", ("folder/b.txt",): "more text\n" * 100}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seekable", [True, False])
def test_members_are_read_in_every_dialect(form: int, seekable: bool) -> None:
    found = opened(tar_of(TWO, form), "x.tar", seekable=seekable)
    assert (found.media_type, found.texts, found.problems) == ("application/x-tar", BOTH, [])


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_are_whole(form: int) -> None:
    assert opened(tar_of({LONG: b"text\n", "b.txt": b"b\n"}, form), "x.tar").texts == {(LONG,): "text\n", ("b.txt",): "b\n"}


def test_a_compressed_tar_adds_no_step_of_its_own() -> None:
    assert opened(gzip.compress(tar_of(TWO)), "x.tar.gz").texts == BOTH
    assert opened(gzip.compress(tar_of(TWO)), "x.tgz").texts == BOTH


def test_the_prefix_of_a_name_counts_only_in_posix_archives() -> None:
    posix = header(b"a.txt", 2, at_345=b"folder") + padded(b"a\n") + END
    gnu = header(b"a.txt", 2, at_257=b"ustar  \0", at_345=b"00000000000") + padded(b"a\n") + END
    assert list(opened(posix, "x.tar").texts) == [("folder/a.txt",)]
    assert list(opened(gnu, "x.tar").texts) == [("a.txt",)]


def test_links_devices_and_folders_are_passed_over() -> None:
    data = (
        b"".join(header(b"x", 0, bytes([kind]), at_157=b"/etc/passwd") for kind in b"123456") + header(b"a.txt", 2) + padded(b"a\n") + END
    )
    found = opened(data, "x.tar")
    assert (found.texts, found.problems) == ({("a.txt",): "a\n"}, [])


def test_a_file_whose_name_ends_like_a_folder_is_read() -> None:
    assert opened(header(b"hidden/", 7) + padded(b"secret\n") + END, "x.tar").texts == {("hidden/",): "secret\n"}


def test_an_unknown_kind_is_read_as_a_file() -> None:
    assert opened(header(b"a.txt", 2, b"Z") + padded(b"a\n") + END, "x.tar").texts == {("a.txt",): "a\n"}


def test_archives_that_were_joined_are_read_to_the_last() -> None:
    found = opened(tar_of({"a.txt": b"a\n"}) + tar_of({"b.txt": b"b\n"}), "x.tar")
    assert (found.texts, found.problems) == ({("a.txt",): "a\n", ("b.txt",): "b\n"}, [])


def test_a_truncated_archive_gives_what_is_left_and_names_the_cut_member() -> None:
    found = opened(tar_of(TWO)[: 512 * 3 + 100], "x.tar")
    assert found.texts == {("a.txt",): "ssn 219-22-9999\n", ("folder/b.txt",): "more text\n" * 10}
    assert found.reasons == [(Reason.MALFORMED, ("folder/b.txt",))]


def test_an_archive_without_end_marks_may_be_cut_between_members() -> None:
    found = opened(header(b"a.txt", 2) + padded(b"a\n"), "x.tar")
    assert found.texts == {("a.txt",): "a\n"}
    assert [problem.detail for problem in found.problems] == ["it ends without the blocks that mark the end; members may be missing"]


def test_reading_goes_on_behind_a_damaged_part() -> None:
    data = header(b"a.txt", 2) + padded(b"a\n") + b"?" * 512 * 3 + header(b"b.txt", 2) + padded(b"b\n") + END
    found = opened(data, "x.tar")
    assert found.texts == {("a.txt",): "a\n", ("b.txt",): "b\n"}
    assert [problem.reason for problem in found.problems] == [Reason.MALFORMED]


HEAD = b"the first line\n" * 1000
WITH_HOLE = HEAD + bytes(1000) + b"the last line\n"


def map_of(*regions: tuple[int, int]) -> bytes:
    return b"".join(b"%011o\0%011o\0" % region for region in regions)


def test_an_old_gnu_sparse_file_has_zeros_in_its_holes() -> None:
    block = header(b"s.txt", 15_014, b"S", at_386=map_of((0, 15_000), (16_000, 14)), at_483=b"%011o\0" % 16_014)
    found = opened(block + padded(HEAD + b"the last line\n") + END, "x.tar")
    assert (found.texts, found.problems) == ({("s.txt",): WITH_HOLE.decode()}, [])


def test_the_map_of_an_old_gnu_sparse_file_may_go_on_in_more_blocks() -> None:
    first = map_of((0, 3000), (3000, 3000), (6000, 3000), (9000, 3000))
    block = header(b"s.txt", 15_014, b"S", at_386=first, at_482=b"\1", at_483=b"%011o\0" % 16_014)
    more = map_of((12_000, 3000), (16_000, 14))
    found = opened(block + padded(more) + padded(HEAD + b"the last line\n") + END, "x.tar")
    assert (found.texts, found.problems) == ({("s.txt",): WITH_HOLE.decode()}, [])


def pax_record(record: bytes) -> bytes:
    length = len(record) + 3
    while len(b"%d %s\n" % (length, record)) != length:
        length += 1
    return b"%d %s\n" % (length, record)


@pytest.mark.parametrize(
    ("records", "leading"),
    [
        ([b"size=16014", b"offset=0", b"numbytes=15000", b"offset=16000", b"numbytes=14"], b""),
        ([b"size=16014", b"map=0,15000,16000,14"], b""),
        ([b"realsize=16014", b"major=1", b"minor=0"], padded(b"2\n0\n15000\n16000\n14\n")),
    ],
    ids=["0.0", "0.1", "1.0"],
)
def test_sparse_files_of_pax_are_put_together(records: list[bytes], leading: bytes) -> None:
    pax = b"".join(pax_record(b"GNU.sparse." + record) for record in [b"name=real.txt", *records])
    stored = leading + HEAD + b"the last line\n"
    data = header(b"p", len(pax), b"x") + padded(pax) + header(b"GNUSparseFile.1/real.txt", len(stored)) + padded(stored) + END
    found = opened(data, "x.tar")
    assert (found.texts, found.problems) == ({("real.txt",): WITH_HOLE.decode()}, [])


def test_a_sparse_bomb_is_stopped_by_the_budget() -> None:
    huge = 8 * 1024 * 1024 * 1024 - 1
    block = header(b"s.txt", 4, b"S", at_386=b"%011o\0%011o\0" % (0, 4), at_483=b"%011o\0" % huge)
    found = opened(block + padded(b"abc\n") + END, "x.tar", Limits(ratio_after=2 * MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_a_map_that_goes_backwards_is_not_used() -> None:
    regions = b"%011o\0%011o\0" % (1000, 5) + b"%011o\0%011o\0" % (0, 5)
    block = header(b"s.txt", 10, b"S", at_386=regions, at_483=b"%011o\0" % 1005)
    assert opened(block + padded(b"headEtail\n") + END, "x.tar").texts == {("s.txt",): "headEtail\n"}


def test_an_overlong_extended_header_is_passed_over_and_said() -> None:
    data = header(b"p", 2 * MIB, b"x") + bytes(2 * MIB) + header(b"a.txt", 2) + padded(b"a\n") + END
    found = opened(data, "x.tar")
    assert found.texts == {("a.txt",): "a\n"}
    assert [problem.detail for problem in found.problems] == ["an extended header is too long and was passed over"]


def test_members_count_even_without_data() -> None:
    data = b"".join(header(b"%d/" % number, 0, b"5") for number in range(20)) + END
    found = opened(data, "x.tar", Limits(entries=10))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_ENTRIES


def test_a_global_header_holds_for_all_members_behind_it() -> None:
    pax = b"19 comment=0123456\n"
    data = header(b"g", len(pax), b"g") + padded(pax) + header(b"a.txt", 2) + padded(b"a\n") + header(b"b.txt", 2) + padded(b"b\n") + END
    assert opened(data, "x.tar").texts == {("a.txt",): "a\n", ("b.txt",): "b\n"}


def test_sizes_in_base_256_are_read() -> None:
    assert number(b"\x80" + bytes(10) + b"\x05") == 5
    assert number(b"\xff" * 12) == -1
    assert number(b"00000000017\0") == 15
    assert number(b"not octal!!!") is None


def test_a_negative_size_is_no_header() -> None:
    block = bytearray(header(b"a.txt", 0, at_124=b"\xff" * 12))
    assert is_header(bytes(block))
    found = opened(header(b"ok.txt", 3) + padded(b"ok\n") + bytes(block) + END, "x.tar")
    assert found.texts == {("ok.txt",): "ok\n"}
    assert [problem.reason for problem in found.problems] == [Reason.MALFORMED]


def test_unsupported_members_are_skipped_without_losing_the_place() -> None:
    data = tar_of({"a.png": b"\x89PNG\r\n\x1a\n" + bytes(5000), "b.txt": b"b\n"})
    found = opened(data, "x.tar")
    assert found.texts == {("b.txt",): "b\n"}
    assert found.reasons == [(Reason.UNSUPPORTED_TYPE, ("a.png",))]


@given(flips=st.lists(st.tuples(st.integers(0, 6000), st.integers(1, 255)), max_size=6), cut=st.integers(512, 10_240))
def test_damage_never_raises_anything_but_read_errors(flips: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(tar_of({LONG: b"text\n", "b.txt": b"b\n" * 300})[:cut])
    for at, mask in flips:
        data[at % len(data)] ^= mask
    assert is_sound(opened(bytes(data), "x.tar"))
