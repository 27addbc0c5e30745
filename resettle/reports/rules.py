"""What is decided of a report without looking anything up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How one domain of the settlement stands, as the group sees it."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    NEEDS_HELP = "needs_help"
    DONE = "done"


class Stage(StrEnum):
    """Where one edition of a report stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Said(StrEnum):
    """How the family's word came in."""

    OWN_ACCOUNT = "own_account"
    INTERPRETER = "interpreter"


DOMAINS = ("ARR", "HOU", "HEA", "EDU", "EMP", "PAR", "SAF", "FAM", "EXT")
TEXTS = ("worries", "needs", "referrals", "members")
GENERAL = "general"
LINES = (GENERAL, *DOMAINS, *TEXTS)
WANTS_WORDS = frozenset({Status.AT_RISK, Status.NEEDS_HELP})
SAY_MORE = "Say in a sentence what is at risk, or what would help."
CHOOSE = "Choose how this stands."


def suggested(
    domains: Sequence[str], late: Collection[str], before: Mapping[str, str]
) -> dict[str, str]:
    """Fill in how each domain stands: as last said, but at risk where a milestone is late.

    What needed help, or is done, stays so until somebody says otherwise.
    """
    found = {}
    for domain in domains:
        last = before.get(domain, Status.ON_TRACK.value)
        is_worse = domain in late and last == Status.ON_TRACK
        found[domain] = Status.AT_RISK.value if is_worse else last
    return found


def answer_faults(
    domains: Sequence[str], statuses: Mapping[str, Status], sentences: Mapping[str, str]
) -> dict[str, list[str]]:
    """Say what is missing: each domain has a status, and a sentence where help is needed."""
    faults: dict[str, list[str]] = {}
    for domain in domains:
        if domain not in statuses:
            faults[f"status_{domain.lower()}"] = [CHOOSE]
        elif statuses[domain] in WANTS_WORDS and not sentences.get(domain, "").strip():
            faults[f"sentence_{domain.lower()}"] = [SAY_MORE]
    return faults


def standing(latest: Stage | None, due_on: date, today: date, *, on_paper: bool = False) -> str:
    """Say in one word how a report stands; what came before there were editions came on paper."""
    if on_paper and may_submit(latest):
        return "on_paper"
    if latest is not None:
        return latest.value
    return "overdue" if due_on < today else "due"


def may_submit(latest: Stage | None, *, on_paper: bool = False) -> bool:
    return not on_paper and latest in {None, Stage.RETURNED}
