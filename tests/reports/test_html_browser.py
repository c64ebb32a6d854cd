"""The page in a real browser: it loads nothing, does nothing unasked, filters, and fits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from reports.html import HtmlReport
from reports.json import JsonReport
from tests.reports import hostile_report
from tests.reports.hostile_report import NAMES

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPORT = hostile_report.report()


@dataclass
class Opened:
    """A page, and what it tried to do."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def rows(self) -> list[str]:
        """Ids of the rows in sight."""
        shown = "rows => rows.filter(row => row.checkVisibility()).map(row => row.id)"
        return [str(one) for one in self.page.locator("#gaps tbody tr").evaluate_all(shown)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "gap.html"
    path.write_text(HtmlReport().render(REPORT, "sv"), encoding="utf-8")
    return path.as_uri()


def opened(browser: Browser, address: str, width: int = 1280, *, script: bool = True) -> Opened:
    page = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script
    ).new_page()
    one = Opened(page, address)

    def dismissed(dialog: Dialog) -> None:
        one.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: one.requests.append(request.url))
    page.on("console", lambda message: one.complaints.append(message.text))
    page.on("pageerror", lambda error: one.complaints.append(str(error)))
    page.on("dialog", dismissed)
    page.goto(address)
    return one


@pytest.fixture
def desktop(chromium: Browser, address: str) -> Iterator[Opened]:
    one = opened(chromium, address)
    yield one
    one.page.context.close()


def ids(**wanted: str) -> list[str]:
    gaps = [vars_of(gap) for gap in json.loads(JsonReport().render(REPORT, "sv"))["gaps"]]
    return [f"gap-{gap['id']}" for gap in gaps if all(gap[key] == wanted[key] for key in wanted)]


def vars_of(gap: dict[str, str]) -> dict[str, str]:
    return {key: str(gap[key]) for key in ("id", "severity", "kind", "source")}


def test_the_page_asks_for_nothing_and_complains_of_nothing(desktop: Opened) -> None:
    desktop.page.wait_for_timeout(200)
    assert desktop.requests == [desktop.address]
    assert desktop.complaints == []
    assert desktop.page.locator("#gaps tbody tr").count() == len(REPORT.gaps)


def test_injected_script_would_be_stopped_by_the_policy(desktop: Opened) -> None:
    desktop.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.se/x.png";
            document.body.append(image);
        }"""
    )
    desktop.page.wait_for_timeout(200)
    assert desktop.page.evaluate("window.ran") is None
    assert len(desktop.complaints) >= 2
    assert all("Content Security Policy" in one for one in desktop.complaints)


def test_counts_equal_those_of_the_json_report(desktop: Opened) -> None:
    told = json.loads(JsonReport().render(REPORT, "sv"))
    counted = Counter(gap["severity"] for gap in told["gaps"])
    for tile in desktop.page.locator("[data-severity]").locator("visible=true").all():
        if tile.evaluate("one => one.tagName") == "B":
            level = tile.get_attribute("data-severity") or ""
            assert tile.inner_text() == str(counted[level])
    assert desktop.page.locator(".counts b").count() == 5
    assert desktop.rows() == [f"gap-{gap['id']}" for gap in told["gaps"]]
    held = [gap for gap in told["gaps"] if gap["kind"] != "declared_not_found"]
    assert f"{len(held)} avvikelser" in desktop.page.locator(".verdict").inner_text()
    read = told["coverage"]["status"]["scanned"]
    assert (
        f"{read:,}".replace(",", "\u00a0") in desktop.page.locator("#coverage + table").inner_text()
    )


def test_filters_show_the_rows_that_fit(desktop: Opened) -> None:
    page = desktop.page
    page.locator("#filters").get_by_label("Allvar").select_option("critical")
    assert desktop.rows() == ids(severity="critical")
    page.locator("#filters").get_by_label("Avvikelse").select_option("transfer")
    assert desktop.rows() == ids(severity="critical", kind="transfer")
    assert page.locator("#shown").inner_text() == str(len(desktop.rows()))
    page.get_by_role("button", name="Rensa").click()
    assert desktop.rows() == ids()


def test_each_source_can_be_chosen_whatever_it_is_called(desktop: Opened) -> None:
    choice = desktop.page.locator("#filters").get_by_label("Källa")
    for number, source in enumerate(sorted(NAMES), start=1):
        choice.select_option(str(number))
        assert desktop.rows() == ids(source=source), ascii(source)


def test_text_is_searched_without_regard_to_case(desktop: Opened) -> None:
    search = desktop.page.locator("#filters").get_by_label("Sök i texten")
    search.fill("KUND_lista")
    assert desktop.rows() == [f"gap-{gap.id}" for gap in REPORT.gaps if gap.scope == NAMES[-1]]
    search.fill(".*")
    assert desktop.rows() == []
    assert desktop.page.locator("#shown").inner_text() == "0"


def test_the_filters_are_reached_by_keyboard(desktop: Opened) -> None:
    page = desktop.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "severity"
    assert desktop.rows() == ids(severity="critical")


def test_without_script_every_gap_stands_there(chromium: Browser, address: str) -> None:
    one = opened(chromium, address, script=False)
    rows = one.page.locator("#gaps tbody tr")
    assert rows.count() == len(REPORT.gaps)
    assert all(rows.nth(i).is_visible() for i in (0, len(REPORT.gaps) - 1))
    assert not one.page.locator("#filters").is_visible()
    one.page.context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out(chromium: Browser, address: str, width: int) -> None:
    one = opened(chromium, address, width)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_from_the_ground(desktop: Opened, scheme: str) -> None:
    desktop.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ratios = desktop.page.evaluate(CONTRAST)
    assert set(ratios) > {"--ink", "--soft", "--high", "--link"}
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


CONTRAST = """() => {
    const style = getComputedStyle(document.documentElement);
    const light = (name) => {
        const probe = document.createElement("canvas").getContext("2d");
        probe.fillStyle = style.getPropertyValue(name);
        const parts = [1, 3, 5].map((i) => parseInt(probe.fillStyle.slice(i, i + 2), 16) / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const names = ["ink", "soft", "critical", "high", "medium", "low", "info", "good", "link"];
    return Object.fromEntries(names.map((name) => ["--" + name, Math.min(
        ratio(light("--" + name), light("--paper")), ratio(light("--" + name), light("--band")))]));
}"""


def test_printing_shows_everything_but_the_filters(desktop: Opened, tmp_path: Path) -> None:
    desktop.page.locator("#filters").get_by_label("Allvar").select_option("critical")
    desktop.page.emulate_media(media="print")
    assert not desktop.page.locator("#filters").is_visible()
    assert desktop.rows() == ids()
    desktop.page.emulate_media(media="screen")
    desktop.page.pdf(path=tmp_path / "gap.pdf", prefer_css_page_size=True)
    assert (tmp_path / "gap.pdf").read_bytes().startswith(b"%PDF")
