"""The pictures of the README: each role's first page, taken from the demonstration.

`make pictures` takes them anew; the demonstration's invented people are on them, and nobody else.
"""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from resettle.demo.staff import PASSWORD

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
DESK, PHONE = (1280, 860), (360, 760)
COLOURS = 128
PATIENCE = 120_000  # of milliseconds: a machine may be busy
FIRST = {
    "caseworker": "Today",
    "coordinator": "Our week",
    "family": "My household",
    "manager": "Pipeline",
    "admin": "Users",
    "auditor": "Audit",
}
READY = "resettle is ready"
SPEAKS = "Kovalenko"  # a family whose own words stand beside those of the staff


def main() -> None:
    """Start the demonstration and take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for user, heading in FIRST.items():
            page = signed_in(browser, address, user, DESK)
            expect(page.locator("h1")).to_have_text(heading)
            keep(page, user)
        file_of_a_household(browser, address)
        team_board(browser, address)
        keep(signed_in(browser, address, "family", PHONE), "family-phone")
        browser.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration on a free port, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [str(Path(sys.executable).parent / "resettle"), "demo", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(READY):
                break
        try:
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def signed_in(browser: Browser, address: str, user: str, size: tuple[int, int]) -> Page:
    width, height = size
    viewport = {"width": width, "height": height}
    context = browser.new_context(base_url=address, locale="en-NZ", viewport=viewport)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{user}@demo.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))
    return page


def file_of_a_household(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "caseworker", DESK)
    page.goto("/caseload")
    page.get_by_role("link", name="R-").first.click()
    expect(page.get_by_role("heading", name="Due next")).to_be_visible()
    keep(page, "household")
    page.goto("/caseload")
    page.get_by_role("link", name=SPEAKS).click()
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", name="Settlement plan")).to_be_visible()
    keep(page, "plan")


def team_board(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "leader", DESK)
    page.get_by_role("link", name="Team", exact=True).click()
    expect(page.locator("h1")).to_have_text("Team")
    keep(page, "team")


def keep(page: Page, name: str) -> None:
    """Keep what stands in the window, in few colours, so that the file is small."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
