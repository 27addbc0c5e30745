"""A link for a family, made as its caseworker makes it."""

import re

from playwright.sync_api import Page


def made(worker: Page, links: str, language: str) -> str:
    """Make a link to the person's own page; give its path."""
    worker.goto(links)
    worker.locator("[name=purpose][value=page]").check()
    worker.locator("[name=language]").select_option(language)
    worker.get_by_role("button", name="Make a link").click()
    address = re.search(r"/l/[\w-]{43}", worker.locator("main").inner_text())
    assert address is not None
    return address[0]
