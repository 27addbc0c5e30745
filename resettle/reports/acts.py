"""What people ask of reports, as they asked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resettle.reports.rules import DOMAINS, LINES, Said, Status


@dataclass(frozen=True, slots=True)
class SubmitReport:
    """What a group confirms and adds: how each domain stands, a sentence on it, and its texts."""

    statuses: Mapping[str, Status]
    sentences: Mapping[str, str]
    worries: str | None = None
    needs: str | None = None
    referrals: str | None = None
    members: str | None = None


def submitted(**given: Any) -> SubmitReport:
    """Read the flat fields of a form: one for the status and one for the sentence of a domain."""
    statuses = {d: given.pop(f"status_{d.lower()}", None) for d in DOMAINS}
    sentences = {d: given.pop(f"sentence_{d.lower()}", None) for d in DOMAINS}
    return SubmitReport(
        {domain: status for domain, status in statuses.items() if status},
        {domain: text for domain, text in sentences.items() if text},
        **given,
    )


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """What is asked for, by the line that it speaks of."""

    comments: Mapping[str, str]


def returned(**given: Any) -> ReturnReport:
    lines = {line: given.get(f"comment_{line.lower()}") for line in LINES}
    return ReturnReport({line: text for line, text in lines.items() if text and text.strip()})


@dataclass(frozen=True, slots=True)
class SayAsFamily:
    """What an adult of the family says, in their own account or through an interpreter."""

    person_id: UUID
    rating: int
    comment: str | None = None
    language: str = ""
    said: Said = Said.OWN_ACCOUNT
    shared: bool = False
