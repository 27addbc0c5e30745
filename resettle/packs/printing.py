"""A summary written as PDF, each name in its own script and in its own direction.

Fonts are Noto's, under the SIL Open Font License, out of packages of web fonts (vendor.toml); the
writer of PDF takes them only unpacked, so they are unpacked once a process.
"""

import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr
from functools import cache
from io import StringIO
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

from resettle.packs.sections import Section, Summary

FONTS = Path(__file__).parent / "vendor"
FIRST = "noto-sans/latin"
OTHERS = (
    "noto-sans/latin-ext",
    "noto-sans/cyrillic",
    "noto-sans/cyrillic-ext",
    "noto-sans-arabic/arabic",
    "noto-sans-myanmar/myanmar",
    "noto-sans-ethiopic/ethiopic",
)
STYLES = {"": 400, "B": 700}
MARGIN = 15


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    """Keep a folder that goes with the process."""
    return tempfile.TemporaryDirectory(prefix="resettle-fonts-")


@cache
def _unpacked() -> Path:
    folder = Path(_place().name)
    for name in (FIRST, *OTHERS):
        for weight in STYLES.values():
            font = TTFont(FONTS / f"{name}-{weight}.woff")
            font.flavor = None
            font.save(folder / f"{name.replace('/', '-')}-{weight}.ttf")
    return folder


class Sheet(FPDF):
    """A page with the reference and its number at its foot, and no name."""

    reference = ""

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(FIRST, size=8)
        self.cell(0, 6, f"{self.reference}   {self.page_no()}/{{nb}}", align="C")


def printed(told: Summary, lines: Sequence[str]) -> bytes:
    """Write a summary; the lines say under its heading who took it, for whom and until when."""
    with redirect_stderr(StringIO()):  # the library tells of each character that no font has
        sheet = _sheet(told.reference)
        sheet.set_font(FIRST, "B", 16)
        sheet.multi_cell(0, 9, f"{told.reference}  {told.name}", new_x="LMARGIN", new_y="NEXT")
        sheet.set_font(FIRST, size=9)
        for line in lines:
            sheet.multi_cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
        sheet.ln(2)
        _write(sheet, Section("Where things stand", (), [f for f in told.facts if f[1]]))
        for section in told.sections:
            _write(sheet, section)
        return bytes(sheet.output())


def _sheet(reference: str) -> Sheet:
    sheet = Sheet(format="A4")
    sheet.reference = reference
    sheet.set_margin(MARGIN)
    sheet.set_auto_page_break(auto=True, margin=MARGIN)
    folder = _unpacked()
    for name in (FIRST, *OTHERS):
        for style, weight in STYLES.items():
            sheet.add_font(name, style, folder / f"{name.replace('/', '-')}-{weight}.ttf")
    sheet.set_fallback_fonts([*OTHERS], exact_match=False)
    sheet.set_text_shaping(use_shaping_engine=True)
    sheet.set_title(reference)
    sheet.set_lang("en-NZ")
    sheet.set_creator("resettle")
    sheet.viewer_preferences = ViewerPreferences(display_doc_title=True)
    sheet.add_page()
    return sheet


def _write(sheet: Sheet, section: Section) -> None:
    sheet.ln(3)
    sheet.start_section(section.title)  # a bookmark, by which readers of PDF leap from part to part
    sheet.set_font(FIRST, "B", 12)
    sheet.multi_cell(0, 7, section.title, new_x="LMARGIN", new_y="NEXT")
    sheet.set_font(FIRST, size=9)
    if not section.lines:
        sheet.multi_cell(0, 6, "None.", new_x="LMARGIN", new_y="NEXT")
        return
    bold = FontFace(emphasis="BOLD", fill_color=(235, 240, 239))
    with sheet.table(
        first_row_as_headings=bool(section.heads),
        headings_style=bold,
        line_height=5,
        borders_layout="HORIZONTAL_LINES",
        text_align="LEFT",
    ) as table:
        for line in ([section.heads] if section.heads else []) + [*section.lines]:
            table.row(line)
