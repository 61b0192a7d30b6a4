import base64
import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from scanner.model.location import LineLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, EMAIL, RUN, SSN, SUMMARY, cells, detection, occurrence, options, result, stored


class TestHtmlSuite(SinkSuite):
    format = "html"


def report(
    *results: ObjectResult,
    complete: bool = True,
    interrupted: bool = False,
    sink_options: SinkOptions | None = None,
    targets: Sequence[str] = RUN.targets,
) -> html.HtmlElement:
    summary, run = replace(SUMMARY, complete=complete, interrupted=interrupted), replace(RUN, targets=tuple(targets))
    return html.document_fromstring(TestHtmlSuite().written(results, sink_options, run, summary))


def pick(page: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    """The elements at an XPath."""
    found = page.xpath(path)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, html.HtmlElement)]


def text_of(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [text_of(element) for element in pick(page, path)]


def rows(page: html.HtmlElement, section: str) -> list[list[str]]:
    """The cells of the tables of one section, gauges left out."""
    return [texts(row, "./td[not(@class='gauge')]") for row in pick(page, f"//section[@aria-labelledby='{section}']//tbody/tr")]


def test_the_tiles_come_first() -> None:
    page = report(result(detection(SSN, 1)), result(detection(EMAIL, 1)), complete=False)
    assert texts(page, "//ul[@class='tiles']/li") == [
        "1high severity",
        "0medium severity",
        "1low severity",
        "Coverage is incompleteSome objects were not, or not wholly, scanned: see which.",
    ]


def test_an_interrupted_run_says_so() -> None:
    tiles = texts(report(result(), complete=False, interrupted=True), "//ul[@class='tiles']/li")
    assert tiles[-1] == "The run was interruptedWhat it had not reached is missing here."


def test_categories_and_identifiers_are_counted() -> None:
    page = report(result(detection(CARD, 4), detection(EMAIL, 1)), result(detection(EMAIL, 2)))
    assert rows(page, "found") == [
        ["Financial", "High", "1", "4"],
        ["Personal", "Medium", "2", "3"],
        ["Credit card numberCREDIT_CARD_NUMBER", "High", "1", "4"],
        ["Email addressEMAIL_ADDRESS", "Medium", "2", "3"],
    ]


def test_coverage_names_what_was_not_scanned_and_why() -> None:
    locked = result(of=stored("locked.csv", size=3_000), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied"))
    assert rows(report(result(), locked), "coverage") == [
        ["Scanned", "Read to the end.", "1", "1.2 kB"],
        ["Partial", "Something of it could not be read.", "0", "0 B"],
        ["Skipped", "Not read, on purpose.", "0", "0 B"],
        ["Failed", "Could not be read.", "1", "3.0 kB"],
        ["Failed", "Access denied locked.csv Permission denied", "1", "3.0 kB"],
        ["text/csv", "2", "4.2 kB"],
    ]


def test_a_finding_shows_where_with_masked_values_and_evidence() -> None:
    inside = occurrence(LineLocation(4, 7, 4, 17), member=("inner.zip", "a.txt"))
    page = report(result(detection(SSN, 30, [*cells(1), inside])))
    assert rows(page, "findings") == [
        ["row 2, column 3 (ssn)", "***-**-9999", "pattern, check:us_ssn, name:ssn"],
        ["inner.zip ! a.txt ! line 4, column 7", "***-**-9999", "pattern, check:us_ssn, name:ssn"],
    ]
    assert "and 28 more" in texts(page, "//div[@class='inside']/p")


def test_nothing_found_is_said_of_what_was_read() -> None:
    page = report(result())
    assert texts(page, "//section[@aria-labelledby='found']/p") == ["No sensitive data was found in what was read."]
    assert not pick(page, "//*[@id='findings']")


def test_a_list_that_is_cut_says_so() -> None:
    results = [result(detection(SSN, number, ()), of=stored(f"{number}.csv")) for number in range(1, 1_201)]
    page = report(*results, sink_options=options(max_rows=1_000))
    assert len(pick(page, "//div[@class='findings']/details")) == 1_000
    assert "The 1,000 most severe of 1,200 findings are listed here; the JSON Lines output has all of them." in texts(
        page, "//section[@aria-labelledby='findings']/p"
    )


def test_with_several_targets_objects_show_with_their_folder() -> None:
    page = report(result(detection(SSN, 1)), targets=("/srv/data", "/srv/other"))
    assert texts(page, "//summary//bdi") == ["/srv/data/people/customers.csv"]


def test_the_policy_allows_this_very_style_sheet_and_nothing_else() -> None:
    page = report(result(detection(SSN, 1)))
    (policy,) = [meta.get("content") for meta in pick(page, "//meta[@http-equiv]")]
    digest = base64.b64encode(hashlib.sha256(str(pick(page, "//style")[0].text).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_markup_and_nothing_is_loaded_from_elsewhere(text: str) -> None:
    one = hostile_result(text, text if "\ud83d" not in text else "plain")
    written = TestHtmlSuite().written([one], SinkOptions(hostile_identifiers(text)))
    page = html.document_fromstring(written)
    tags = {str(element.tag) for element in pick(page, "//*")}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    attributes = {str(name) for element in pick(page, "//*") for name in element.attrib}
    assert not [name for name in attributes if name in {"src", "style"} or name.startswith("on")]
    assert all(str(link.get("href")).startswith("#") for link in pick(page, "//*[@href]"))
    assert "url(" not in written
    assert "@import" not in written


def test_settings_read_as_words_and_what_is_not_set_is_left_out() -> None:
    settings = {
        "limits": {"ratio": 200},
        "select": ["recommended", "country:CC"],
        "sources": {"include": [], "min_size": None},
        "reveal": False,
    }
    page = html.document_fromstring(TestHtmlSuite().written([], run=replace(RUN, settings=settings)))
    shown = dict(zip(texts(page, "//dl/dt"), texts(page, "//dl/dd"), strict=True))
    assert {name: shown[name] for name in list(shown)[5:]} == {
        "Limits, ratio": "200",
        "Reveal": "False",
        "Select": "recommended, country:CC",
    }


def test_what_looks_like_a_template_is_text() -> None:
    one = hostile_result("{{ 7 * 7 }}", "plain")
    assert "{{ 7 * 7 }}" in report(one, sink_options=SinkOptions(hostile_identifiers("{{ 7 * 7 }}"))).text_content()


@pytest.mark.system
def test_a_real_browser_shows_it_without_a_complaint(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "install chromium to run the system tests"
    path = tmp_path / "report.html"
    path.write_text(TestHtmlSuite().written([result(detection(SSN, 30, cells(5))), hostile_result(HOSTILE[3], "plain")][:1]))
    shot = tmp_path / "report.png"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1200,1600"]
    shown = subprocess.run([browser, *flags, f"--screenshot={shot}", path.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    assert "Content Security Policy" not in shown.stderr
    assert "CONSOLE" not in shown.stderr
    # The policy would blank the style sheet if its hash were wrong; a page without styles compresses far smaller.
    assert shot.stat().st_size > 60_000
