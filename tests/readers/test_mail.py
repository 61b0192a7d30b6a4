"""E-mail: what is written as it is stays where it is, and what is encoded is read, too."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import LineLocation
from tests.readers.opening import Found, is_sound, opened

HEAD = b"From: anna@example.org\r\nTo: bob@example.org\r\nMIME-Version: 1.0\r\nSubject: x\r\n"


def message(*parts: bytes, boundary: bytes = b"=b=") -> bytes:
    """A message of several parts, each with its own head."""
    inside = b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts)
    return HEAD + b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n%s--%s--\r\nbehind\r\n' % (boundary, inside, boundary)


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        (b"base64", b"ODg1NSBhbmQg\r\nIMOkCg==\r\n"),
        (b"Base64 ", b"!ODg1NSBh bmQg\r\n\r\nIMOkCg"),
        (b"quoted-printable", b"88=\r\n55 and =20=C3=\r\n=A4\r\n"),
    ],
)
def test_an_encoded_body_is_a_member(encoding: bytes, written: bytes) -> None:
    found = opened(HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + written, "a.eml")

    assert found.media_type == "message/rfc822"
    assert found.texts["part 1.txt",].rstrip() == "8855 and  ä"
    assert found.texts[()].endswith("\r\n\r\n")


def test_attachments_have_their_names_and_formats_and_what_is_around_them_its_lines() -> None:
    named = b"Content-Disposition: attachment; filename*=UTF-8''k%C3%B6pfe.csv\r\n"
    table = named + b"Content-Transfer-Encoding: base64\r\n\r\naWQsc3NuCjEsYWFhCg==\r\n"
    page = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html>a&#64;=\r\nb=0A</html>\r\n"
    found = opened(message(b"Content-Type: text/plain\r\n\r\nplain text\r\n", table, page), "a.eml")

    assert [(member, names) for member, names, _ in found.columns] == [(("köpfe.csv",), ("id",)), (("köpfe.csv",), ("ssn",))]
    assert found.texts["part 4.html",].startswith("<html>a@b\n</html>")
    assert found.place("plain text") == LineLocation(10, 1, 10, 10)
    assert found.place("behind") == LineLocation(26, 1, 26, 6)


def test_a_message_inside_another_is_read_like_the_outer_one() -> None:
    inner = message(b"Content-Transfer-Encoding: base64\r\n\r\naW5uZXI=\r\n", boundary=b"inner")
    found = opened(
        message(b"Content-Type: message/rfc822\r\n\r\n" + inner, b"Content-Transfer-Encoding: base64\r\n\r\nb3V0ZXI=\r\n"), "a.eml"
    )

    assert sorted(text for path, text in found.texts.items() if path) == ["inner", "outer"]


def test_each_message_of_a_mailbox_is_numbered(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        made = EmailMessage()
        made["From"], made["Message-ID"] = "anna@example.org", f"<{number}@example.org>"
        made.set_content(f"body {number}\nFrom here on\n", cte="base64" if number == 1 else "7bit")
        box.add(made)
    box.close()
    found = opened((tmp_path / "box").read_bytes(), "box")

    assert found.media_type == "application/mbox"
    assert found.texts["message 2/part 1.txt",] == "body 1\nFrom here on\n"
    assert "body 0" in found.texts[()]
    assert "body 2" in found.texts[()]


@pytest.mark.parametrize(
    "text",
    [
        b"From: a\nTo: b\n\nno mark of a message\n",
        b"HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: text/html\r\n\r\n<html>",
        b"Received: 3 boxes\nReturned: 2 boxes\nReceived by Anna\nDate: today\n",
    ],
)
def test_what_only_looks_like_a_head_is_no_message(text: bytes) -> None:
    assert opened(text, "a.txt").media_type == "text/plain"


def test_a_broken_message_is_read_as_far_as_it_goes() -> None:
    found = opened(message(b"Content-Transfer-Encoding: base64\r\n\r\nODg1N")[:-17], "a.eml")

    assert found.texts["part 2.txt",].startswith("885")


LINES = st.lists(
    st.sampled_from(
        [
            b"--=b=",
            b"--=b=--",
            b"--c",
            b"",
            b"text",
            b"From me",
            b"aGFsbG8=",
            b"a=3D=",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: quoted-printable",
            b"Content-Type: multipart/mixed; boundary=c",
            b"Content-Type: message/rfc822",
            b"Content-Disposition: attachment; filename*=x'y'%zz",
            b"\xff\xfe: \x80",
        ]
    ),
    max_size=30,
)


@given(LINES, st.sampled_from([b"\n", b"\r\n", b"\r"]), st.booleans())
def test_any_message_is_sound(lines: list[bytes], end: bytes, boxed: bool) -> None:
    data = (b"From me\n" if boxed else b"") + message()[:-20] + end.join(lines)
    found = opened(data, "a.eml")

    assert found.failure is None
    assert is_sound(found)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60).map(
    lambda text: f"x{text}x\n"
)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["base64", "quoted-printable", "8bit"])), min_size=1, max_size=5))
def test_all_bodies_come_out(bodies: list[tuple[str, str]]) -> None:
    made = EmailMessage()
    made["From"], made["MIME-Version"] = "anna@example.org", "1.0"
    made.make_mixed()
    for text, encoding in bodies:
        made.add_attachment(text, cte=encoding)
    found = opened(made.as_bytes(), "a.eml")

    assert all(text.strip() in whole(found) for text, _ in bodies)


def whole(found: Found) -> str:
    return "".join(found.texts.values())
