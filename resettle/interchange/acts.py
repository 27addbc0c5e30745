"""What people ask of this chapter: to check a file, or to import it into a programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from resettle.households.models import Stream

# The programmes that UNHCR's files come in for, and the stream that their households are of.
STREAMS: Mapping[str, Stream] = {"rqp": Stream.QUOTA, "cors": Stream.CORS}
QUOTA = "rqp"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """The programme that the cases are for, and the day on which UNHCR submitted them, if known."""

    programme: str = QUOTA
    submitted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmImport(ImportFile):
    """The same, by somebody who has looked at the cases first."""

    confirmed: bool
