"""Each role finds its first page, and every page from there can be read by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.conftest import DIRECTION

pytestmark = pytest.mark.timeout(900)

FIRST = [
    ("caseworker", "/today", "Today"),
    ("leader", "/today", "Today"),
    ("coordinator", "/our-week", "Our week"),
    ("member", "/our-week", "Our week"),
    ("family", "/my-household", "My household"),
    ("manager", "/pipeline", "Pipeline"),
    ("admin", "/users", "Users"),
    ("auditor", "/audit", "Audit"),
    ("evaluator", "/figures", "Figures"),
]
USERS = [user for user, _path, _heading in FIRST]
DEEP, MOST = 8, 220


@pytest.mark.parametrize(("user", "path", "heading"), FIRST, ids=USERS)
def test_signing_in_leads_to_the_first_page(page_of, sign_in, user, path, heading):
    page = page_of()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Sign in")

    sign_in(page, user)

    assert page.url.endswith(path)
    expect(page.locator("h1")).to_have_text(heading)


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Keep the kinds of pages that a walk has looked at, so that the next need not do it again."""
    return set()


@pytest.mark.parametrize("user", USERS)
def test_every_page_by_links_is_sound(page_of, looked_at, user):
    page = page_of(user)
    page.goto("/")

    walked = looking.walk(page, DEEP, MOST, looked_at)
    found = [fault for _path in walked for fault in looking.faults(page)]

    assert found == []


@pytest.mark.parametrize("user", ["caseworker", "coordinator", "family"])
def test_every_page_fits_from_right_to_left_too(page_of, user):
    page = page_of(user, extra_http_headers={DIRECTION: "rtl"})
    page.goto("/")

    found = [
        f"{path}: wider than {width} by {by} px"
        for path in looking.walk(page, DEEP, MOST)
        for width, by in looking.overflow(page)
        if by > 0
    ]

    assert found == []
