"""Tables handed out as a workbook: texts as texts and numbers as numbers, never a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from resettle.core.late import xlsxwriter

WIDEST = 60
NAME_LENGTH = 31
Cell = str | int | float | None
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a row of headings that stays in sight, `above` it rows such as HXL's tags."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    tags: Sequence[str] = ()


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Write sheets into a workbook."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        book.set_properties({"title": title, "author": "resettle"})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:NAME_LENGTH])
            lines = [sheet.heading, *([sheet.tags] if sheet.tags else []), *sheet.rows]
            for place, line in enumerate(lines):
                for column, cell in enumerate(line):
                    _write(page, place, column, cell, bold if place == 0 else None)
            page.freeze_panes(1 + bool(sheet.tags), 0)
            for column, width in enumerate(_widths(lines)):
                page.set_column(column, column, width)
    return written.getvalue()


def _write(page: object, row: int, column: int, cell: Cell, look: object) -> None:
    if cell is None:
        return
    name = "write_string" if isinstance(cell, str) else "write_number"
    getattr(page, name)(
        row, column, cell.replace("\0", "") if isinstance(cell, str) else cell, look
    )


def _widths(lines: Sequence[Sequence[Cell]]) -> list[int]:
    most = max((len(line) for line in lines), default=0)
    filled = [[str(line[c] or "") for line in lines if c < len(line)] for c in range(most)]
    return [min(WIDEST, 2 + max(map(len, column))) for column in filled]
