"""The look keeps its promises: contrast, direction, focus, and nothing that the policy refuses."""

import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

import resettle.web

WEB = Path(resettle.web.__file__).parent
STATIC = WEB / "static"
TEMPLATES = WEB / "templates"
THEME = (STATIC / "theme.css").read_text(encoding="utf-8")
OWN_SHEETS = sorted(STATIC.glob("*.css"))
READABLE = 4.5
DISCERNIBLE = 3.0

GROUNDS = ("paper", "card", "sunk")
PAIRS = (
    *product(("ink", "quiet", "link", "late", "safety", "done"), GROUNDS),
    *((ink, "late-bg") for ink in ("ink", "quiet", "link", "late")),
    *((ink, "safety-bg") for ink in ("ink", "link", "safety")),
    *((ink, "done-bg") for ink in ("ink", "link", "done")),
    ("on-deep", "deep"),
    ("on-accent", "accent"),
    ("on-act", "act"),
    ("on-act", "act-hover"),
    ("card", "done"),
)
EDGES = (
    *product(("edge", "focus"), GROUNDS),
    ("act", "paper"),
    ("act", "card"),
    ("accent", "deep"),
    ("link", "sunk"),
)


def schemes() -> Mapping[str, Mapping[str, str]]:
    """Read what each wish of the reader's system sets, over what stands before it."""
    wishes = {
        "light": "",
        "dark": "(prefers-color-scheme: dark)",
        "contrast": "(prefers-contrast: more)",
        "dark contrast": "(prefers-contrast: more) and (prefers-color-scheme: dark)",
    }
    return {name: {**_tokens(""), **_tokens(wish)} for name, wish in wishes.items()}


def _tokens(wish: str) -> Mapping[str, str]:
    start = THEME.index(f"@media {wish} {{" if wish else ":root {")
    block = THEME[start : THEME.index("}", start)]
    return dict(re.findall(r"--rs-([\w-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


class TestContrast:
    def test_black_on_white_is_the_most_there_is(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21)

    @pytest.mark.parametrize("scheme", schemes())
    @pytest.mark.parametrize(("ink", "ground"), PAIRS)
    def test_text_can_be_read(self, scheme, ink, ground):
        tokens = schemes()[scheme]

        assert contrast(tokens[ink], tokens[ground]) >= READABLE

    @pytest.mark.parametrize("scheme", schemes())
    @pytest.mark.parametrize(("line", "ground"), EDGES)
    def test_edges_and_marks_can_be_seen(self, scheme, line, ground):
        tokens = schemes()[scheme]

        assert contrast(tokens[line], tokens[ground]) >= DISCERNIBLE

    @pytest.mark.parametrize("scheme", ["dark", "contrast", "dark contrast"])
    def test_each_scheme_sets_every_colour(self, scheme):
        wish = {
            "dark": "(prefers-color-scheme: dark)",
            "contrast": "(prefers-contrast: more)",
            "dark contrast": "(prefers-contrast: more) and (prefers-color-scheme: dark)",
        }[scheme]

        assert set(_tokens(wish)) == set(_tokens(""))


def declarations(sheet: Path) -> list[str]:
    return re.findall(r"(?:^|[{;])\s*([\w-]+\s*:[^;{}]*)(?=[;}])", without_comments(sheet))


def without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda sheet: sheet.name)
class TestSheets:
    def test_no_direction_is_physical(self, sheet):
        physical = [d for d in declarations(sheet) if re.search(r"\b(left|right)\b", d)]

        assert physical == []

    def test_nothing_is_loaded_from_anywhere(self, sheet):
        loaded = re.findall(r"url\(|@import", without_comments(sheet))

        assert loaded == []

    def test_it_is_read_whole(self, sheet):
        assert len(declarations(sheet)) >= 5
        assert sheet.read_text(encoding="utf-8").count("{") == sheet.read_text().count("}")


class TestFocus:
    def test_it_is_an_outline_of_at_least_two_pixels(self):
        (rule,) = re.findall(r":focus-visible, [^{]*\{([^}]*)\}", THEME)
        width = re.search(r"outline: (\d+)px solid", rule)

        assert width is not None
        assert int(width[1]) >= 2


class TestMeasures:
    def test_text_is_at_most_75_characters_wide(self):
        assert "--rs-measure: 75ch;" in THEME

    def test_a_target_is_44_pixels(self):
        assert "--rs-target: 2.75rem;" in THEME


# Classes for which Bootstrap draws a data: image; those above the line the theme draws anew.
DRAWN_ANEW = {"form-select", "form-check-input", "form-switch", "is-invalid"}
NEVER_USED = {
    "accordion", "accordion-button", "btn-close", "carousel-control-next-icon",
    "carousel-control-prev-icon", "is-valid", "navbar", "navbar-dark", "navbar-toggler-icon",
    "was-validated",
}  # fmt: skip


class TestRefusedPictures:
    def test_each_class_that_bootstrap_draws_for_is_known(self):
        sheet = (STATIC / "vendor/bootstrap/bootstrap.min.css").read_text(encoding="utf-8")
        drawn = re.findall(r"([^{}]*)\{[^{}]*url\(\"data:", sheet)
        classes = {name for selector in drawn for name in re.findall(r"\.([a-z][\w-]*)", selector)}

        assert classes <= DRAWN_ANEW | NEVER_USED | {"form-control"}

    @pytest.mark.parametrize("name", sorted(NEVER_USED))
    def test_no_template_uses_those_that_are_not_drawn_anew(self, name):
        used = [
            path.name
            for path in WEB.parent.rglob("templates/**/*.html")
            if re.search(rf'class="[^"]*(?<![\w-]){name}(?![\w-])', path.read_text("utf-8"))
        ]

        assert used == []


TEMPLATE_FILES = sorted(WEB.parent.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda path: path.name)
class TestTemplatesUnderThePolicy:
    @pytest.mark.parametrize(
        "refused",
        [
            r"\sstyle=",
            r"<style",
            r"\son[a-z]+=",
            r"<script(?![^>]*\ssrc=)",
            r"javascript:",
            r"src=\"http",
            r"\|\s*safe\b",
        ],
    )
    def test_nothing_is_inline_and_nothing_is_trusted(self, path, refused):
        assert re.findall(refused, path.read_text(encoding="utf-8")) == []
