"""The report in a real browser: it works by mouse and keyboard, complains of nothing, asks for nothing, and everybody can read it."""

from pathlib import Path

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.model import Identifier
from scanner.model.location import CellLocation
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, hostile_identifiers, hostile_result
from tests.browser.axe import grave_faults
from tests.browser.chromium import Chromium
from tests.reports.build import column, detection, result, stored
from tests.reports.test_html import TestHtmlSuite as Suite

pytestmark = pytest.mark.system

KINDS = {one.id: one for one in load_catalogue()}
NINO, CARD, EMAIL, TOKEN = (KINDS[name] for name in ("UK_NATIONAL_INSURANCE_NUMBER", "CREDIT_CARD_NUMBER", "EMAIL_ADDRESS", "GITHUB_TOKEN"))
MANY = 100_000


def found(name: str, kind: Identifier, count: int) -> ObjectResult:
    return result(detection(kind, count, ()), of=stored(name))


def some_results() -> list[ObjectResult]:
    """120 findings: 70 with cards, 49 with addresses, and one with a card and numbers of the United Kingdom."""
    cards = [found(f"cards/{number:03}.csv", CARD, 200 - number) for number in range(70)]
    mails = [found(f"mails/{number:03}.csv", EMAIL, 1) for number in range(49)]
    place = Occurrence(CellLocation(2, 3, "nino", "", 0, 9), Confidence.HIGH, ("pattern",), "** ** ** 12 C", "0" * 32)
    columns = [column(f"nino {number}", number, 100, position=number) for number in range(1, 31)]
    mixed = [detection(CARD, 1, (), [column("nino 30", 1, 100, position=30)]), detection(NINO, 500, [place], columns)]
    return [*cards, *mails, result(*mixed, of=stored("people/nino.csv"))]


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(Suite().written(some_results(), SinkOptions(KINDS)), "utf-8")
    return path


@pytest.fixture
def page(browser: Chromium, page_file: Path) -> Chromium:
    browser.look(1280, 900)
    browser.open(page_file)
    return browser


def listed(page: Chromium) -> list[str]:
    names = page.run("[...document.querySelectorAll('#list .head bdi')].map((one) => one.textContent)")
    assert isinstance(names, list)
    return names


def said(page: Chromium, where: str = "matching") -> str:
    return str(page.run(f"document.getElementById('{where}').textContent"))


def choose(page: Chromium, name: str, value: str, form: str = "filters") -> None:
    page.run(f"""(async () => {{
        document.getElementById('{form}').elements.{name}.value = {value!r};
        document.getElementById('{form}').dispatchEvent(new Event('input'));
        await new Promise((done) => setTimeout(done, 300));
    }})()""")


def click(page: Chromium, selector: str) -> None:
    page.run(f"document.querySelector({selector!r}).click()")
    page.run("new Promise((done) => setTimeout(done, 50))")


def test_it_complains_of_nothing_and_asks_for_nothing(page: Chromium, page_file: Path) -> None:
    click(page, "#list .head")
    assert page.complaints == []
    assert page.requests == [page_file.as_uri()]


def test_the_worst_come_first_and_fifty_at_a_time(page: Chromium) -> None:
    assert len(listed(page)) == 50
    assert listed(page)[:2] == ["people/nino.csv", "cards/000.csv"]
    assert said(page) == "1 to 50 of 120 findings"


def test_pages_are_turned_to_the_end_and_back(page: Chromium) -> None:
    click(page, "#pager [name=next]")
    click(page, "#pager [name=next]")
    assert said(page) == "101 to 120 of 120 findings"
    assert len(listed(page)) == 20
    assert page.run("[...document.querySelectorAll('#pager button:disabled')].map((one) => one.name)") == ["next", "last"]
    click(page, "#pager [name=first]")
    assert said(page) == "1 to 50 of 120 findings"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("text", "NINO.csv", "1 finding, of 120 listed"),
        ("severity", "1", "49 findings, of 120 listed"),
        ("category", "financial", "1 to 50 of 71 findings, of 120 listed"),
        ("identifier", "EMAIL_ADDRESS", "49 findings, of 120 listed"),
        ("regulation", "PCI DSS", "1 to 50 of 71 findings, of 120 listed"),
        ("country", "GB", "1 finding, of 120 listed"),
        ("text", "no such name", "No finding matches."),
    ],
)
def test_each_filter_leaves_what_it_says(page: Chromium, name: str, value: str, expected: str) -> None:
    choose(page, name, value)
    assert said(page) == expected


def test_filters_add_up_and_can_be_cleared(page: Chromium) -> None:
    choose(page, "category", "personal")
    choose(page, "severity", "3")
    assert listed(page) == ["people/nino.csv"]
    click(page, "#filters [type=reset]")
    assert said(page) == "1 to 50 of 120 findings"


def test_the_order_can_be_chosen(page: Chromium) -> None:
    choose(page, "order", "name")
    assert listed(page)[0] == "cards/000.csv"
    choose(page, "category", "personal")
    assert listed(page)[0] == "mails/000.csv"


def test_a_link_in_a_table_filters_the_list(page: Chromium) -> None:
    click(page, "a[data-wanted*=EMAIL_ADDRESS]")
    assert said(page) == "49 findings, of 120 listed"


def test_countries_have_their_names(page: Chromium) -> None:
    assert page.run("document.querySelector('[data-country=GB]').textContent") == "United Kingdom"


def columns(page: Chromium) -> list[list[str]]:
    """The first rows of the inventory: column with dataset, identifier, share, drawing, confidence, severity, level."""
    cells = page.run("[...document.querySelectorAll('#column-list tbody tr')].map((row) => [...row.children].map((one) => one.innerText))")
    assert isinstance(cells, list)
    return cells


def test_columns_are_listed_filtered_and_ordered(page: Chromium) -> None:
    assert said(page, "column-matching") == "1 to 25 of 31 columns"
    assert columns(page)[0] == ["nino 30\npeople/nino.csv", NINO.name, "30 %", "", "High", "High", "Restricted"]
    assert page.run("document.querySelector('#column-list rect').getAttribute('width')") == "30.000"
    choose(page, "identifier", "CREDIT_CARD_NUMBER", "column-filters")
    assert [row[:3] for row in columns(page)] == [["nino 30\npeople/nino.csv", CARD.name, "1 %"]]
    choose(page, "identifier", "", "column-filters")
    choose(page, "text", "NINO 7", "column-filters")
    assert said(page, "column-matching") == "1 column, of 31 listed"


def test_a_finding_opens_and_shows_its_evidence(page: Chromium) -> None:
    click(page, "#list .head")
    inside = str(page.run("document.querySelector('#list .inside').innerText"))
    assert "file:///srv/data/people/nino.csv" in inside
    assert "row 2, column 3 (nino)" in inside
    assert "** ** ** 12 C" in inside
    assert "and 499 more" in inside
    click(page, "#list .head")
    assert page.run("document.querySelector('#list .inside')") is None


def test_the_contents_mark_the_section_that_is_read(page: Chromium) -> None:
    page.run("document.getElementById('coverage').scrollIntoView({behavior: 'instant'})")
    page.run("new Promise((done) => setTimeout(done, 300))")
    assert page.run("[...document.querySelectorAll('.contents [aria-current]')].map((one) => one.hash)") == ["#coverage"]


def test_it_can_be_used_by_keyboard_alone(page: Chromium) -> None:
    page.press("/", "Slash", "/")
    assert page.run("document.activeElement.name") == "text"
    for _ in range(9):
        page.press("Tab")
    assert page.run("document.activeElement.className") == "head"
    page.press("Enter", text="\r")
    assert page.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert "row 2, column 3 (nino)" in str(page.run("document.querySelector('#list .inside').innerText"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_everybody_can_read_it(page: Chromium, scheme: str, width: int) -> None:
    page.look(width, 900, scheme=scheme)
    click(page, "#list .head")
    assert grave_faults(page) == []


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_sticks_out_of_the_window(page: Chromium, width: int) -> None:
    page.look(width, 900)
    assert page.run("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 360])
def test_no_table_has_to_be_pushed_sideways(page: Chromium, width: int) -> None:
    page.look(width, 900)
    wide = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)"
    assert page.run("document.querySelectorAll('.scroll table').length") > 4
    assert page.run(wide) == []


def test_on_a_telephone_a_name_has_a_line_of_its_own(page: Chromium) -> None:
    page.look(400, 900)
    rows = "[...document.querySelectorAll('.scroll > table:not(.matrix) > tbody > tr')]"
    assert page.run(f"{rows}.length") > 4
    assert page.run(f"{rows}.filter((row) => row.firstElementChild.clientWidth < row.clientWidth).length") == 0


@pytest.mark.parametrize("width", [1280, 420])
def test_long_names_break(browser: Chromium, tmp_path: Path, width: int) -> None:
    long, path = "x" * 300, tmp_path / "report.html"
    one = result(detection(NINO, 5, columns=[column(long, 5, 9)]), of=stored(f"{long}/{long}.csv"), media_type=f"a/{long}")
    path.write_text(Suite().written([one], SinkOptions(KINDS)), "utf-8")
    browser.look(width, 900)
    browser.open(path)
    click(browser, "#list .head")
    assert browser.run("document.documentElement.scrollWidth") == width


def test_it_prints(page: Chromium) -> None:
    printed = page.pdf()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") > 1


def test_printed_pages_are_numbered(page: Chromium) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(page.pdf()) as pdf:
        texts = [one.get_textpage().get_text_bounded() for one in pdf]
    assert all(f"{number} of {len(texts)}" in text and "Dowse" in text for number, text in enumerate(texts, 1))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_values_are_shown_and_do_nothing(browser: Chromium, tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.html"
    name = text if "\ud83d" not in text else "plain"
    path.write_text(Suite().written([hostile_result(text, name)], SinkOptions(hostile_identifiers(text))), "utf-8")
    browser.open(path)
    click(browser, "#list .head")
    assert browser.run("document.querySelectorAll('#list script, #list img, #list [onmouseover], #list [x]').length") == 0
    assert browser.complaints == []
    assert browser.requests == [path.as_uri()]
    assert len(listed(browser)) == 1


def test_a_hundred_thousand_findings_are_there_in_two_seconds(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    kinds = (CARD, NINO, EMAIL, TOKEN)
    results = [
        found(f"area-{number % 97}/day-{number % 1_000}/part-{number:06}.csv", kinds[number % 4], 1 + number % 50) for number in range(MANY)
    ]
    path.write_text(Suite().written(results, SinkOptions(KINDS)), "utf-8")
    assert path.stat().st_size < 10_000_000
    assert browser.open(path) < 2.0
    assert said(browser) == "1 to 50 of 100,000 findings"
    choose(browser, "text", "part-099999")
    assert listed(browser) == ["area-89/day-999/part-099999.csv"]
    assert browser.complaints == []
