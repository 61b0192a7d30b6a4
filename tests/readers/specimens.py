"""One small object of every kind of document, each with the same number in it; what `test_every_document.py` breaks."""

import json

from sample_data.binary_workbooks import binary_workbook, old_workbook
from sample_data.old_office import old_document, old_message, old_slides
from tests.readers import odfs, pptxs
from tests.readers.docxs import whole

SSN = "219-22-9999"

SPECIMENS: dict[str, bytes] = {
    "old.xls": old_workbook({"S": [["name", "ssn"], ["Ann", SSN], ["Bob", "x" * 5000]]}),
    "binary.xlsb": binary_workbook({"S": [["name", "ssn"], ["Ann", SSN], ["Bob", SSN]]}),
    "old.doc": old_document({"body": f"first\rssn {SSN}\r", "header": "head\r"}),
    "old.ppt": old_slides([["title"], [f"ssn {SSN}"]]),
    "mail.msg": old_message({"0037": "subject", "1000": f"ssn {SSN}", "__recip_version1.0_#00000000/3001": "Ann"}),
    "contact.vcf": b"BEGIN:VCARD\r\nFN:Ann Lee\r\nNOTE:ssn 219-\r\n 22-9999\r\nEND:VCARD\r\n",
    "day.ics": f"BEGIN:VCALENDAR\nDESCRIPTION:ssn {SSN}\\, bring it\nEND:VCALENDAR\n".encode(),
    "people.ldif": b"dn: cn=Ann\ncn: Ann\nssn: 219-22-\n 9999\n",
    "notes.ipynb": json.dumps({"cells": [{"source": ["x\n", f"ssn {SSN}"]}], "nbformat": 4}).encode(),
    "page.html": f"<html><table><tr><th>name<th>ssn</tr><tr><td>Ann<td>{SSN}</tr></table></html>".encode(),
    "page.md": f"# x\n\n| name | ssn | city |\n|---|---|---|\n| Ann | {SSN} | Rome |\n".encode(),
    "book.epub": whole({"mimetype": "application/epub+zip", "a.xhtml": f"<html><p>ssn {SSN}</p></html>"}),
    "text.rtf": rf"{{\rtf1\ansi first\par ssn {SSN}\par\trowd\pard\intbl name\cell ssn\cell\row\trowd Ann\cell {SSN}\cell\row}}".encode(),
    "text.odt": odfs.package(
        odfs.TEXT, odfs.paragraph(f"ssn {SSN}"), odfs.table("t", odfs.row("name", "ssn"), odfs.row("Ann", SSN), odfs.row("Bob", SSN))
    ),
    "sheet.ods": odfs.package(odfs.SHEETS, odfs.table("S", odfs.row("name", "ssn"), odfs.row("Ann", SSN, repeated=2))),
    "flat.fods": odfs.flat(odfs.SHEETS, odfs.table("S", odfs.row("name", "ssn"), odfs.row("Ann", SSN, repeated=2))),
    "flat.fodt": odfs.flat(odfs.TEXT, odfs.paragraph(f"ssn {SSN}"), odfs.table("t", odfs.row("name", "ssn"), odfs.row("Ann", SSN))),
    "slides.pptx": pptxs.presentation(
        pptxs.slide(pptxs.shape("first"), pptxs.shape(f"ssn {SSN}")), pptxs.slide(pptxs.table(["name", "ssn"], ["Ann", SSN], ["Bob", SSN]))
    ),
}
