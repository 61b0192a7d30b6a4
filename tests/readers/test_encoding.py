"""Bytes become characters: every one of them, whatever the encoding and however it is broken."""

import io
import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.readers.encoding import Encoding, Utf8Stream, detect

FRENCH = "Le café est prêt à être dégusté; l'été dernier, nous étions à Nîmes où le soleil brûlait. "
POLISH = "Zażółć gęślą jaźń, wszyscy ludzie rodzą się wolni i równi pod względem swej godności. "
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах. "
JAPANESE = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。\n"
NAMES = st.sampled_from(
    ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "cp932", "gb18030", "big5", "euc-jp", "cp949"]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-32-le"),
        (FRENCH, "utf-32-be"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16-le"),
        (JAPANESE, "cp932"),
        (JAPANESE * 3, "utf-16-le"),
        (JAPANESE * 3, "utf-16-be"),
        ("Account 4711, balance 12.50 of ANNA SMITH\n" * 3, "cp037"),
        ("KONTO 4711 ANNA SCHMIDT BERLIN   219-22-9999\n" * 3, "cp500"),
    ],
)
def test_texts_are_read_in_the_encoding_in_which_they_were_written(text: str, name: str) -> None:
    data = text.encode(name)
    encoding = detect(data)

    assert encoding.decode(data[encoding.bom :]) == text


def test_a_few_accents_are_taken_for_windows_1252_and_not_guessed_at() -> None:
    assert detect(b"Ren\xe9;Z\xfcrich\n") == Encoding("cp1252")


def test_a_character_cut_off_at_the_end_of_the_head_does_not_hide_utf_8() -> None:
    head = ("x" * 65_535 + "é").encode()[:65_536]

    assert detect(head).name == "utf-8"


def test_nuls_in_ascii_are_kept_and_are_not_taken_for_utf_16() -> None:
    data = b"log line\n\0\0\0\0another line\n"

    assert detect(data).decode(data) == "log line\n\0\0\0\0another line\n"


def test_a_stray_byte_becomes_its_windows_character_and_the_utf_8_around_it_stays() -> None:
    assert Encoding("utf-8").decode(b"\xc3\xa9t\xe9 \x80 \x81") == "été € \x81"


@settings(deadline=None)
@given(NAMES, st.binary(max_size=60))
def test_no_bytes_make_decoding_fail_or_give_what_is_no_text(name: str, data: bytes) -> None:
    Encoding(name).decode(data).encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_every_byte_of_broken_utf_8_leaves_a_character(data: bytes) -> None:
    text = Encoding("utf-8").decode(data)

    assert len(text.encode()) >= len(data)
    assert sum(unicodedata.category(character) != "Cs" for character in text) == len(text)


@settings(deadline=None)
@given(st.sampled_from(["utf-8", "utf-16-le", "cp1252", "gb18030"]), st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=5))
def test_a_text_in_pieces_is_decoded_as_in_one(name: str, data: bytes, cuts: list[int]) -> None:
    decoder = Encoding(name).decoder()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [decoder.decode(memoryview(data)[start:end]) for start, end in itertools.pairwise(edges)]

    assert "".join(pieces) + decoder.decode(memoryview(b""), final=True) == Encoding(name).decode(data)


@settings(deadline=None)
@given(st.text(max_size=50), st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]))
def test_any_encoding_can_be_read_as_a_stream_of_utf_8(text: str, name: str) -> None:
    stream = io.BufferedReader(Utf8Stream(io.BytesIO(text.encode(name)), Encoding(name)))

    assert stream.read() == text.encode()


def test_a_stream_of_utf_8_is_without_the_byte_order_mark() -> None:
    stream = Utf8Stream(io.BytesIO("\ufeffé".encode("utf-16-le")), Encoding("utf-16-le", bom=2, unit=2))

    assert io.BufferedReader(stream).read() == "é".encode()
