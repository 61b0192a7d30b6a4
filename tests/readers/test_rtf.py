r"""Rich Text Format: characters, parts, tables, and files that are made to hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from tests.readers.docxs import parts
from tests.readers.opening import Found, is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


def rtf(
    body: str, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Gothic;}}"
) -> Found:
    return opened(("{\\rtf1" + head + body + "}").encode("latin-1"), "x.rtf")


def test_paragraphs_are_lines_and_know_their_number() -> None:
    found = rtf(r"\pard first\par{\b ssn} 219-22{\i -9999}\par")
    assert found.media_type == "application/rtf"
    assert found.texts == {(): f"first\nssn {SSN}\n"}
    assert found.place(SSN) == ParagraphLocation("body", 2, "", 4, 15)
    assert found.problems == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"caf\'e9", "café"),
        (r"\f1 \'cf\'f0\'e8", "При"),
        (r"\f2 \'93\'fa\'96{\'7b}", "日本"),
        (r"\u8364?uro", "€uro"),
        (r"\u-10179?\u-8704?!", "\U0001f600!"),
        (r"{\uc2\u26085 ab}c", "日c"),
        (r"{\uc0\u26085}c", "日c"),
        (r"\u233\'e9x", "éx"),
        (r"a\~b\_c\-d", "a\u00a0b-cd"),
        (r"\lquote a\rquote\emdash\bullet", "\u2018a\u2019\u2014\u2022"),
        (r"a\tab b\line c", "a\tb\nc"),
        (r"\\ \{ \}", "\\ { }"),
        (r"{\v hidden}", "hidden"),
        ("a paragraph\\\r\n", "a paragraph"),
        ("two\r\nlines of a file", "twolines of a file"),
        (r"{\*\bkmkstart place}", ""),
        (r"\'zz", "zz"),
    ],
)
def test_characters_are_what_they_stand_for(written: str, read: str) -> None:
    assert (parts(rtf(written + r"\par")).get("body") or "\n").removesuffix("\n") == read


def test_the_code_page_of_the_document_counts() -> None:
    assert rtf(r"\'cf\par", r"\ansi\ansicpg1251").texts[()] == "П\n"
    assert rtf(r"\'8e\par", r"\mac").texts[()] == "é\n"
    assert rtf(r"\'e9\par", r"\ansi\ansicpg99999").texts[()] == "é\n"


def test_every_part_is_read_and_does_not_cut_the_paragraph_around_it() -> None:
    found = rtf(
        r"{\info{\title A title}{\author Ann}{\*\company Inc}{\creatim\yr2024}{\*\userprops{\propname ssn}\proptype30{\staticval 12}}}"
        r"{\*\docvar{name}{value}}{\header head\par}{\footer foot\par}"
        r"ssn 219-{\footnote below}{\*\atnid AA}{\*\atnauthor Ann A}{\*\annotation remark}"
        r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv a picture}}{\sp{\sn shapeType}{\sv 202}}{\shptxt in a box\par}}"
        r"{\shprslt no}}22-9999\par"
    )
    assert parts(found) == {
        "information": "title: A title\nauthor: Ann\ncompany: Inc\nssn: 12\n",
        "header": "head\n",
        "footer": "foot\n",
        "footnotes": "below\n",
        "comments": "AA\nAnn A\nremark\n",
        "body/notes": "name: value\na picture\n",
        "body/textbox": "in a box\n",
        "body": f"ssn {SSN}\n",
    }


def test_fields_show_their_results_and_lead_somewhere() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "https://x.example/a"}{\fldrslt there}}'
    secret = r'{\field{\*\fldinst IF 1 = 2 "never shown" ""}{\fldrslt}}{\field{\*\fldinst PAGE}{\fldrslt 7}}'
    assert parts(rtf(link + secret + r"\par")) == {
        "body": "there7\n",
        "body/notes": 'IF 1 = 2 "never shown" ""\n',
        "links": "https://x.example/a\n",
    }


def test_deleted_text_is_read_in_the_paragraph_as_it_was() -> None:
    found = rtf(rf"ssn {{\deleted {SSN}}}{{\revised {OTHER}}}\par")
    assert parts(found) == {"body": f"ssn {OTHER}\n", "body/deleted": f"ssn {SSN}\n"}


def table(*rows: list[str], head: str = "") -> str:
    return "".join(
        r"\trowd" + (head if not number else "") + "".join(rf"\pard\intbl {cell}\cell" for cell in row) + r"\row"
        for number, row in enumerate(rows)
    )


def test_a_table_of_data_becomes_columns_under_its_headings() -> None:
    found = rtf("before\\par" + table(["name", "ssn"], ["Ann", SSN], ["Bob", OTHER]) + r"\pard behind\par")
    assert [(names, values) for _, names, values in found.columns] == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(1, 0, 11) == ParagraphLocation("body", 7, "table 1, row 3, column 2", 0, 11)
    assert found.texts[()] == "before\nbehind\n"


def test_a_marked_row_heads_a_table_and_a_form_stays_text() -> None:
    assert [names for _, names, _ in rtf(table(["name", "city"], ["Ann", "Rome"], head=r"\trhdr")).columns] == [("name",), ("city",)]
    form = rtf(table(["name", "Ann"], ["ssn", rf"{SSN}\par second"]))
    assert (form.columns, form.texts[()]) == ([], f"name\tAnn\nssn\t{SSN}\nsecond\n")
    merged = rtf(table([r"name", "ssn"], ["Ann", SSN], ["Bob", OTHER], head=r"\clvmgf"))
    assert merged.columns == []


def test_pictures_objects_and_binary_data_are_passed_over_and_told() -> None:
    found = rtf(r"{\pict\wmetafile8 0102ff}{\pict\bin5 }}{{\ }x{\object{\*\objclass Excel}{\*\objdata 0105}{\result shown}}\par")
    assert found.texts[()] == "xshown\n"
    assert found.reasons == [(Reason.MEMBERS_UNREAD, ())]
    assert rtf(r"{\pict 0102}").problems[0].detail == "it shows pictures and no text"


def test_destinations_that_nobody_knows_are_read() -> None:
    assert parts(rtf(rf"{{\*\hideout ssn {SSN}}}x\par")) == {"body/notes": f"ssn {SSN}\n", "body": "x\n"}


def test_destinations_inside_of_others_belong_to_few_parts() -> None:
    assert set(parts(rtf(r"{\*\a one{\*\b two{\shptxt three{\*\c four{\footnote five{\*\d six}}}}}}"))) <= {
        "body/notes",
        "body/notes/textbox",
        "body/notes/textbox/notes",
        "footnotes",
        "footnotes/notes",
    }
    deep = rtf(r"{\*\x a" * 3_000)
    assert set(parts(deep)) == {"body/notes"}


def test_what_ends_early_is_read_to_its_end() -> None:
    found = opened(rf"{{\rtf1 one\par ssn {SSN}".encode(), "x")
    assert found.texts[()] == f"one\nssn {SSN}\n"
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_text_that_only_has_the_name_is_text() -> None:
    assert opened(b"plain text\n", "x.rtf").media_type == "text/plain"


@pytest.mark.parametrize(
    "made",
    [
        "{" * 200_000 + SSN,
        "{" * 200_000 + SSN + "}" * 200_000,
        "}" * 100_000 + SSN,
        r"\u55357?" * 50_000 + SSN,
        r"{\*\x " * 50_000 + SSN,
        r"{\footnote " * 20_000 + SSN,
        r"\trowd\intbl\cell" * 30_000 + " " + SSN + r"\par",
        "\\" * 100_001 + " " + SSN,
        r"\bin99999999 " + SSN,
        rf"{SSN}\par\bin-1 \bin0 \ansicpg-7 \u999999999 \uc99999999 \f-3 \fcharset9999",
    ],
    ids=range(10),
)
def test_hostile_files_are_read_in_time(made: str) -> None:
    found = opened(("{\\rtf1 " + made + "}").encode(), "x.rtf")
    assert is_sound(found)
    assert SSN in "".join(found.texts.values()) or "bin9" in made


@given(
    st.lists(
        st.sampled_from(
            [
                "{",
                "}",
                "\\",
                "\\par ",
                "\\cell ",
                "\\row ",
                "\\trowd",
                "\\intbl ",
                "\\u8364 ",
                "\\'e9",
                "\\*",
                "\\footnote ",
                "\\pict",
                "\\bin3 ",
                "\\uc0",
                "a",
                " ",
                "9",
            ]
        ),
        max_size=40,
    )
)
def test_any_tokens_end_in_text_or_problems(made: list[str]) -> None:
    assert is_sound(opened(("{\\rtf1 " + "".join(made)).encode(), "x.rtf"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60))
def test_what_is_written_in_unicode_is_read_back(text: str) -> None:
    units = text.encode("utf-16-le")
    written = "".join(rf"\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2))
    assert opened(("{\\rtf1 " + written + "\\par}").encode(), "x.rtf").texts[()] == text + "\n"
