"""What counts as a judgement and as evidence. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

LOWEST, HIGHEST = 0, 4
NOT_ASSESSABLE = 0
INTERVIEW = re.compile(r"[A-Z]{1,4}-?[0-9]{1,4}")
REPORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./:-]{2,80}")


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Kind(StrEnum):
    """What evidence is: figures, what people answered, interviews, reports."""

    INDICATOR = "indicator"
    SURVEY = "survey"
    INTERVIEW = "interview"
    REPORT = "report"


Evidence = Mapping[Kind, Sequence[str]]


def listed(text: str | None) -> list[str]:
    """Take codes apart that somebody typed with commas between them."""
    return [*dict.fromkeys(code for part in (text or "").split(",") if (code := part.strip()))]


def faults(
    rating: int, evidence: Evidence, known: Mapping[Kind, Collection[str]]
) -> dict[str, list[str]]:
    """Say what does not fit: a rating stands on evidence, and an interview has a code, no name."""
    found: dict[str, list[str]] = {}
    for kind, codes in known.items():
        if odd := [code for code in evidence.get(kind, ()) if code not in codes]:
            found[kind.value] = [f"There is no {odd[0]} here. Choose: {', '.join(sorted(codes))}."]
    if any(not INTERVIEW.fullmatch(code) for code in evidence.get(Kind.INTERVIEW, ())):
        found[Kind.INTERVIEW.value] = ["Write codes such as SR-07, and never a name."]
    if any(not REPORT.fullmatch(code) for code in evidence.get(Kind.REPORT, ())):
        found[Kind.REPORT.value] = ["Write the number or title of a report, in letters and digits."]
    if rating != NOT_ASSESSABLE and not any(evidence.values()):
        found[""] = ["A rating needs at least one piece of evidence."]
    return found
