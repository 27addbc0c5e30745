"""A family's own pages on its telephone: by a one-time link, without scripts, in its language."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import PageOf
from tests.browser.links import made

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE = {"viewport": {"width": 360, "height": 800}}
LANGUAGES = {"en": "ltr", "ar": "rtl", "fa-AF": "rtl", "my": "ltr", "es": "ltr"}
DEEP, MOST = 3, 40
# Lines that begin on the wrong side, words that are cut, and letters too small to read.
CUT = """
[...document.querySelectorAll("button, .btn, a, label, th, td, dd, dt, h1, h2, h3, p, li")]
  .filter((box) => box.offsetParent && !box.closest(".visually-hidden"))
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .filter((box) => getComputedStyle(box).display !== "inline")
  .map((box) => box.outerHTML.slice(0, 160))
"""
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    """Keep where links for the person of the demonstration's family are made."""
    return {}


@pytest.fixture
def links(page_of: PageOf, found: dict[str, str]) -> str:
    """Give the page on which links are made for the person of the demonstration's family."""
    if not found:
        family = page_of("family")
        family.goto("/my-household")
        consents = family.locator("a[href$='/consents/new']").get_attribute("href")
        found["links"] = str(consents).replace("/consents/new", "/links")
    return found["links"]


@pytest.fixture
def telephone(page_of: PageOf, links: str) -> Iterator[Opened]:
    """Return a function that opens a family's page on a telephone, by a link in a language."""

    def open_link(language: str, **options: bool) -> Page:
        address = made(page_of("caseworker"), links, language)
        page = page_of(**PHONE, **options)
        page.goto(address)
        page.locator("main form button").first.click()
        page.wait_for_url("**/my-household")
        return page

    yield open_link

    looking.back_to_english(page_of("family"))


def test_all_of_it_reads_from_right_to_left_and_fits_in_arabic(telephone: Opened):
    page = telephone("ar")

    found, sides = [], set()
    for path in looking.walk(page, DEEP, MOST):
        found += looking.faults(page)
        page.set_viewport_size({"width": 360, "height": 800})
        found += [f"{path}: cut: {box}" for box in page.evaluate(CUT)]
        sides.add(page.locator("html").get_attribute("dir"))

    assert found == []
    assert sides == {"rtl"}


def test_it_does_its_work_without_scripts(telephone: Opened):
    page = telephone("ar", java_script_enabled=False)
    shared = page.locator("form[action$='/withdrawal']")
    before = shared.count()

    shared.first.locator("button").click()
    page.get_by_role("status").wait_for()
    assert page.locator("form[action$='/withdrawal']").count() == before - 1

    page.locator("a[href$='/thread']").first.click()
    page.locator("textarea").fill("مرحبا، شكرًا لكم")
    page.locator("main form:has(textarea) button.btn-primary").click()
    expect(page.get_by_text("مرحبا، شكرًا لكم")).to_be_visible()
    assert [by for _width, by in looking.overflow(page) if by > 0] == []
