"""Contacts, calendars and directories: lines that are folded and encoded are found whole, at their places."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import LineLocation
from tests.readers.opening import Found, is_sound, opened

SSN = "219-22-9999"


def columns(found: Found) -> dict[tuple[str, ...], list[str | None]]:
    return {names: values for _, names, values in found.columns}


def card(*lines: str) -> Found:
    return opened("\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode(), "x.vcf")


def test_properties_of_contacts_are_columns() -> None:
    found = card(
        "N:Doe;Jane;;;", "FN:Jane Doe", "item1.TEL;TYPE=home:+1 555 0100", "ADR:;;1 Main St;Springfield;IL;62704;USA", "BDAY:19850412"
    )
    assert found.media_type == "text/vcard"
    assert columns(found) == {
        ("name",): ["Doe Jane"],
        ("full name",): ["Jane Doe"],
        ("phone",): ["+1 555 0100"],
        ("address",): ["1 Main St,Springfield,IL,62704,USA"],
        ("date of birth",): ["1985-04-12"],
    }
    phone = next(segment for segment in found.column_segments if segment.names == ("phone",))
    assert phone.locator.at(0, 0, 2) == LineLocation(5, 21, 5, 22)


def test_folded_lines_are_whole_and_keep_their_places() -> None:
    found = card("NOTE:her ssn is 219-", " 22-99", "\t99, call\\, please\\nsoon")
    assert f"NOTE:her ssn is {SSN}, call, please\nsoon\n" in found.texts[()]
    assert found.place(SSN) == LineLocation(3, 17, 5, 3)
    assert found.place("please") == LineLocation(5, 13, 5, 18)


def test_quoted_printable_is_decoded() -> None:
    written = (
        quopri.encodestring("Jörg Müßig, sehr lange Straße mit vielen Zeichen 12, ssn 219-22-9999".encode()).decode().replace("\n", "\r\n")
    )
    found = card(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{written}")
    assert columns(found) == {("full name",): ["Jörg Müßig, sehr lange Straße mit vielen Zeichen 12, ssn 219-22-9999"]}
    assert found.column_segments[0].locator.at(0, 5, 9) == LineLocation(3, 44, 3, 44)
    assert columns(card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg")) == {("full name",): ["Jörg"]}


def test_pictures_are_not_looked_at_and_attachments_are_members() -> None:
    coded = base64.b64encode(f"ssn {SSN}".encode() * 3).decode()
    zipped = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(100)).decode()
    found = card(f"PHOTO;ENCODING=b;TYPE=JPEG:{zipped[:60]}", f" {zipped[60:]}", f"KEY;ENCODING=b:{coded}", "FN:x")
    assert found.problems == []
    assert SSN in found.texts[()]
    table = base64.b64encode(f"name,ssn\nAnn,{SSN}\n".encode("utf-16")).decode()
    assert SSN in str(card(f"ATTACH;ENCODING=BASE64;VALUE=BINARY:{table}").texts)


def test_what_is_written_into_parameters_is_text() -> None:
    found = card(f'TEL;TYPE="{SSN}":1')
    assert columns(found) == {("phone",): ["1"]}
    assert f'TEL;TYPE="{SSN}":' in found.texts[()]


def test_a_calendar_is_text_whose_lines_are_whole() -> None:
    lines = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        'ATTENDEE;CN="Doe: Jane":mailto:jane@mail.',
        " example.org",
        "DESCRIPTION:ssn 219-22-",
        " 9999\\, bring it",
        "END:VEVENT",
    ]
    found = opened("\n".join(lines).encode(), "x.ics")
    assert found.media_type == "text/calendar"
    assert found.texts[()] == 'ATTENDEE;CN="Doe: Jane":mailto:jane@mail.example.org\nDESCRIPTION:ssn 219-22-9999, bring it\n'
    assert found.place(SSN) == LineLocation(5, 17, 6, 5)


def ldif(*lines: str) -> Found:
    return opened("\n".join(["version: 1", *lines, ""]).encode(), "x")


def test_attributes_of_a_directory_are_columns() -> None:
    secret = base64.b64encode("pässword".encode()).decode()
    found = ldif(
        "dn: cn=Jane Doe,dc=example",
        "objectClass: person",
        "cn: Jane",
        "  Doe",
        f"userPassword:: {secret[:6]}",
        f" {secret[6:]}",
        "employeeNumber;x-y: 7",
    )
    assert found.media_type == "text/x-ldif"
    assert columns(found) == {("full name",): ["Jane Doe"], ("userPassword",): ["pässword"], ("employeeNumber",): ["7"]}
    assert "dn: cn=Jane Doe,dc=example\n" in found.texts[()]
    password = next(segment for segment in found.column_segments if segment.names == ("userPassword",))
    assert password.locator.at(0, 0, 3) == LineLocation(6, 16, 6, 16)


def test_names_in_base64_remarks_and_odd_lines_are_text() -> None:
    found = ldif(
        "dn:: " + base64.b64encode(f"cn=J {SSN}".encode()).decode(),
        f"# ssn {SSN}",
        f"no attribute {SSN}",
        "jpegPhoto:: /9j/4AAQSkZJRgABAQAAAQABAAD/",
    )
    assert found.texts[()].count(SSN) == 3
    assert found.columns == []


def test_many_entries_come_in_pieces() -> None:
    entries = "".join(f"dn: uid={number}\nmail: u{number}@mail.example.org\nssn: {SSN}\n\n" for number in range(15_000))
    found = opened(entries.encode(), "x.ldif")
    assert sum(len(values) for _, names, values in found.columns if names == ("ssn",)) == 15_000
    last = next(segment for segment in reversed(found.column_segments) if segment.names == ("ssn",))
    assert last.locator.at(len(last.values) - 1, 0, 11) == LineLocation(59_999, 6, 59_999, 16)


@pytest.mark.parametrize("name", ["BEGIN:VCARD\nFN", "dn: x\ncn"])
@pytest.mark.parametrize(
    "made",
    [
        ":x" + "\n " * 50_000,
        ";" * 100_000 + ":x",
        ';"' * 100_000,
        ";ENCODING=QUOTED-PRINTABLE:" + "=\n" * 30_000,
        "::" + "A" * 300_000,
        "\\" * 300_000,
    ],
)
def test_hostile_lines_are_read_in_time(name: str, made: str) -> None:
    assert is_sound(opened(f"{name}{made}\nssn: {SSN}\n".encode(), "x"))


LINES = st.lists(
    st.sampled_from(
        [
            "FN:a",
            "TEL;TYPE=home:1",
            " b",
            "\tc",
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=",
            "=C3=BC",
            "KEY;ENCODING=b:AAAA",
            "x",
            "",
            "\\n\\,",
            "cn:: YQ==",
            "cn:",
            '"',
            "é:;",
        ]
    ),
    max_size=20,
)


@pytest.mark.parametrize("head", ["BEGIN:VCARD", "BEGIN:VCALENDAR", "dn: x"])
@given(lines=LINES)
def test_any_lines_are_sound(head: str, lines: list[str]) -> None:
    found = opened("\r\n".join((head, *lines)).encode(), "x")
    assert is_sound(found)
    for segment in found.column_segments:
        for index, value in enumerate(segment.values.to_pylist()):
            segment.locator.at(index, 0, len(value))
