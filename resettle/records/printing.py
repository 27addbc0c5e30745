"""Somebody's own record as a file on paper, in the words and the language of its reader."""

from resettle.records.gathering import Gathered
from resettle.records.shelves import TITLES, WITHHELD
from resettle.records.wording import told
from resettle.web.frame import moment
from resettle.web.paper import Facts, Paper, Part, Words, printed
from resettle.web.words import gettext, language, said

REST = "Numbers and codes that only the service uses are in the copy for programs."


def on_paper(found: Gathered) -> bytes:
    """Write a record: each row as facts, then what is not in it."""
    return printed(
        Paper(
            title=found.reference,
            heading=f"{gettext('What is held about me')} {found.reference}",
            lines=[moment(found.made_at)],
            parts=[
                *(
                    Part(
                        said(TITLES[code]), [Facts([*told(code, row, found.words)]) for row in rows]
                    )
                    for code, rows in found.shelves.items()
                    if rows
                ),
                Part(
                    gettext("What is not in it, and why"),
                    [
                        Facts([(said(what), said(why)) for what, why in WITHHELD]),
                        Words(said(REST)),
                    ],
                ),
            ],
            made_at=found.made_at,
            language=language(),
        )
    )
