"""Looking at pages as their readers do: at three widths, by links, and with axe for who listens."""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 360, 1280)
HEIGHT = 800
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNLABELLED = """
[...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter((box) => !box.labels.length)
  .map((box) => box.outerHTML)
"""
VIOLATIONS = """
async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3)}`);
}
"""
# Files that a browser saves, and no pages.
SAVED = (
    "/content",
    "/download",
    "/files/pdf",
    "/files/xlsx",
    "/record/copy",
    "/record/data",
    "/record/paper",
)
HREFS = '[...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href"))'


def faults(page: Page) -> list[str]:
    """Tell what is wrong with the page that is open, each fault with the page's path."""
    found = [f"{count} h1" for count in [page.locator("h1").count()] if count != 1]
    found += [f"wider than {width} by {by} px" for width, by in overflow(page) if by > 0]
    found += [f"without a label: {box}" for box in page.evaluate(UNLABELLED)]
    found += violations(page)
    return [f"{page.url}: {fault}" for fault in found]


def overflow(page: Page) -> Iterator[tuple[int, int]]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield width, page.evaluate(OVERFLOW)


def violations(page: Page) -> list[str]:
    """Ask axe what breaks WCAG 2.2 at level AA."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(VIOLATIONS, STANDARD)
    return found


def walk(page: Page, depth: int, most: int, seen: set[str] | None = None) -> Iterator[str]:
    """Follow the links from the page that is open, and stop at each kind of page once.

    What is in `seen` was looked at before, in another walk: links are followed from there, and it
    is not stopped at. Lists that are filtered or sorted come after all else, as far as `most` goes.
    """
    waiting = deque([(_path(page.url), 0)])
    filtered: deque[tuple[str, int]] = deque()
    seen = set() if seen is None else seen
    walked: set[str] = set()
    while (waiting or filtered) and len(walked) < most:
        path, far = (waiting or filtered).popleft()
        if _kind(path) in walked:
            continue
        walked.add(_kind(path))
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path} answers {answer.status}: a link leads nowhere."
        links = _own_links(page) if far < depth else []
        if _kind(path) not in seen:
            seen.add(_kind(path))
            yield path
        for href in links:
            (filtered if "?" in href else waiting).append((href, far + 1))


def _own_links(page: Page) -> list[str]:
    hrefs = (href.partition("#")[0] for href in page.evaluate(HREFS))
    own = (href for href in hrefs if href.startswith("/") and not href.startswith("/static/"))
    return [href for href in own if not href.endswith(SAVED)]


def back_to_english(page: Page) -> None:
    """Let the family's page be in English again.

    The language of a link stays with the person, and would meet whoever tests next.
    """
    page.goto("/my-household")
    page.locator("form.languages button[value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-NZ")


def _kind(path: str) -> str:
    """Name the kind of a page: ids and values in its address do not make another."""
    bare, _, query = UUID.sub("id", path).partition("?")
    return f"{bare}?{sorted(pair.partition('=')[0] for pair in query.split('&'))}"


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]
