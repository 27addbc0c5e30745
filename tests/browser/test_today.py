"""The caseworker's queue on a phone, by keyboard: put off, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOf
from tests.browser.looking import faults

pytestmark = pytest.mark.browser
NEAR = 200


def test_after_an_act_the_list_is_open_where_it_was_left(page_of: PageOf):
    page = page_of("caseworker", viewport={"width": 360, "height": 800})
    page.goto("/today")
    fold = page.locator("details[data-fold]").first
    fold.locator("> summary").click()
    later = fold.locator('.queue-line [data-key="s"]').last
    later.scroll_into_view_if_needed()
    was = page.evaluate("scrollY")

    later.click()
    page.get_by_role("button", name="Put off").click()
    page.wait_for_url("**/today")

    expect(page.locator(".note-done")).to_contain_text("Put off until")
    expect(page.locator("details[data-fold]").first).to_have_attribute("open", "")
    assert abs(page.evaluate("scrollY") - was) < NEAR
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
    page.keyboard.press("u")
    page.get_by_text("It is back in the queue.").wait_for()


def test_a_line_is_put_off_and_brought_back_by_keyboard_at_360_px(page_of: PageOf):
    page = page_of("caseworker", viewport={"width": 360, "height": 800})
    page.goto("/today")
    assert faults(page) == []

    # The rest of a long group is behind a button, which a wide screen does not need.
    more = page.locator("details.wide-open > summary", has_text="more").first
    hidden = page.locator("details.wide-open .queue-line").first
    page.set_viewport_size({"width": 1280, "height": 800})
    assert (more.is_visible(), hidden.is_visible()) == (False, True)
    page.set_viewport_size({"width": 360, "height": 800})
    assert (more.is_visible(), hidden.is_visible()) == (True, False)
    more.click()
    assert hidden.is_visible()

    # What concerns somebody's safety cannot be put off, so it has no such key.
    page.keyboard.press("j")
    page.locator('[data-line]:has([data-key="s"])').first.focus()
    page.keyboard.press("s")
    page.wait_for_url("**/snooze")
    page.get_by_role("button", name="Put off").click()
    page.wait_for_url("**/today")
    assert "Put off until" in page.locator(".note-done").inner_text()

    page.keyboard.press("u")
    page.get_by_text("It is back in the queue.").wait_for()
