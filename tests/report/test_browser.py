"""Does a real browser open the page from a file: in silence, asking nobody, in light, in dark and on paper?"""

import random
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import made_run
import pytest
from test_size import hostile_run

from landwaiter.report.page import write_report

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on the path")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(made_run.make(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(hostile_run(tmp_path_factory.mktemp("hostile")))


class Watched:
    """A page whose every request, console message and error is kept."""

    def __init__(self, browser, path: Path, **options: object) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.noise: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            self.page.wait_for_selector("html[data-ready]")

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def spread(png: bytes) -> float:
    """The variance of the picture's bytes: near 0 where nothing is drawn."""
    data = _pixels(png)
    sample = random.Random(1).sample(data, 20_000)
    mean = sum(sample) / len(sample)
    return sum((value - mean) ** 2 for value in sample) / len(sample)


def _pixels(png: bytes) -> bytes:
    """Filtered scan lines are enough: a page of one colour gives nothing but zeros and its first pixels."""
    at, chunks = 8, []
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        if kind == b"IDAT":
            chunks.append(png[at + 8 : at + 8 + size])
        at += size + 12
    return zlib.decompress(b"".join(chunks))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_in_silence_and_asks_nobody(browser, small: Path, scheme: str) -> None:
    with Watched(browser, small, color_scheme=scheme) as watched:
        page = watched.page
        assert page.title() == "Leads as of 2026-11-22 · landwaiter"
        assert spread(page.screenshot(full_page=True)) > 50
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
        assert watched.requests == [small.as_uri()]
        assert watched.noise == []


def test_a_blank_page_would_be_seen(browser) -> None:
    page = browser.new_page()
    assert spread(page.screenshot()) < 5
    page.close()


def test_the_theme_goes_round(browser, small: Path) -> None:
    with Watched(browser, small, color_scheme="light") as watched:
        seen = []
        for _ in range(3):
            watched.page.click("#theme")
            ground = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
            seen.append((watched.page.get_attribute("#theme", "data-now"), ground))
        assert [theme for theme, _ in seen] == ["light", "dark", "auto"]
        assert seen[0][1] == seen[2][1] != seen[1][1]


def test_find_narrow_sort_and_open(browser, small: Path) -> None:
    with Watched(browser, small) as watched:
        page = watched.page
        ranks = "[...document.querySelectorAll('#ranking tbody tr')].map(r => r.cells[0].textContent)"
        assert page.evaluate(ranks) == ["1", "3", "2"]  # parties, then chains
        page.click("#ranking th button[data-sort=rank]")
        assert page.evaluate(ranks) == ["1", "2", "3"]
        page.click("#ranking th button[data-sort=score]")
        page.click("#ranking th button[data-sort=score]")
        assert page.evaluate(ranks) == ["3", "2", "1"]
        assert page.get_attribute("#ranking th:has(button[data-sort=score])", "aria-sort") == "ascending"
        page.fill("#find", "степь")
        assert page.evaluate(ranks) == ["3", "2", "1"]  # the logistics firm is in the evidence of all three
        page.select_option("#by-country", "KZ")
        assert page.evaluate(ranks) == ["3"]
        page.select_option("#by-kind", "chain")
        assert page.evaluate(ranks) == []
        page.select_option("#by-kind", "party")
        assert page.inner_text("#found") == "1 of 3 leads"
        assert page.locator("#articles > details:visible").count() == 1
        page.click("#ranking tbody a")
        assert page.locator("#lead-3").is_visible()
        page.click("button[type=reset]")
        page.wait_for_selector("#ranking tbody tr:nth-child(3)")
        assert watched.noise == []


def test_everything_can_be_reached_with_the_keyboard(browser, small: Path) -> None:
    with Watched(browser, small) as watched:
        page = watched.page
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.tagName + '.' + document.activeElement.className"))
        assert {"A.", "BUTTON.", "INPUT.", "SELECT.", "SUMMARY.", "DIV.wide"} <= reached
        page.locator("#articles > details:nth-child(2) > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#lead-3").is_visible()


def test_on_paper_the_leads_are_open_and_no_picture_is_cut(browser, small: Path) -> None:
    with Watched(browser, small) as watched:
        page = watched.page
        page.set_viewport_size({"width": 703, "height": 1000})  # A4 less the margins
        page.emulate_media(media="print")
        assert page.locator("#lead-3").is_visible()
        assert not page.locator("nav").is_visible()
        right = "Math.max(...[...document.querySelectorAll('svg.chain, svg.map, svg.timeline, table')]"
        assert page.evaluate(f"{right}.map(e => e.getBoundingClientRect().right))") <= 704
        assert spread(page.screenshot(full_page=True)) > 50
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_run_without_leads_or_tables_opens_too(browser, tmp_path: Path) -> None:
    made_run.write_record(tmp_path)
    with Watched(browser, write_report(tmp_path)) as watched:
        assert watched.page.get_by_text("Nothing was ranked:").is_visible()
        assert watched.noise == []


def test_on_paper_closed_leads_stand_only_in_the_table(browser, hostile: Path) -> None:
    with Watched(browser, hostile) as watched:
        page = watched.page
        page.evaluate("location.hash = 'lead-40'")
        page.wait_for_selector("#lead-40", state="visible")
        page.emulate_media(media="print")
        assert page.locator("#articles > details:visible").count() == 21
        assert page.locator(".paper").is_visible()


def test_without_script_the_first_leads_are_there(browser, small: Path) -> None:
    with Watched(browser, small, java_script_enabled=False) as watched:
        assert watched.page.locator("#lead-1 .evidence").is_visible()
        assert not watched.page.locator("#find").is_visible()
        watched.page.click("#articles > details:nth-child(2) > summary")
        assert watched.page.locator("#lead-3 svg.chain").is_visible()
        assert watched.requests == [small.as_uri()]


def test_hostile_names_do_nothing_in_drawn_packed_and_short_leads(browser, hostile: Path) -> None:
    with Watched(browser, hostile) as watched:
        page = watched.page
        for rank in (1, 2, 3, 4, 5, 150, 199, 201, 202, 203, 204, 230):
            page.evaluate(f"location.hash = 'lead-{rank}'")
            page.wait_for_selector(f"#lead-{rank}", state="visible")
        page.fill("#find", "nothing is called this")
        assert page.inner_text("#found") == "0 of 230 leads"
        page.fill("#find", "<script>")
        assert page.locator("#ranking tbody tr").count() > 20
        assert page.title() == "Leads as of 2026-11-22 · landwaiter"
        assert page.locator("img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watched.requests == [hostile.as_uri()]
        assert watched.noise == []


def test_the_policy_stops_what_is_not_ours(browser, small: Path) -> None:
    with Watched(browser, small) as watched:
        watched.page.evaluate(
            "const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s);"
            "const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i);"
        )
        assert watched.page.title() != "1"
        assert any("Content Security Policy" in text for text in watched.noise)
