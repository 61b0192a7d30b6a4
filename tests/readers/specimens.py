"""One small object of every kind of document, each with the same number in it; what `test_every_document.py` breaks."""

from tests.readers import pptxs

SSN = "219-22-9999"

SPECIMENS: dict[str, bytes] = {
    "slides.pptx": pptxs.presentation(
        pptxs.slide(pptxs.shape("first"), pptxs.shape(f"ssn {SSN}")), pptxs.slide(pptxs.table(["name", "ssn"], ["Ann", SSN], ["Bob", SSN]))
    ),
}
