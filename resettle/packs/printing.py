"""A summary as it is handed over on paper."""

from collections.abc import Sequence
from datetime import datetime

from resettle.packs.sections import Section, Summary
from resettle.web.paper import Facts, Paper, Part, Table, Words, printed

NOTHING = Words("None.")


def handed_over(told: Summary, lines: Sequence[str], at: datetime) -> bytes:
    """Write a summary; the lines say under its heading who took it, for whom and until when."""
    facts = [(name, what) for name, what in told.facts if what]
    return printed(
        Paper(
            title=told.reference,
            heading=f"{told.reference}  {told.name}",
            lines=lines,
            parts=[
                Part("Where things stand", [Facts(facts) if facts else NOTHING]),
                *(_part(section) for section in told.sections),
            ],
            made_at=at,
        )
    )


def _part(section: Section) -> Part:
    block = Table(section.heads, section.lines) if section.lines else NOTHING
    return Part(section.title, [block])
