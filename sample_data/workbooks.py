"""Writes workbooks by hand (ECMA-376): sheets of marked cells, comments on them, and a sheet that nobody sees."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

import regex

from sample_data.marking import Mark, plain, read_marks
from sample_data.places import Place
from sample_data.sample import Sample, truth_of
from sample_data.tables import Rows
from sample_data.zips import zipped

_OPEN: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OPEN}/spreadsheetml/2006/main"
_RELATION: Final = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_OPEN}/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH: Final = dt.date(1899, 12, 30)
_DAY: Final = regex.compile(r"\d{4}-\d\d-\d\d")
_SOCIAL: Final = regex.compile(r"\d{3}-\d\d-\d{4}")
_STYLES: Final = f"""<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="000\\-00\\-0000"/></numFmts>\
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"""


_HIDDEN: Final = ' state="veryHidden"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of marked cells.

    :param header: number of the row with the names of the columns, from 1; 0 for none
    :param comments: marked texts by the cell that they belong to
    """

    name: str
    rows: Rows
    header: int = 1
    hidden: bool = False
    comments: dict[str, str] = field(default_factory=dict)


def workbook_sample(name: str, about: str, sheets: Sequence[Sheet]) -> Sample:
    """A workbook. Days, numbers and social security numbers are stored as numbers, texts as texts that cells share."""
    shared: dict[str, int] = {}
    files = {
        "[Content_Types].xml": _content_types(sheets),
        "_rels/.rels": _relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations({f"worksheets/sheet{number}.xml": "worksheet" for number, _ in enumerate(sheets, 1)}),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in enumerate(sheets, 1):
        files[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, shared)
        if sheet.comments:
            files[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations({f"../comments{number}.xml": "comments"})
            files[f"xl/comments{number}.xml"] = _comments(sheet)
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{texts}</sst>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    placed = [found for number, sheet in enumerate(sheets, 1) for found in _places(number, sheet)]
    return Sample(name, zipped({path: (head + xml).encode() for path, xml in files.items()}), truth_of(about, placed))


def _places(number: int, sheet: Sheet) -> Iterator[tuple[Mark, Place]]:
    names = [plain(cell) for cell in sheet.rows[sheet.header - 1]] if sheet.header else []
    for row_number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row, start=1):
            anchor = f"{sheet.name}, row {row_number}, column {column}"
            if column <= len(names) and names[column - 1] and row_number > sheet.header:
                anchor += f" {names[column - 1]}"
            for mark in read_marks(cell)[1]:
                yield mark, Place.of_slice(anchor, mark.start, mark.end)
    for place, (cell, comment) in enumerate(sheet.comments.items(), 1):
        for mark in read_marks(comment)[1]:
            yield mark, Place.of_slice(f"comments{number}, {sheet.name}!{cell}, paragraph {place}", mark.start, mark.end)


def _sheet(sheet: Sheet, shared: dict[str, int]) -> str:
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(plain(cell), f"{chr(65 + column)}{number}", shared) for column, cell in enumerate(row))}</row>'
        for number, row in enumerate(sheet.rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(value: str, reference: str, shared: dict[str, int]) -> str:
    if not value:
        return ""
    if _DAY.fullmatch(value):
        return f'<c r="{reference}" s="1"><v>{(dt.date.fromisoformat(value) - _EPOCH).days}</v></c>'
    if _SOCIAL.fullmatch(value):
        return f'<c r="{reference}" s="2"><v>{int(value.replace("-", ""))}</v></c>'
    if value.isdecimal():
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


def _comments(sheet: Sheet) -> str:
    listed = "".join(f'<comment ref="{cell}"><text><t>{escape(plain(text))}</t></text></comment>' for cell, text in sheet.comments.items())
    return f'<comments xmlns="{_MAIN}"><commentList>{listed}</commentList></comments>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{number}"{_HIDDEN if sheet.hidden else ""} r:id="r{number - 1}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{listed}</sheets></workbook>'


def _content_types(sheets: Sequence[Sheet]) -> str:
    kinds = {"xl/workbook": "sheet.main", "xl/styles": "styles", "xl/sharedStrings": "sharedStrings"}
    kinds |= {f"xl/worksheets/sheet{number}": "worksheet" for number, _ in enumerate(sheets, 1)}
    kinds |= {f"xl/comments{number}": "comments" for number, sheet in enumerate(sheets, 1) if sheet.comments}
    rows = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    rows += "".join(f'<Override PartName="/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in kinds.items())
    return f'<Types xmlns="{_PACKAGE}/content-types">{rows}</Types>'


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
