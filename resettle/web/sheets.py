"""Tables handed out as CSV, which no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

BOM = "\ufeff"
# What a spreadsheet passes over before it looks whether a cell is a formula.
PASSED_OVER = frozenset("\ufeff\u00a0\u2060\u2028\u2029\u202f\x7f") | {
    *map(chr, range(0x21)),
    *map(chr, range(0x2000, 0x2010)),
}
BEGINS = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001  # the wide forms are taken for formulas too
SANDBOX = "sandbox; default-src 'none'"


class Number(str):
    """A number that a rule of ours has written, which may begin with a minus."""

    __slots__ = ()


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would work out, and take out what ends a text."""
    if isinstance(text, Number):
        return text
    text = text.replace("\0", "")
    begins = next((c for c in text if c not in PASSED_OVER), "")
    starts_odd = text[:1] in {"\t", "\r", "\n"}
    return f"'{text}" if begins in BEGINS or starts_odd else text


def sheet(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Hand out a table under a name that tells nothing of whom it is about."""
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    response = Response(BOM + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
