"""A list as a file that says of itself what it is: filter, scope, count, purpose, columns."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from resettle.exports.datasets import Dataset
from resettle.exports.models import ListExport
from resettle.exports.rules import Format, left_out
from resettle.web.sheets import BOM, safe
from resettle.web.workbooks import Sheet, workbook


@dataclass(frozen=True, slots=True)
class Taken:
    """By whom and when a list was taken, and what their reach is."""

    by: str
    at: str
    scope: str


def file_of(
    dataset: Dataset, export: ListExport, rows: Sequence[Sequence[str]], taken: Taken
) -> bytes:
    about = _about(dataset, export, taken)
    heading = [dataset.columns[column] for column in export.columns]
    if export.format is Format.CSV:
        return _csv(heading, rows, about)
    columns = [(column, dataset.columns[column]) for column in export.columns]
    return workbook(
        dataset.title,
        [
            Sheet(dataset.title, heading, rows),
            Sheet("About", ["About this list", ""], about),
            Sheet("Columns", ["Column", "What it says"], columns),
        ],
    )


def _about(dataset: Dataset, export: ListExport, taken: Taken) -> list[tuple[str, str]]:
    first, last = export.from_on or "the beginning", export.until_on or "today and after"
    return [
        ("List", dataset.title),
        ("Filter", f"{dataset.day.key}: from {first} to {last}"),
        ("Scope", taken.scope),
        ("Rows", f"{export.rows_done} of {export.rows_total}"),
        ("Left out for want of room", str(left_out(export.rows_total))),
        ("Taken by", taken.by),
        ("Taken at", taken.at),
        ("For", export.recipient),
        ("Purpose", export.purpose),
        ("Keep it", "Confidential. Destroy it when it has served its purpose."),
    ]


def _csv(
    heading: Sequence[str], rows: Sequence[Sequence[str]], about: Sequence[Sequence[str]]
) -> bytes:
    """Write the rows, then an empty line, then what the list is."""
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    writer.writerow([])
    writer.writerows([safe(cell) for cell in line] for line in about)
    return (BOM + written.getvalue()).encode()
