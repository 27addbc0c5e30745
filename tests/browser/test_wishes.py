"""Pages follow what readers wish for: direction, dark colours, the keyboard, bigger letters."""

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.conftest import DIRECTION

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize("user", ["caseworker", "family"])
def test_it_is_mirrored_for_scripts_that_run_from_right_to_left(page_of, user):
    page = page_of(user, extra_http_headers={DIRECTION: "rtl"})
    page.goto("/")

    heading, brand = page.locator("h1").bounding_box(), page.locator(".brand").bounding_box()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "bootstrap.rtl" in page.locator("link[rel=stylesheet]").first.get_attribute("href")
    assert brand["x"] > 640
    assert heading["x"] + heading["width"] > 1000
    assert looking.faults(page) == []


@pytest.mark.parametrize("wish", [{"color_scheme": "dark"}, {"contrast": "more"}], ids=str)
@pytest.mark.parametrize("user", ["caseworker", "manager"])
def test_other_colours_stay_readable(page_of, user, wish):
    page = page_of(user, **wish)
    page.goto("/")

    assert looking.violations(page) == []


def test_letters_twice_the_size_fit(page_of):
    page = page_of("caseworker")
    page.goto("/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert [by for _width, by in looking.overflow(page) if by > 0] == []


def test_the_keyboard_is_enough(page_of):
    page = page_of("caseworker")
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="R-").first.click()
    expect(page.locator("h1")).to_contain_text("R-")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Record contact")


def test_the_page_of_the_api_is_drawn_from_the_service_alone(page_of):
    page = page_of("caseworker")
    page.goto("/api/docs")

    expect(page.locator("#api-docs .opblock").first).to_be_visible(timeout=45_000)
