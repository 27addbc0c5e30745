"""The form of a page as a browser would send it: what stands in its fields, and what is typed."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = list[tuple[str, str]]
CARRIED = frozenset({"csrf_token"})


class _Forms(HTMLParser):
    """Gathers the fields of each form that is posted."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._open = False
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method") == "post"
            if self._open:
                self.forms.append((given.get("action", ""), []))
        elif self._open and "name" in given:
            self._control(tag, given)
        elif tag == "option" and self._select:
            self._select[1].append((given["value"], "selected" in given))

    def _control(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "input":
                self._input(given)
            case "select":
                self._select = given["name"], []
            case "textarea":
                self._area = given["name"], []
            case _:
                pass

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") in {"radio", "checkbox"} and "checked" not in given:
            return
        if given.get("type") != "file":
            self._add(given["name"], given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].append((name, value))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [options[0][0]]
            self._add(name, chosen[0])
            self._select = None
        if tag == "textarea" and self._area:
            # A browser drops the line end that a text area begins with, and sends CRLF.
            text = "".join(self._area[1]).removeprefix("\n")
            self._add(self._area[0], text.replace("\r\n", "\n").replace("\n", "\r\n"))
            self._area = None
        if tag == "form":
            self._open = False


def fields(page: str) -> Fields:
    """Give what the one form of a page would send, as it stands."""
    found = _Forms()
    found.feed(page)
    (form,) = [form for _, form in found.forms if any(name == "form_key" for name, _ in form)]
    return [(name, value) for name, value in form if name not in CARRIED]


def typed(page: str, **typed: Any) -> dict[str, Any]:
    """Fill the form of a page in: names with two underscores stand for those with a colon."""
    given: dict[str, Any] = {}
    for name, value in fields(page):
        given.setdefault(name, []).append(value)
    return given | {name.replace("__", ":"): value for name, value in typed.items()}


def send(client: FlaskClient, path: str, page: str, **more: Any) -> TestResponse:
    """Send the form of a page, with what is typed over what stands there."""
    return client.post(path, data=typed(page, **more))
