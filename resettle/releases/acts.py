"""What people ask of the release path."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AskRelease:
    """Ask for figures of a kind, for an audience, as at a day; without a day, the latest there is.

    `by` parts indicators and curves; a table of the catalogue has its own dimensions.
    """

    code: str
    audience: str
    kind: str = "table"
    by: str = ""
    as_at: date | None = None
