"""Each role finds its first page, and every page from there can be read by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser import looking

pytestmark = pytest.mark.timeout(240)

FIRST = [
    ("caseworker", "/today", "Today"),
    ("leader", "/today", "Today"),
    ("coordinator", "/our-week", "Our week"),
    ("member", "/our-week", "Our week"),
    ("family", "/my-household", "My household"),
    ("manager", "/pipeline", "Pipeline"),
    ("admin", "/users", "Users"),
    ("auditor", "/audit", "Audit"),
]
USERS = [user for user, _path, _heading in FIRST]
DEEP, MOST = 2, 32


@pytest.mark.parametrize(("user", "path", "heading"), FIRST, ids=USERS)
def test_signing_in_leads_to_the_first_page(page_of, sign_in, user, path, heading):
    page = page_of()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Sign in")

    sign_in(page, user)

    assert page.url.endswith(path)
    expect(page.locator("h1")).to_have_text(heading)


@pytest.mark.parametrize("user", USERS)
def test_every_page_by_links_is_sound(page_of, user):
    page = page_of(user)
    page.goto("/")

    found = [fault for _path in looking.walk(page, DEEP, MOST) for fault in looking.faults(page)]

    assert found == []
