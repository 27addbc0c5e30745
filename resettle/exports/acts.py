"""What people ask of exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from resettle.exports.rules import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExport:
    """A list taken out of the service is a disclosure: it has a purpose and somebody it is for."""

    dataset: str
    columns: Sequence[str]
    purpose: str
    recipient: str
    format: Format = Format.XLSX
    from_on: date | None = None
    until_on: date | None = None
