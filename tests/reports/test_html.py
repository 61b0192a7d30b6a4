"""The report for people."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from identifiers.catalogues import load_catalogue
from scanner.model.life import DetectionLife, Life, ObjectLife, Resolution
from scanner.model.location import LineLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.html.blocks import EVIDENCE_BLOCK
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, EMAIL, KEY, RUN, SSN, STARTED, SUMMARY, cells, column, detection, occurrence, options, result, stored


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


def rows(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The cells of one table, drawings left out."""
    (table,) = [table for table in pick(page, "//table[caption]") if text_of(pick(table, "./caption")[0]).startswith(caption)]
    return [texts(row, "./*[not(contains(@class, 'drawn'))]") for row in pick(table, ".//tbody/tr")]


def block(page: html.HtmlElement, name: str) -> Any:
    (script,) = pick(page, f"//script[@id='{name}']")
    return json.loads(str(script.text))


def test_the_summary_says_how_many_objects_hold_something_and_how_bad_it_is() -> None:
    page = report(result(detection(SSN, 1)), result(detection(EMAIL, 1)), complete=False)
    assert texts(page, "//p[@class='lead']") == [
        "2 of 3 objects hold sensitive data, 1 of high severity. Not everything was scanned: see what and why."
    ]
    assert texts(page, "//ul[@class='tiles']/li")[:3] == ["1 high severity", "0 medium severity", "1 low severity"]


def test_an_interrupted_run_says_so() -> None:
    (lead,) = texts(report(result(), complete=False, interrupted=True), "//p[@class='lead']")
    assert lead.endswith("The run was interrupted: what it had not reached is missing here.")


def test_categories_and_identifiers_are_counted_by_severity() -> None:
    page = report(result(detection(CARD, 4), detection(EMAIL, 1)), result(detection(EMAIL, 2)))
    assert rows(page, "Objects with findings") == [
        ["Financial", "1", "–", "–", "1", "4"],
        ["Personal", "–", "1", "1", "2", "3"],
    ]
    assert rows(page, "By identifier") == [
        ["Credit card numberCREDIT_CARD_NUMBER", "1", "–", "–", "1", "4"],
        ["Email addressEMAIL_ADDRESS", "–", "1", "1", "2", "3"],
    ]


def test_bars_are_drawn_to_scale() -> None:
    page = report(*[result(detection(SSN, 1))] * 3, result(detection(EMAIL, 1)))
    drawn = [
        [(one.get("class"), one.get("x"), one.get("width")) for one in pick(bar, "./rect")] for bar in pick(page, "//td/*[name()='svg']")
    ]
    assert drawn[0] == [("high", "0.000", "75.000"), ("low", "75.000", "25.000")]


def test_folders_are_listed_worst_first() -> None:
    names = ("a/few.csv", "b/one.csv", "b/two.csv", "c/mail.csv")
    page = report(*(result(detection(EMAIL if name[0] == "c" else SSN, 1), of=stored(name)) for name in names))
    assert [row[:1] + row[4:] for row in rows(page, "Folders")] == [["b/", "2", "2"], ["a/", "1", "1"], ["c/", "1", "1"]]


def test_with_several_targets_each_has_a_row() -> None:
    of = [stored("a", bucket="/srv/data"), stored("b", bucket="/srv/other"), stored("c", bucket="/srv/other")]
    page = report(*(result(detection(SSN, 1), of=one) for one in of), targets=("/srv/data", "/srv/other"))
    assert [row[0] for row in rows(page, "Buckets and targets")] == ["/srv/other", "/srv/data"]
    assert texts(page, "//tbody/tr/th//bdi")[2].startswith("/srv/")


def test_regulations_and_countries_are_counted() -> None:
    kinds = {one.id: one for one in load_catalogue()}
    card, nino = kinds["CREDIT_CARD_NUMBER"], kinds["UK_NATIONAL_INSURANCE_NUMBER"]
    page = report(result(detection(card, 4), detection(nino, 2)), result(detection(nino, 1)), sink_options=SinkOptions(kinds))
    cards = {text_of(pick(one, "./h3")[0]): texts(one, "./p[@class='figure']") for one in pick(page, "//li[starts-with(@class, 'card')]")}
    assert cards == {
        "PCI DSS": ["1 object, 4 occurrences"],
        "HIPAA": ["1 object, 4 occurrences"],
        "GDPR": ["1 object, 4 occurrences"],
        "UK GDPR": ["2 objects, 7 occurrences"],
        "CCPA": ["1 object, 4 occurrences"],
    }
    assert rows(page, "Countries whose") == [["GB", "2", "–", "–", "2", "3"]]


def test_coverage_names_what_was_not_scanned_and_why() -> None:
    locked = result(of=stored("locked.csv", size=3_000), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied"))
    page = report(result(), locked)
    assert rows(page, "What became of") == [
        ["Scanned", "Read to the end.", "1", "50 %", "1.2 kB", "29 %"],
        ["Partial", "Something of it could not be read.", "0", "0 %", "0 B", "0 %"],
        ["Skipped", "Not read, on purpose.", "0", "0 %", "0 B", "0 %"],
        ["Failed", "Could not be read.", "1", "50 %", "3.0 kB", "71 %"],
    ]
    assert rows(page, "What was not") == [["Failed", "Access denied locked.csv Permission denied", "1", "3.0 kB"]]
    assert rows(page, "What was read") == [["text/csv", "2", "4.2 kB"]]


def test_a_finding_is_a_line_of_numbers_and_words() -> None:
    data = block(report(result(detection(SSN, 30), detection(EMAIL, 2))), "findings-data")
    ((root, folder, name, severity, count, kind, size, outcome, detections, life),) = data["lines"]
    words = data["words"]
    assert (words[root], words[folder], name, severity, count) == ("/srv/data", "people/", "customers.csv", 3, 32)
    assert (words[kind], size, words[outcome]) == ("text/csv", 1_200, "")
    assert words[life] == ""
    assert [(data["identifiers"][number][0], *rest) for number, *rest in detections] == [
        ("USA_SOCIAL_SECURITY_NUMBER", 30, 3, 3),
        ("EMAIL_ADDRESS", 2, 2, 3),
    ]


def test_an_identifier_carries_its_category_countries_and_regulations() -> None:
    kinds = {one.id: one for one in load_catalogue()}
    nino = kinds["UK_NATIONAL_INSURANCE_NUMBER"]
    data = block(report(result(detection(nino, 1)), sink_options=SinkOptions(kinds)), "findings-data")
    assert data["identifiers"] == [[nino.id, nino.name, "personal", ["GB"], ["UK GDPR"]]]


def test_evidence_shows_where_with_masked_values() -> None:
    inside = occurrence(LineLocation(4, 7, 4, 17), member=("inner.zip", "a.txt"))
    (finding,) = block(report(result(detection(SSN, 30, [*cells(1), inside]))), "evidence-0")
    said = ["***-**-9999", "high", "pattern, check:us_ssn, name:ssn"]
    assert finding == [
        "file:///srv/data/people/customers.csv",
        [[["row 2, column 3 (ssn)", *said], ["inner.zip ! a.txt ! line 4, column 7", *said]]],
    ]


def test_evidence_comes_in_blocks_and_in_the_order_of_the_lines() -> None:
    many = EVIDENCE_BLOCK + 50
    page = report(*(result(detection(SSN, number, ()), of=stored(f"{number}.csv")) for number in range(1, many + 1)))
    names = [line[2] for line in block(page, "findings-data")["lines"]]
    assert names[0] == f"{many}.csv"
    shown = [*block(page, "evidence-0"), *block(page, "evidence-1")]
    assert [uri for uri, _ in shown] == [f"file:///srv/data/{name}" for name in names]
    assert not pick(page, "//script[@id='evidence-2']")


def test_columns_say_how_much_of_them_and_how_sensitive_they_are() -> None:
    kinds = {one.id: one for one in load_catalogue()}
    ssn, mail = kinds["USA_SOCIAL_SECURITY_NUMBER"], kinds["EMAIL_ADDRESS"]
    found = [detection(ssn, 10, (), [column("id", 10, 40)]), detection(mail, 4, (), [column("id", 4, 40), column("mail", 0, 1)])]
    page = report(result(*found, of=stored("s/day=1/a.csv")), sink_options=SinkOptions(kinds))
    data = block(page, "findings-data")
    words, names = data["words"], [one[0] for one in data["identifiers"]]
    entries = [(words[one[0]], one[1], names[one[2]], *one[3:8], words[one[8]]) for one in data["columns"]]
    assert entries == [
        ("s", "id", "USA_SOCIAL_SECURITY_NUMBER", 3, 3, 10, 40, 1, "restricted"),
        ("s", "id", "EMAIL_ADDRESS", 2, 3, 4, 40, 1, "restricted"),
        ("s", "mail", "EMAIL_ADDRESS", 2, 3, 0, 1, 1, "confidential"),
    ]


def test_without_tables_there_is_no_inventory_of_columns() -> None:
    assert not pick(report(result(detection(SSN, 1, [occurrence(LineLocation(1, 1, 1, 2))]))), "//*[@id='columns']")


def with_life(life: Life, of: ObjectResult) -> ObjectResult:
    resolution = Resolution.DELETED if life is Life.RESOLVED else None
    return replace(of, life=ObjectLife(detections=(DetectionLife(SSN.id, life, STARTED, STARTED, resolution),)))


def takeaways(page: html.HtmlElement) -> dict[str, str]:
    """What the first lines say, by what they are about."""
    about, said = (texts(page, f"//dl[@class='takeaways']//{tag}") for tag in ("dt", "dd"))
    return dict(zip(about, said, strict=True))


def test_the_first_lines_say_what_there_is_most_of_where_and_what_was_not_read() -> None:
    locked = result(of=stored("locked.csv"), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED))
    gone = result(of=stored("gone.csv"), outcome=Outcome(Status.SKIPPED, Reason.GONE))
    found = [result(detection(SSN, 1), detection(EMAIL, 1), of=stored(f"a/{name}")) for name in "bc"]
    page = html.document_fromstring(TestHtmlSuite().written([*found, locked, gone], summary=replace(SUMMARY, objects=4)))
    assert takeaways(page) == {
        "Above all": f"{SSN.name} in 2 objects; {EMAIL.name} in 2 objects",
        "Mostly in": "a/ (2 objects)",
        "Not, or not wholly, read": "1 object: 1 access denied",
    }
    # What is gone is no object any more.
    assert texts(page, "//p[@class='lead']")[0].startswith("2 of 3 objects hold sensitive data")
    assert texts(page, "//ul[@class='tiles']/li")[3].startswith("67 %")


def test_what_is_open_to_everybody_comes_first() -> None:
    public = {"record": "bucket", "publicAccess": {"effectivePermission": "PUBLIC"}}
    shut = {"record": "bucket", "publicAccess": {"effectivePermission": "NOT_PUBLIC"}, "sensitiveFindings": {"high": 9}}
    kept = [public | {"bucketName": "a", "sensitiveFindings": {"high": 2}}, public | {"bucketName": "b"}, shut | {"bucketName": "c"}]
    page = report(result(detection(SSN, 1)), sink_options=replace(options(), posture=kept))
    assert next(iter(takeaways(page).items())) == ("Open to everybody", "1 bucket with findings of high severity")
    page = report(result(detection(SSN, 1)), sink_options=replace(options(), posture=kept[1:]))
    assert takeaways(page)["Open to everybody"] == "1 bucket, in none of which anything is known to be"


def test_with_a_state_store_the_report_says_what_is_new_and_what_is_gone() -> None:
    results = [
        with_life(Life.NEW, result(detection(SSN, 2), of=stored("new.csv"))),
        with_life(Life.UNCHANGED, result(detection(SSN, 1), of=stored("old.csv"))),
        with_life(Life.RESOLVED, result(of=stored("gone.csv"))),
        with_life(Life.UNSEEN, result(of=stored("locked.csv"), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED))),
    ]
    summary = replace(SUMMARY, life={"new": 1, "unchanged": 1, "resolved": 1, "unseen": 1})
    page = html.document_fromstring(TestHtmlSuite().written(results, summary=summary))
    assert texts(page, "//section[@aria-labelledby='since']//li")[0].startswith("1 New")
    numbers = dict(zip(texts(page, "//span[@class='life']"), texts(page, "//ul[@class='tiles five']//b"), strict=True))
    assert numbers == {"New": "1", "Changed": "0", "Unchanged": "1", "Resolved": "1", "Not seen again": "1"}
    assert rows(page, "New and changed") == [[f"new.csv{SSN.name}", "New", "High", "2"]]
    assert rows(page, "Not found again") == [
        ["gone.csv", "Resolved", "the object is gone", "2026-03-01"],
        ["locked.csv", "Not seen again", "access denied", "2026-03-01"],
    ]
    assert takeaways(page)["Since earlier runs"] == "1 new, 1 resolved, 1 not seen again"
    data = block(page, "findings-data")
    assert [(line[2], data["words"][line[9]]) for line in data["lines"]] == [("new.csv", "new"), ("old.csv", "unchanged")]


def test_without_a_state_store_nothing_is_said_of_earlier_runs() -> None:
    assert not pick(report(result(detection(SSN, 1))), "//*[@id='since'] | //select[@name='life']")


def test_nothing_found_is_said_of_what_was_read() -> None:
    page = report(result())
    assert texts(page, "//p[@class='lead']") == [
        "No sensitive data was found in what was read of 3 objects. Everything asked for was scanned."
    ]
    assert not pick(page, "//*[@id='findings'] | //script")


def test_a_list_that_is_cut_says_so() -> None:
    results = [result(detection(SSN, number, ()), of=stored(f"{number}.csv")) for number in range(1, 121)]
    page = report(*results, sink_options=replace(options(max_rows=100), max_evidence=10))
    assert len(block(page, "findings-data")["lines"]) == 100
    assert len(block(page, "evidence-0")) == 10
    (said, *_) = texts(page, "//section[@aria-labelledby='findings']/p")
    assert "10 findings, the most severe, have them in this file" in said
    assert "The 100 most severe of 120 findings are listed here; the JSON Lines output" in said


def test_the_policy_allows_this_very_style_sheet_and_script_and_nothing_else() -> None:
    page = report(result(detection(SSN, 1)))
    (policy,) = [meta.get("content") for meta in pick(page, "//meta[@http-equiv]")]
    style, script = (
        base64.b64encode(hashlib.sha256(str(pick(page, path)[0].text).encode()).digest()).decode()
        for path in ("//style", "//script[@type='module']")
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_markup_and_nothing_is_loaded_from_elsewhere(text: str) -> None:
    one = hostile_result(text, text if "\ud83d" not in text else "plain")
    written = TestHtmlSuite().written([one], SinkOptions(hostile_identifiers(text)))
    page = html.document_fromstring(written)
    tags = {str(element.tag) for element in pick(page, "//*")}
    assert not tags & {"link", "img", "iframe", "object", "embed", "base"}
    assert {script.get("type") for script in pick(page, "//script")} == {"application/json", "module"}
    attributes = {str(name) for element in pick(page, "//*") for name in element.attrib}
    assert not [name for name in attributes if name in {"src", "style", "action"} or name.startswith("on")]
    assert all(str(link.get("href")).startswith("#") for link in pick(page, "//*[@href]"))
    assert "url(" not in written
    assert "@import" not in written


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>&amp;"])
def test_data_cannot_end_its_block(text: str) -> None:
    page = report(hostile_result(text, text), sink_options=SinkOptions(hostile_identifiers(text)))
    data = block(page, "findings-data")
    assert data["lines"][0][2] == text.rpartition("/")[2]
    assert data["identifiers"][0][1] == text


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


def test_links_to_findings_name_a_filter_and_a_value_that_there_is() -> None:
    page = report(result(detection(SSN, 1), detection(KEY, 1)))
    wanted = [(str(one.get("data-list")), json.loads(str(one.get("data-wanted")))) for one in pick(page, "//a[@data-list]")]
    for form, choices in wanted:
        names = {str(one.get("name")) for one in pick(page, f"//form[@id='{form}']//input | //form[@id='{form}']//select")}
        assert choices.keys() <= names
    assert ("filters", {"category": "credentials"}) in wanted
    assert ("filters", {"identifier": "USA_SOCIAL_SECURITY_NUMBER"}) in wanted
    assert ("filters", {"text": "people/customers.csv"}) in wanted
