"""Where an occurrence is. Numbered as in Macie's genuine output: rows, lines, columns and pages from 1, records and elements from 0."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class LineLocation:
    """Characters of a text: from `start_column` of line `start` up to `end_column` of line `end`, both inclusive, all from 1."""

    start: int
    start_column: int
    end: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class CellLocation:
    """A cell of a table. Rows count from 1, the header row included.

    :param reference: `Sheet2!C5` in a spreadsheet, `table 1!C5` in a table that stands in HTML or Markdown, else empty
    :param start: first character inside the cell's value, from 0
    :param end: the character after the last, from 0
    """

    row: int
    column: int
    column_name: str = ""
    reference: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, order=True)
class RecordLocation:
    """A value of a record, counted from 0: the line of a JSON Lines file, the row of a Parquet file; 0 for one JSON document.

    :param json_path: `$.access.key[2]`, `$[0]['Card Number']`
    :param start: first character inside the value, from 0
    :param end: the character after the last, from 0
    """

    record_index: int
    json_path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, order=True)
class PageLocation:
    """A line on a page of a document, both from 1; columns as in LineLocation.

    :param line: those of form fields, comments and link targets follow those of the page's text
    """

    page: int
    line: int
    start_column: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class ParagraphLocation:
    """A paragraph of a word-processing document or a slide, or of what any document says about itself.

    :param part: `body`, `header1`, `footer2`, `footnotes`, `endnotes`, `comments`, `glossary`, `links`, else the name of the
        part's file (`core`, `settings`, `item1`), or `information` in a PDF; with `/textbox` behind it inside a text box,
        `/deleted` in a paragraph as it was before tracked deletions, `/notes` in a field instruction or the description of
        a picture. `slide3` in a presentation, with `/notes`, `/comments`, `/descriptions` (of pictures) or the name of the part's file
        behind it for what belongs to the slide. OpenDocument has `header`, `footer`, and `/descriptions` and `/values` (of fields)
        behind any of its parts
    :param paragraph: counts from 1 within the part, in document order, table paragraphs included
    :param cell: `table 1, row 2, column 3` when it stands in a table, else empty
    :param start: first character inside the paragraph, from 0
    :param end: the character after the last, from 0
    """

    part: str
    paragraph: int
    cell: str = ""
    start: int = 0
    end: int = 0


Location = LineLocation | CellLocation | RecordLocation | PageLocation | ParagraphLocation
