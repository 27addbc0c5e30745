"""What the frame promises round every page, and what the pages of its own say."""

import re

import pytest

from tests.unit.rendering import ENVIRONMENT, NASTY, AForm, AReader, page

ERROR = {"status": 404, "title": "Not found", "detail": "It may have moved."}
CONFIRM = {
    "title": "RS-1042", "question": "Move the arrival?", "consequences": ["12 dates move."],
    "act": "Move 12 dates", "cancel_href": "/c", "undo": None,
}  # fmt: skip


class TestPages:
    @pytest.mark.parametrize(
        ("name", "context"),
        [("error.html", ERROR), ("confirm.html", CONFIRM), ("api_docs.html", {})],
    )
    @pytest.mark.parametrize(
        ("direction", "sheet"), [("ltr", "bootstrap.min"), ("rtl", "bootstrap.rtl.min")]
    )
    def test_the_frame_stands_round_them(self, name, context, direction, sheet):
        html = page(name, **context, dir=direction)

        assert len(re.findall(r"<h1>", html)) == 1
        assert f'<html lang="en-NZ" dir="{direction}">' in html
        assert f"/{sheet}.css" in html
        assert re.search(r'class="skip" href="#main"', html)
        assert '<a href="/" aria-current="page">Today</a>' in html
        assert re.search(r'<form action="/sign-out" method="post">\s*<input[^>]*csrf_token', html)

    def test_a_stranger_has_no_way_to_sign_out(self):
        html = page("error.html", **ERROR, me=AReader("", "", False), nav=[])

        assert "sign-out" not in html
        assert "<nav" not in html

    def test_search_and_why_are_there_when_they_lead_somewhere(self):
        bare = page("error.html", **ERROR)
        full = page("error.html", **ERROR, search_href="/search", why_href="/why")

        assert 'role="search"' not in bare
        assert "Why can I see this?" not in bare
        assert 'action="/search"' in full
        assert '<a href="/why">Why can I see this?</a>' in full

    def test_a_message_offers_to_undo(self):
        html = page(
            "error.html", **ERROR, flash_messages=[("done", NASTY, "/u"), ("late", "b", None)]
        )

        assert re.findall(
            r'<form action="([^"]*)" method="post">\s*<input[^>]*>\s*<button[^>]*>Undo', html
        ) == ["/u"]
        assert "<b>&" not in html

    def test_an_error_says_what_is_missing_and_shows_a_way_out(self):
        html = page(
            "error.html", **ERROR,
            missing={"house.ready": "The house is not ready."},
            errors={"a": ["Too long."]}, way_out=("Back", "/b"),
        )  # fmt: skip

        assert all(
            text in html for text in ("The house is not ready.", "Too long.", "404 · request-1")
        )
        assert re.search(r'href="/b">Back<', html)

    def test_the_last_resort_needs_only_a_number(self):
        html = ENVIRONMENT.get_template("error_bare.html").render(request_id="request-1")

        assert "request-1" in html
        assert "<h1>" in html

    def test_a_confirmation_says_in_words_what_it_will_do(self):
        html = page(
            "confirm.html", **CONFIRM, carried={"on": "2026-03-03"}, reason="Why", version=4
        )

        assert "<li>12 dates move.</li>" in html
        assert re.search(r"<button[^>]*>Move 12 dates</button>", html)
        assert '<label for="field-reason">Why' in html
        assert '<input type="hidden" name="on" value="2026-03-03">' in html
        assert "This cannot be undone." in html

    def test_a_confirmation_without_consequences_says_so(self):
        html = page("confirm.html", **{**CONFIRM, "consequences": [], "undo": "Open it again."})

        assert "Nothing else changes." in html
        assert "Open it again." in html
        assert "cannot be undone" not in html

    def test_the_title_warns_of_errors(self):
        html = page("confirm.html", **CONFIRM, form=AForm(errors={"": ["No."]}))

        assert "<title>Please check: RS-1042 · resettle</title>" in html
