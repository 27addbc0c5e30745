"""A paper is filed from a phone: what is wrong with it stands beside it, and nothing is lost."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import PageOf

pytestmark = pytest.mark.timeout(240)

PHONE = {"viewport": {"width": 360, "height": 800}, "has_touch": True}
NOTE = "صفحهٔ دوم, the lease"
NO_PHOTO = b"MZ\x90 no photo"


def a_photo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (64, 48), "#b5651d").save(written, "JPEG")
    return written.getvalue()


def open_form(page: Page) -> None:
    page.goto("/contact")
    way = page.get_by_role("main").get_by_role("link", name=re.compile("R-")).first
    file = (way.get_attribute("href") or "").removesuffix("/contact")
    page.goto(f"{file}/documents/new")


def send(page: Page, content: bytes) -> None:
    chosen = {"name": "lease.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.locator("#field-file").set_input_files(chosen)
    page.get_by_role("button", name="File the document").tap()


def test_a_photo_is_filed_at_360_pixels_and_a_bad_file_loses_nothing(page_of: PageOf):
    page = page_of("caseworker", refusals=True, **PHONE)
    open_form(page)
    page.get_by_label("What it is").select_option("TENANCY")
    page.get_by_label("I have seen the original").check()
    page.get_by_label("A note to tell it apart").fill(NOTE)
    send(page, NO_PHOTO)

    box = page.locator("#field-file")
    expect(page.locator("#field-file-error")).to_be_visible()
    assert "field-file-error" in (box.get_attribute("aria-describedby") or "")
    expect(page.get_by_label("What it is")).to_have_value("TENANCY")
    expect(page.get_by_label("I have seen the original")).to_be_checked()
    expect(page.get_by_label("A note to tell it apart")).to_have_value(NOTE)
    assert looking.faults(page) == []

    page.set_viewport_size(PHONE["viewport"])
    send(page, a_photo())
    expect(page.get_by_text("The document is filed.").first).to_be_visible()
    expect(page.get_by_text(NOTE).first).to_be_visible()
