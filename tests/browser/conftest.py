"""The service on a port of this machine, and Chromium to look at it with."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from resettle.core.actor import Actor
from tests.application import ACTOR, apps, committed_app, whole_app

__all__ = ["apps", "committed_app", "whole_app"]

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HEADER = "X-Tests-Actor"
PageOf = Callable[..., Page]


class SignedIn:
    """A WSGI layer that takes the actor from a header, since a browser has no environ."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.actors: dict[str, Actor] = {}

    def key_of(self, actor: Actor) -> str:
        key = uuid4().hex
        self.actors[key] = actor
        return key

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        environ[ACTOR] = self.actors.get(environ.get("HTTP_X_TESTS_ACTOR", ""))
        return self._app.wsgi_app(environ, start)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "There is no chromium here: run `make browser`, which installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture
def signed_in(committed_app: Flask) -> SignedIn:
    return SignedIn(committed_app)


@pytest.fixture
def address(signed_in: SignedIn) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, signed_in, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page_of(chromium: Browser, address: str, signed_in: SignedIn) -> Iterator[PageOf]:
    """Return a function that opens a page as an actor; what the browser complains of fails.

    Options are those of a browser context, such as viewport={"width": 360, "height": 800}.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(actor: Actor | None = None, **options: Any) -> Page:
        headers = {HEADER: signed_in.key_of(actor)} if actor else {}
        context = chromium.new_context(base_url=address, extra_http_headers=headers, **options)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == [], "The browser complains: a broken script, link or security policy."
