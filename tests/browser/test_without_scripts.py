"""The pages do their work in a browser that runs no scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.timeout(240)

SAID = "The kitchen is warm now; the landlord came by."


def test_signing_in_and_recording_a_contact(page_of, sign_in):
    page = page_of(java_script_enabled=False)
    sign_in(page, "caseworker")
    page.get_by_role("link", name="R-").first.click()
    page.locator("#main").get_by_role("link", name="Record contact").click()
    page.get_by_label("What was said").fill(SAID)

    page.get_by_role("button", name="Record contact").click()

    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.get_by_text(SAID)).to_be_visible()


def test_a_wrong_password_is_told_beside_what_was_typed(page_of):
    page = page_of(java_script_enabled=False, refusals=True)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("caseworker@demo.test")
    page.get_by_label("Password").fill("a password of somebody else")

    page.get_by_role("button", name="Sign in").click()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("caseworker@demo.test")
    expect(page.get_by_label("Password")).to_have_value("")
