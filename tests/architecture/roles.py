"""docs/roles.md: who may do what, written from the table of grants so that it cannot drift.

`make docs` writes the file anew; a test compares it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from resettle.core.actor import Duty, Role
from resettle.core.permissions import Permission
from resettle.core.policy import Grant
from resettle.policy.grants import GRANTS

KEPT = Path(__file__).parents[2] / "docs" / "roles.md"
Holder = Role | Duty

# The heads of the table, and what each sees at all; scopes.py and audiences.py decide it.
HOLDERS: Mapping[Holder, tuple[str, str]] = {
    Role.CASEWORKER: (
        "Caseworker",
        (
            "The whole file of each household that they look after today: as its caseworker, its "
            "second caseworker, or in place of a colleague. Of other households, nothing."
        ),
    ),
    Duty.TEAM_LEADER: (
        "Team leader",
        (
            "A duty of a caseworker. It opens no further household; it may pass over what a guard "
            "lets pass, with a reason that is kept, and closes incidents."
        ),
    ),
    Duty.PLACEMENT_OFFICER: (
        "Placement officer",
        (
            "A duty of a caseworker. Of every household that waits for a place: its file number, "
            "its size and what it needs of a place, in practical words; no name, and no reason."
        ),
    ),
    Role.SPONSOR_MEMBER: (
        "Sponsor group member",
        (
            "The household that their group supports: its plan, and of each person what they "
            "agreed to show. Before a match is confirmed, a profile without names."
        ),
    ),
    Role.SPONSOR_COORDINATOR: (
        "Sponsor group coordinator",
        "As a member; besides, the members of their own group, and its answers to proposals.",
    ),
    Role.HOUSEHOLD_PERSON: (
        "Household member",
        (
            "Their own record and that of children they are guardian of, their household's plan, "
            "who helps them, what they agreed to, and who has looked."
        ),
    ),
    Role.PROGRAMME_MANAGER: (
        "Programme manager",
        (
            "Numbers without names, sponsor groups with their members, and of a household its "
            "reference and where it stands."
        ),
    ),
    Duty.PRIVACY_OFFICER: (
        "Privacy officer",
        "A duty of a caseworker or a programme manager: verifies the trail and ends sessions.",
    ),
    Role.ADMINISTRATOR: (
        "Administrator",
        (
            "Accounts, roles, duties and jobs; nothing of any household. Nobody gives themselves a "
            "role."
        ),
    ),
    Role.AUDITOR: (
        "Auditor",
        "Who did what to which record, by reference, never by name or value.",
    ),
    Role.EVALUATOR: (
        "Evaluator",
        "Figures that were released, with small groups protected; no row of anybody.",
    ),
}
# What each condition of grants.py asks, by the name of its function.
CONDITIONS: Mapping[str, str] = {
    "own_person": "self",
    "own_user": "one’s own",
    "speaks_for": "self and children",
    "supports": "supported",
    "is_matched": "matched",
    "looks_after_some": "matched",
    "treasurer": "treasurer",
    "leads": "whose group they lead",
    "leads_or_keeps": "whose group they lead; treasurer",
    "leads_or_own": "whose group they lead; one’s own",
    "reads_books": "treasurer; whose group they lead; own entries",
    "own_spending": "what they spent",
    "writes_reports": "who writes reports",
}
LEGEND = (
    "“self”: of themselves only. “self and children”: also of children whose recorded guardian "
    "they are. “supported”: once their group supports the household, not while it is on offer. "
    "“matched”: of groups matched with a household of theirs. "
    "“treasurer”: of the group whose books they keep. “what they spent”: for the group. "
    "Sponsors count only while their "
    "membership is confirmed and their vetting clear; on which rows an act works at all is the "
    "scope's business."
)
HEAD = """\
# Who sees and does what

Written by `make docs` from `resettle/policy/grants.py`; do not edit by hand.
Rows are decided by `scopes.py`, fields by `audiences.py`, both in the same folder.
What a reader may not see is answered like what does not exist (404).

## Who sees what
"""


def page() -> str:
    """Write the whole page."""
    seen = [f"* **{name}**: {sees}" for name, sees in HOLDERS.values()]
    return "\n".join([HEAD, *seen, "", "## Who does what", "", LEGEND, "", *table()]) + "\n"


def table() -> Iterator[str]:
    yield "| act | " + " | ".join(name for name, _ in HOLDERS.values()) + " |"
    yield "|---" * (len(HOLDERS) + 1) + "|"
    for permission in Permission:
        cells = [_cell(GRANTS[permission], holder) for holder in HOLDERS]
        yield f"| `{permission}` | " + " | ".join(cells) + " |"


def _cell(grants: Sequence[Grant], holder: Holder) -> str:
    found = [grant for grant in grants if grant.holder is holder]
    if not found:
        return ""
    [grant] = found
    return ", ".join(CONDITIONS[asks.__name__] for asks in grant.conditions) or "yes"


if __name__ == "__main__":
    KEPT.write_text(page(), encoding="utf-8")
