"""A small invented world, served on a port of this machine, and Chromium to look at it with."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import pytest
from flask import request
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    sync_playwright,
)
from werkzeug.serving import make_server

from resettle.app import create_app
from resettle.core.db import Base
from resettle.core.work import Transactions
from resettle.demo import story
from resettle.demo.staff import PASSWORD
from resettle.settings import Settings
from tests.databases import Databases

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DIRECTION = "X-Tests-Direction"
# What Chromium says of an answer of 400 or more; of the security policy it speaks otherwise.
REFUSED = "Failed to load resource: the server responded with a status of"
# One household at each point where pages look different, all with the first caseworker.
TARGETS = ("UNHCR_IDENTIFIED", "PRE_DEPARTURE", "RECEPTION", "SUPPORT_ACTIVE", "SETTLING")
PageOf = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@dataclass
class Served:
    """Where the world is served, its way to arrange more, and the cookies of who has signed in."""

    address: str
    transactions: Transactions
    cookies: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "There is no chromium here: run `make browser`, which installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(databases: Databases) -> Iterator[Served]:
    with serving(databases, lambda work: story.load(work, lambda _text: None, _plans())) as served:
        yield served


@contextmanager
def serving(databases: Databases, load: Callable[[Transactions], object]) -> Iterator[Served]:
    """Serve a world of its own until no longer needed."""
    files = databases.folder / "files"
    app = create_app(Settings.for_tests(databases.fresh("sqlite").url, storage=files))
    Base.metadata.create_all(app.extensions["engine"])
    load(app.extensions["transactions"])
    app.context_processor(_direction)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Served(f"http://127.0.0.1:{server.port}", app.extensions["transactions"])
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


def _plans() -> list[story.Plan]:
    first = {plan.target: plan for plan in reversed([*story.households_planned()])}
    return [replace(first[target], location="CHC") for target in TARGETS]


def _direction() -> Mapping[str, str]:
    wanted = request.headers.get(DIRECTION)
    return {} if wanted is None else {"dir": wanted}


def _still_in(context: BrowserContext) -> bool:
    """Say whether a session that was kept is good still: with many, the oldest ends."""
    return context.request.get("/account", max_redirects=0).status == HTTPStatus.OK


@pytest.fixture
def sign_in(served: Served) -> SignIn:
    """Return a function that signs a user of the demonstration in, through the page."""

    def enter(page: Page, user: str) -> None:
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(f"{user}@demo.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: not url.endswith("/sign-in"))
        served.cookies[user] = page.context.storage_state()

    return enter


@pytest.fixture
def page_of(chromium: Browser, served: Served, sign_in: SignIn) -> Iterator[PageOf]:
    """Return a function that opens a page as a user; what the browser complains of fails.

    Options are those of a browser context, such as viewport={"width": 360, "height": 800};
    with `refusals` an answer of the service that refuses something is no complaint, but a breach
    of the security policy or a broken script still is.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(user: str | None = None, *, refusals: bool = False, **options: Any) -> Page:
        kept = served.cookies.get(user or "")
        context = chromium.new_context(base_url=served.address, storage_state=kept, **options)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(str(error.error)))

        def listen(message: ConsoleMessage) -> None:
            refused = refusals and message.text.startswith(REFUSED)
            if message.type == "error" and not refused:
                complaints.append(message.text)

        context.on("console", listen)
        page = context.new_page()
        if user is not None and not (kept and _still_in(context)):
            context.clear_cookies()
            sign_in(page, user)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == [], "The browser complains: a broken script, link or security policy."
