"""T4 on the pages: from each reader's first page, link by link, as far as it leads."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.access.conftest import Stage
from tests.access.oracle import allowed
from tests.access.principals import RELATIONS
from tests.access.requests import Told

HREF = re.compile(r'(?:href|src)="([^"]+)"')
# Of each kind of page a few are enough: the walk has asked for all.
MOST_OF_A_KIND = 4
WITH_PAGES = [name for name in RELATIONS if name != "token"]
SIGNED_OUT = {"anonymous", "deactivated", "invited"}

pytestmark = pytest.mark.timeout(600)


def crawl(stage: Stage, principal: str) -> Iterator[tuple[str, Told]]:
    """Follow every link that pages offer a reader."""
    waiting, known, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        told = stage.sender.send(principal, "GET", path)
        yield path, told
        for link in _links(told):
            kind = _kind(stage, link)
            if link not in known and kind and kinds[kind] < MOST_OF_A_KIND:
                known.add(link)
                kinds[kind] += 1
                waiting.append(link)


def _links(told: Told) -> Iterator[str]:
    found = HREF.findall(told.response.text) if told.response.mimetype == "text/html" else []
    for link in [*found, told.response.headers.get("Location", "")]:
        address = urlsplit(html.unescape(link))
        if address.path.startswith("/") and not address.path.startswith("/static/"):
            yield address._replace(scheme="", netloc="", fragment="").geturl()


def _kind(stage: Stage, link: str) -> str:
    adapter = stage.sender.app.url_map.bind("localhost")
    try:
        endpoint, _ = adapter.match(urlsplit(link).path, method="GET")
    except HTTPException:
        return link
    return str(endpoint)


@pytest.mark.parametrize("principal", WITH_PAGES)
def test_pages_lead_where_their_reader_may_go_and_give_nothing_away(stage: Stage, principal: str):
    dead, leaks, opened = [], [], 0
    for path, told in crawl(stage, principal):
        opened += 1
        if told.status not in {200, 302, 303} and principal not in SIGNED_OUT:
            dead.append(f"{told.status} {path}")
        leaks += [
            f"{found.mark.place} ({found.mark.data_class}) of {found.mark.household}: {path}"
            for found in stage.searcher.find(told).values()
            if found.form != "plain" or not allowed(principal, found.mark)
        ]

    assert not leaks, "\n".join(leaks[:40])
    assert not dead, "\n".join(dead[:40])
    assert opened > 1
