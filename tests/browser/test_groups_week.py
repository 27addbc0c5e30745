"""A sponsor group's week and its house on a phone of 360 px, done by hand, with axe on the way."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import PageOf
from tests.browser.looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PHONE = {"width": 360, "height": 800}
HOUSE = "a[href$='/house-ready']"


def looked_at(page: Page) -> None:
    """See that nothing is wrong with the page at any width, and hold the phone again."""
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 800})


def a_photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 400), "grey").save(file, "JPEG")
    return file.getvalue()


def test_a_shift_is_taken_offered_kept_and_told_of(page_of: PageOf):
    page = page_of("member", viewport=PHONE)
    page.goto("/our-week")
    page.locator("a[href*='/roster-shifts/']").last.click()
    page.get_by_role("button", name="I do it").click()
    page.get_by_text("It is yours").wait_for()
    page.goto("/our-week")
    page.locator("a[href*='/roster-shifts/']").last.click()
    looked_at(page)

    page.get_by_role("button", name="I cannot: who can?").click()
    page.goto("/our-week")
    page.locator("a[href*='/roster-shifts/']").last.click()
    page.get_by_role("button", name="I can after all").click()
    page.goto("/our-week")
    assert "I have arrived" in page.locator("main").inner_text()


def test_the_coordinator_gives_a_lift_to_a_driver_and_a_task_to_a_member(page_of: PageOf):
    page = page_of("coordinator", viewport=PHONE)
    page.goto("/our-week")
    assert "To the school and back" in page.locator("main").inner_text()
    page.locator("a[href$='/roster']").first.click()
    looked_at(page)
    page.goto("/our-week")
    page.locator("a[href*='/group-tasks/'][href$='/change']").first.click()
    looked_at(page)


def test_the_group_goes_through_the_house_with_a_photo_and_a_defect(page_of: PageOf):
    page = page_of("coordinator", viewport=PHONE)
    page.goto("/our-week")
    page.locator(HOUSE).first.click()
    looked_at(page)
    page.get_by_role("link", name="Go through the checklist").click()
    looked_at(page)
    page.locator("select, input[type=radio][value=missing]").first.wait_for()
    page.go_back()

    page.get_by_role("link", name="Something is broken").click()
    looked_at(page)
    page.get_by_label("What is wrong").fill("The back door does not lock")
    page.get_by_role("button", name="Put it on the log").click()
    page.get_by_text("It is on the log.").wait_for()
    page.get_by_role("link", name="Add a photo").last.click()
    looked_at(page)
    page.get_by_label("Photo").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    page.get_by_role("button", name="Add the photo").click()
    page.get_by_text("The photo is added.").wait_for()
    looked_at(page)
