"""A sponsor group's week on a phone: seen, taken, told, with axe at three widths."""

import pytest

from tests.browser.conftest import PageOf
from tests.browser.looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_a_volunteer_takes_a_shift_and_tells_how_it_goes_at_360_px(page_of: PageOf):
    page = page_of("member", viewport={"width": 360, "height": 800})
    page.goto("/our-week")
    assert faults(page) == []

    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("button", name="I do it").first.click()
    page.get_by_text("It is yours").wait_for()
    page.get_by_role("link", name="Ten seconds for your caseworker").first.click()
    assert faults(page) == []
    page.get_by_label("How it goes, in a line").fill("They liked the beach")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your caseworker has it.").wait_for()


@pytest.mark.parametrize("user", ["member", "family"])
def test_the_thread_says_who_reads_it_at_360_px(page_of: PageOf, user: str):
    page = page_of(user, viewport={"width": 360, "height": 800})
    page.goto("/")
    page.get_by_role("link", name="Messages").first.click()

    assert "All of them, always." in page.locator("main").inner_text()
    assert faults(page) == []
