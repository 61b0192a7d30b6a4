"""Workbooks that are damaged, hostile or locked: what can be read is, and the rest is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Limits
from tests.readers.opening import Found, is_sound, opened
from tests.readers.test_ole import compound
from tests.readers.xlsxs import grid, number, row, shared, sheet, strings, text, typed, workbook

SSN = "219-22-9999"
SHEET = "xl/worksheets/sheet1.xml"
STRUCTURE = ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml")
DAMAGED = [(Reason.MALFORMED, (SHEET,))]


def cells(found: Found) -> set[str | None]:
    return {value for _, _, values in found.columns for value in values if value}


def test_a_damaged_row_loses_its_markup_only() -> None:
    damaged = sheet(*[row(text(f"219-22-{n:04}", f"A{n}"), at=n) for n in range(1, 6)]).replace(
        "219-22-0003</t>", f"{SSN} &amp; x</u>behind", 1
    )
    found = opened(workbook({"S": damaged}), "x.xlsx")
    assert found.reasons == DAMAGED
    assert cells(found) == {f"{SSN} & x", *(f"219-22-000{n}" for n in (1, 2, 4, 5))}
    assert "behind" in found.texts[()]
    last = found.column_segments[-1]
    assert last.locator.at(len(last.values) - 1, 0, 1) == CellLocation(5, 1, "", "S!A5", 0, 1)


def test_a_sheet_that_ends_early_is_read_to_its_end() -> None:
    cut = grid([["ssn"], [SSN], ["219-22-9998"]])
    found = opened(workbook({"S": cut[: cut.index("9998") + 2]}), "x.xlsx")
    assert found.reasons == DAMAGED
    assert cells(found) == {SSN, "219-22-99"}


def test_damaged_shared_texts_keep_their_numbers() -> None:
    broken = strings("219-22-0000", "BROKEN", "219-22-0002").replace("BROKEN</t>", f"{SSN}</u>")
    found = opened(workbook({"S": sheet(*[row(shared(n)) for n in range(3)])}, {"xl/sharedStrings.xml": broken}), "x.xlsx")
    assert found.reasons == [(Reason.MALFORMED, ("xl/sharedStrings.xml",))]
    assert cells(found) == {"219-22-0000", SSN, "219-22-0002"}


def test_a_document_type_is_refused_and_what_is_behind_it_is_read() -> None:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    table = sheet(row(text(SSN)), row("&l11;".replace("&", "&amp;")).replace("&amp;amp;", "&"), row(text("219-22-9998")))
    found = opened(workbook({"S": f"<!DOCTYPE d [{entities}]>" + table.partition("?>")[2]}), "x.xlsx")
    assert found.reasons == DAMAGED
    assert {SSN, "219-22-9998"} <= cells(found)
    assert len(found.texts[()]) < 3000


def test_shared_texts_that_do_not_fit_are_told_and_read_without_their_cells() -> None:
    items = [f"219-22-{n:04}" for n in range(100)]
    parts: dict[str, str | bytes] = {"xl/sharedStrings.xml": strings(*items)}
    found = opened(workbook({"S": sheet(*[row(shared(n)) for n in range(100)])}, parts), "x.xlsx", Limits(memory_bytes=4000))
    assert found.reasons == [(Reason.BUDGET_MEMORY, ("xl/sharedStrings.xml",))]
    assert 0 < len(cells(found)) < 100
    assert all((item in cells(found)) != (item in found.texts[()]) for item in items)


def test_a_compressed_bomb_of_a_sheet_is_stopped() -> None:
    found = opened(workbook({"S": sheet(row(text(SSN)), row(text(" " * 20 * MIB)))}), "x.xlsx", Limits(ratio_after=MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_a_row_inside_a_cell_is_survived() -> None:
    found = opened(workbook({"S": sheet(row("first"), f"<row><c t='str'><v>{SSN}</v><row/></c></row>")}), "x.xlsx")
    assert cells(found) == {SSN}


def test_what_ends_outside_of_cells_is_no_cell() -> None:
    found = opened(workbook({"S": sheet("<row><t>lost</t><rPh></rPh></row>", "<row><t>lost<rPh></rPh></row>", row(text(SSN)))}), "x.xlsx")
    assert (cells(found), found.reasons) == ({SSN}, DAMAGED)


@pytest.mark.parametrize("encoding", ["UTT-8", "shift_jis", "base64"])
def test_a_sheet_in_an_encoding_that_nobody_knows_is_read_as_utf_8(encoding: str) -> None:
    content = sheet(row(text(SSN))).replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    found = opened(workbook({"S": content}), "x.xlsx")
    assert (cells(found), found.reasons) == ({SSN}, DAMAGED)


def test_a_tag_without_end_is_not_held() -> None:
    found = opened(workbook({"S": sheet(row(text(SSN)), "<row x='" + "y" * 20 * MIB)}), "x.xlsx")
    assert found.reasons == DAMAGED
    assert cells(found) == {SSN}


def test_a_sheet_of_damages_only_comes_as_text() -> None:
    found = opened(workbook({"S": sheet(*["<row><c></row>"] * 3000, row(text(SSN)))}), "x.xlsx")
    assert found.reasons == DAMAGED
    assert SSN in found.texts[()]


def test_a_structure_that_is_no_xml_leaves_the_sheets() -> None:
    parts: dict[str, str | bytes] = dict.fromkeys(STRUCTURE, "<broken")
    found = opened(workbook({"S": sheet(row(text(SSN)), row(number(5, 3)))}, parts), "x.xlsx")
    assert cells(found) == {SSN, "5"}
    assert sorted(found.reasons) == sorted((Reason.MALFORMED, (name,)) for name in parts)


def test_a_structure_that_is_too_large_is_told() -> None:
    parts: dict[str, str | bytes] = {
        "xl/styles.xml": f"<styleSheet>{' ' * 60_000}</styleSheet>",
        "docProps/app.xml": f"<Properties>{' ' * 60_000}</Properties>",
    }
    found = opened(workbook({"S": sheet(row(text(SSN)))}, parts), "x.xlsx", Limits(memory_bytes=50_000))
    assert found.reasons == [(Reason.BUDGET_MEMORY, ("xl/styles.xml",)), (Reason.BUDGET_MEMORY, ("docProps/app.xml",))]
    assert cells(found) == {SSN}


def test_a_truncated_package_gives_the_parts_that_are_left() -> None:
    whole = workbook({"S": grid([["ssn"], [SSN]])}, {"xl/x.xml": "<a>behind</a>"})
    found = opened(whole[: whole.rindex(b"PK\1\2") - 60], "x.xlsx")
    assert cells(found) == {SSN}
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_an_encrypted_workbook_is_reported() -> None:
    failure = opened(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "x.xlsx").failure
    assert failure is not None
    assert failure.reason is Reason.ENCRYPTED


@given(st.binary(max_size=300))
def test_any_bytes_as_parts_end_in_text_or_problems(content: bytes) -> None:
    names = (
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "docProps/app.xml",
        SHEET,
    )
    assert is_sound(opened(workbook({"S": sheet()}, dict.fromkeys(names, content)), "x.xlsx"))


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_byte_in_a_sheet_loses_little(at: int, byte: int) -> None:
    content = bytearray(sheet(*[row(text(f"number {n} stands here")) for n in range(20)]).encode())
    content[at % len(content)] = byte
    found = opened(workbook({"S": ""}, {SHEET: bytes(content)}), "x.xlsx")
    said = " ".join(filter(None, cells(found))) + found.texts.get((), "")
    assert said.count("stands here") >= 18


FRAGMENTS = (
    "<row>",
    "<row r='7'/>",
    "</row>",
    "<c t=''>",
    "</c>",
    "<v>",
    "<is><t>x</t>",
    "<rPh>",
    "</rPh>",
    "<f>",
    '"a"',
    "&x;",
    "<!--",
    "<!DOCTYPE a>",
)


@given(st.lists(st.tuples(st.integers(0, 700), st.sampled_from(FRAGMENTS)), max_size=6))
def test_a_sheet_with_anything_in_between_ends_in_cells_at_their_places(inserted: list[tuple[int, str]]) -> None:
    content = sheet(row(text("a", "A1"), shared(0, "B1")), row(typed("str", "x"), number(7), at=3), behind="<headerFooter/>")
    for at, fragment in inserted:
        content = content[: at % len(content)] + fragment + content[at % len(content) :]
    found = opened(workbook({"S": content}, {"xl/sharedStrings.xml": strings("one")}), "x.xlsx")
    assert is_sound(found)
    for segment in found.column_segments:
        place = segment.locator.at(len(segment.values) - 1, 0, 1)
        assert isinstance(place, CellLocation)
        assert place.column > 0
        assert place.row > 0


@pytest.mark.parametrize("seekable", [True, False])
def test_a_workbook_is_read_from_any_stream(*, seekable: bool) -> None:
    assert cells(opened(workbook({"S": grid([["ssn"], [SSN]])}), "x.xlsx", seekable=seekable)) == {SSN}
