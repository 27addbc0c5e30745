"""A contact is noted within a minute, by thumb and by keyboard; nothing typed is lost."""

import re
import time

import pytest
from playwright.sync_api import expect

from resettle.demo.staff import PASSWORD
from tests.browser import looking
from tests.browser.conftest import PageOf

pytestmark = pytest.mark.timeout(240)

PHONE = {"viewport": {"width": 360, "height": 800}, "has_touch": True}
SAID = "The kitchen is warm now; the landlord came by."
MINUTE = 60


def open_form(page) -> None:
    page.goto("/contact")
    page.get_by_role("main").get_by_role("link", name=re.compile("R-")).first.click()
    expect(page.locator("h1")).to_have_text("Record contact")


def recorded(page) -> None:
    expect(page.get_by_text("The contact is recorded.")).to_be_visible()
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.get_by_text(SAID).first).to_be_visible()


def test_it_is_noted_by_thumb_at_360_pixels_within_a_minute(page_of: PageOf):
    page = page_of("caseworker", **PHONE)
    page.goto("/contact")
    began = time.monotonic()

    page.get_by_role("main").get_by_role("link", name=re.compile("R-")).first.tap()
    page.get_by_role("group", name="Who was there").get_by_role("checkbox").first.tap()
    page.get_by_label("What was said").tap()
    page.keyboard.type(SAID, delay=20)
    page.get_by_label("Next action").first.tap()
    page.keyboard.type("Ring the landlord", delay=20)
    page.get_by_label("When", exact=True).select_option("1")
    page.get_by_role("button", name="Record contact").tap()

    expect(page.get_by_text("The contact is recorded.")).to_be_visible()
    assert time.monotonic() - began < MINUTE
    recorded(page)


def test_it_is_noted_by_keyboard_alone_within_a_minute(page_of: PageOf):
    page = page_of("caseworker", viewport={"width": 360, "height": 800})
    open_form(page)
    began = time.monotonic()

    page.get_by_label("How").focus()
    page.keyboard.press("p")  # Phone
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type(SAID, delay=20)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Record contact":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_text("The contact is recorded.")).to_be_visible()
    assert time.monotonic() - began < MINUTE


@pytest.mark.parametrize("path", ["/contact", "/drafts"])
def test_the_pages_around_it_have_no_fault(page_of: PageOf, path):
    page = page_of("caseworker")
    page.goto(path)

    assert looking.faults(page) == []


def test_a_note_its_amendment_and_its_sharing_have_no_fault(page_of: PageOf):
    page = page_of("caseworker")
    open_form(page)
    assert looking.faults(page) == []
    page.get_by_label("What was said").fill(SAID)
    page.get_by_role("button", name="Record contact").click()
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.get_by_role("link", name="Open the note").first.click()
    assert looking.faults(page) == []

    page.get_by_role("link", name="Amend").click()
    assert looking.faults(page) == []
    page.get_by_label("What was said").fill(SAID + " Twice.")
    page.get_by_role("button", name="Save the new version").click()

    expect(page.get_by_text("The note is amended.")).to_be_visible()
    expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    assert looking.faults(page) == []


def end_session(page_of: PageOf, sign_in) -> None:
    """End the caseworker's other sessions on the server, from another browser."""
    elsewhere = page_of()
    sign_in(elsewhere, "caseworker")
    elsewhere.goto("/account")
    elsewhere.get_by_role("button", name="Sign out everywhere else").click()
    expect(elsewhere.get_by_role("button", name="Sign out everywhere else")).to_be_hidden()


def sign_in_again(place, button: str) -> None:
    place.get_by_label("E-mail").fill("caseworker@demo.test")
    place.get_by_label("Password").fill(PASSWORD)
    place.get_by_role("button", name=button).click()


def test_a_draft_outlives_a_dead_session(page_of: PageOf, sign_in):
    page = page_of("caseworker", refusals=True)
    open_form(page)
    address, said = page.url, page.get_by_label("What was said")
    said.press_sequentially(SAID[:10])
    expect(page.get_by_text("Draft saved")).to_be_visible()

    end_session(page_of, sign_in)
    said.press_sequentially(SAID[10:])
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    assert looking.violations(page) == []
    sign_in_again(dialog, "Sign in and go on")

    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(said).to_have_value(SAID)
    restore(page, address)


def restore(page, address: str) -> None:
    """Open the form anew: it is empty until the writer asks for what was written."""
    page.goto(address)
    expect(page.get_by_label("What was said")).to_have_value("")
    assert looking.violations(page) == []
    page.get_by_role("link", name="Restore").first.click()
    expect(page.get_by_label("What was said")).to_have_value(SAID)
    page.get_by_role("button", name="Record contact").click()
    recorded(page)


def test_what_is_sent_after_the_session_is_there_after_signing_in(page_of: PageOf, sign_in):
    page = page_of("caseworker", refusals=True, java_script_enabled=False)
    open_form(page)
    page.get_by_label("What was said").fill(SAID)
    end_session(page_of, sign_in)

    page.get_by_role("button", name="Record contact").click()
    expect(page.get_by_text("What you wrote is kept")).to_be_visible()
    sign_in_again(page, "Sign in")

    expect(page.get_by_label("What was said")).to_have_value(SAID)


@pytest.mark.parametrize("scripts", [True, False])
def test_who_saves_second_compares_and_chooses(page_of: PageOf, scripts):
    mine = page_of("caseworker", refusals=True, java_script_enabled=scripts)
    mine.goto("/contact")
    file = mine.get_by_role("main").get_by_role("link", name=re.compile("R-")).first
    path = file.get_attribute("href").replace("/contact", "/change")
    mine.goto(path)
    was = mine.get_by_label("Language at home").input_value()
    one, other = [code for code in ("ara", "som", "tir") if code != was][:2]
    save_language(page_of("caseworker"), path, one)

    choose_language(mine, other)

    expect(mine.get_by_text("Changed by somebody else: Language at home")).to_be_visible()
    assert not scripts or looking.faults(mine) == []
    mine.get_by_label("Keep what stands below: Language at home").check()
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("It is changed.")).to_be_visible()
    mine.goto(path)
    expect(mine.get_by_label("Language at home")).to_have_value(other)


def save_language(page, path: str, code: str) -> None:
    page.goto(path)
    choose_language(page, code)
    expect(page.get_by_text("It is changed.")).to_be_visible()


def choose_language(page, code: str) -> None:
    page.get_by_label("Language at home").select_option(code)
    page.get_by_role("button", name="Save", exact=True).click()
