"""Documents and presentations of Office 97 to 2003, messages of Outlook: what they say, and files that are made to hurt."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.compounds import compound
from sample_data.old_office import atom, old_document, old_message, old_slides
from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from scanner.model.segment import TextSegment
from scanner.readers.budget import Budget, Limits
from scanner.readers.msg_rtf import unpacked_rtf
from tests.readers.docxs import parts
from tests.readers.opening import is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


@pytest.mark.parametrize("wide", [True, False])
def test_a_document_is_read_story_by_story(*, wide: bool) -> None:
    said = {"body": f"first\rssn {SSN}\r", "footnotes": "below\r", "header": "head\r", "comments": "remark\r", "body/textbox": "boxed\r"}
    found = opened(old_document(said, wide=wide), "x.doc")
    assert parts(found) == {name: text.replace("\r", "\n") for name, text in said.items()}
    assert found.place(SSN) == ParagraphLocation("body", 2, "", 4, 15)
    assert found.problems == []


def test_marks_of_a_document_are_what_they_stand_for() -> None:
    link = '\x13 HYPERLINK "https://x.example/a" \x14there\x15'
    secret = '\x13 IF 1 = 2 "never shown" "" \x15'
    found = opened(
        old_document({"body": f"a\x0bb\x1ec\x1fd\x01\r{link}{secret}\rname\x07ssn\x07\x07Ann\x07{SSN}\x07\x07end\x0clast\r"}), "x.doc"
    )
    assert parts(found) == {
        "body": f"a\nb-cd\nthere\nname\tssn\nAnn\t{SSN}\nend\nlast\n",
        "body/notes": 'IF 1 = 2 "never shown" ""\n',
        "links": "https://x.example/a\n",
    }


def test_a_long_document_comes_whole() -> None:
    said = "".join(f"paragraph {number} with ssn {SSN}\r" for number in range(30_000))
    assert opened(old_document({"body": said}), "x.doc").texts[()] == said.replace("\r", "\n")


def test_a_document_of_word_95_is_read() -> None:
    text = f"ssn {SSN}\r".encode("cp1252")
    head = struct.pack("<HH6xH12xII", 0xA5DC, 0x68, 0, 128, 128 + len(text)).ljust(128, b"\0")
    assert opened(compound({"WordDocument": head + text}), "x.doc").texts[()] == f"ssn {SSN}\n"


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (old_document({"body": "x"}, flags=0x0100), Reason.ENCRYPTED),
        (compound({"WordDocument": bytes(3000)}), Reason.MALFORMED),
        (compound({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1) + bytes(3000)}), Reason.MALFORMED),
        (compound({"WordDocument": struct.pack("<HH6xH", 0xA5DC, 0x68, 4) + bytes(3000)}), Reason.UNSUPPORTED_TYPE),
        (compound({"PowerPoint Document": atom(0x2F14, b"", container=True)}), Reason.ENCRYPTED),
    ],
    ids=range(5),
)
def test_what_cannot_be_read_is_told(made: bytes, reason: Reason) -> None:
    failure = opened(made, "x").failure
    assert failure is not None
    assert failure.reason is reason


def test_embedded_objects_of_a_document_are_told() -> None:
    inside = {"ObjectPool/_1/Contents": b"a", "ObjectPool/_2/Contents": b"b", "ObjectPool/_2/More": b"c"}
    assert opened(old_document({"body": "x\r"}, inside=inside), "x.doc").problems[0].detail == "2 embedded objects are not read"


def test_pieces_that_all_show_the_same_text_are_stopped() -> None:
    head = bytearray(2048)
    struct.pack_into("<HH6xH", head, 0, 0xA5EC, 0xC1, 0x0200)
    count = 5000
    plc = (
        struct.pack(f"<{count + 1}I", *range(0, 100_000 * (count + 1), 100_000)) + struct.pack("<HIH", 0, 2048 * 2 | 0x40000000, 0) * count
    )
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    failure = opened(
        compound({"WordDocument": bytes(head) + b"x" * 100_000, "1Table": clx}), "x.doc", Limits(ratio_after=1_000_000)
    ).failure
    assert failure is not None
    assert failure.reason is Reason.BUDGET_RATIO


def test_slides_have_their_numbers() -> None:
    found = opened(old_slides([["title"], [f"ssn {SSN}\rsecond line", "other box"]]), "x.ppt")
    assert parts(found) == {"slide1": "title\n", "slide2": f"ssn {SSN}\nsecond line\nother box\n"}
    assert found.place(SSN) == ParagraphLocation("slide2", 1, "", 4, 15)


def test_a_message_is_read_with_all_that_belongs_to_it() -> None:
    inner = "__attach_version1.0_#00000001/__substg1.0_3701000D/"
    found = opened(
        old_message(
            {
                "0037": "a subject",
                "1000": f"Hello,\r\nssn {SSN}",
                "007D": "Received: by x\r\nSubject: y",
                "001A": "IPM.Note",
                "8001": "a property with a name",
                "__recip_version1.0_#00000000/3001": "Ann",
                "__recip_version1.0_#00000000/3003": "ann@mail.example.org",
                "__attach_version1.0_#00000000/3707": "people.csv",
                f"{inner}0037": "inner subject",
                f"{inner}1000": f"inner {OTHER}",
            },
            {
                "__attach_version1.0_#00000000/__substg1.0_37010102": f"name,ssn\nAnn,{SSN}\nBob,{OTHER}\n".encode(),
                "__substg1.0_10130102": b"<html><body>rich</body></html>",
                "__nameid_version1.0/__substg1.0_00040102": b"a name",
            },
        ),
        "x.msg",
    )
    assert found.problems == []
    assert parts_of_message(found.segments) == {
        "body": f"Hello,\nssn {SSN}\n",
        "headers": "Received: by x\nSubject: y\n",
        "properties": "subject: a subject\na property with a name\n",
        "recipient1": "name: Ann\naddress: ann@mail.example.org\n",
        "attachment1": "people.csv\n",
        "attachment2/message": "subject: inner subject\n",
        "attachment2/message/body": f"inner {OTHER}\n",
    }
    assert (("people.csv",), ("ssn",), [SSN, OTHER]) in found.columns
    assert "rich" in found.texts[("body.html",)]


def parts_of_message(segments: list[TextSegment]) -> dict[str, str]:
    """The text of each part of the message itself, not of its members that are no messages."""
    found: dict[str, str] = {}
    for segment in segments:
        place = segment.locator.at(segment.text, 0, 1)
        if isinstance(place, ParagraphLocation):
            found[place.part] = found.get(place.part, "") + segment.text
    return found


def test_texts_of_one_byte_a_character_are_in_the_code_page_of_the_message() -> None:
    properties = bytes(32) + b"\x03\x00\xfd\x3f" + bytes(4) + struct.pack("<II", 1251, 0)
    made = compound({"__properties_version1.0": properties, "__substg1.0_1000001E": "Анна".encode("cp1251")})
    assert parts(opened(made, "x.msg")) == {"body": "Анна\n"}


def packed(literal: bytes, kind: bytes = b"LZFu") -> bytes:
    """RTF packed without any reference, which begins with a run of the window that the format knows."""
    tokens = b"".join(b"\0" + literal[at : at + 8] for at in range(0, len(literal), 8))
    return struct.pack("<II4sI", len(tokens) + 12, len(literal), kind, 0) + (tokens if kind == b"LZFu" else literal)


def test_a_body_in_rtf_is_a_member() -> None:
    body = rb"{\rtf1\ansi ssn " + SSN.encode() + rb"\par}"
    for kind in (b"LZFu", b"MELA"):
        found = opened(old_message({"0037": "x"}, {"__substg1.0_10090102": packed(body, kind)}), "x.msg")
        assert found.texts[("body.rtf",)] == f"ssn {SSN}\n"


def test_packed_rtf_comes_out_as_it_was() -> None:
    example = "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423" + "20af32068656c090020627705b06c647d0a800fa0"  # [MS-OXRTFCP] 3.1
    assert unpacked_rtf(bytes.fromhex(example), Budget(Limits(), None)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    repeated = b"\x02a" + struct.pack(">H", 207 << 4 | 3)
    assert unpacked_rtf(struct.pack("<II4sI", 0, 6, b"LZFu", 0) + repeated, Budget(Limits(), None)) == b"aaaaaa"


@given(st.binary(max_size=200))
def test_any_packed_bytes_are_survived(data: bytes) -> None:
    assert len(unpacked_rtf(struct.pack("<II4sI", 0, 1000, b"LZFu", 0) + data, Budget(Limits(), None))) < 20_000


def test_a_body_that_is_packed_otherwise_is_told() -> None:
    found = opened(old_message({"0037": "x"}, {"__substg1.0_10090102": b"x" * 40}), "x.msg")
    assert found.texts == {(): "subject: x\n"}
    assert found.reasons == [(Reason.MALFORMED, ("body.rtf",))]


@given(st.binary(max_size=400))
def test_any_bytes_as_streams_end_in_text_or_problems(data: bytes) -> None:
    head = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0200)
    assert is_sound(opened(compound({"WordDocument": head + data, "1Table": data}), "x.doc"))
    assert is_sound(opened(compound({"PowerPoint Document": data}), "x.ppt"))
    assert is_sound(
        opened(compound({"__properties_version1.0": data, "__substg1.0_1000001F": data, "__substg1.0_10090102": data}), "x.msg")
    )
