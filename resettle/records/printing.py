"""Somebody's own record as a file on paper, in the language of its reader."""

from collections.abc import Sequence
from typing import Any

import orjson

from resettle.records.gathering import Gathered, Row
from resettle.records.shelves import TITLES, WITHHELD
from resettle.web.frame import moment, plain
from resettle.web.paper import Facts, Paper, Part, printed
from resettle.web.words import gettext, language, said

ENGLISH = "en"
OURS = frozenset({"id", "version"})


def on_paper(found: Gathered) -> bytes:
    """Write a record: each row as facts, whose names are in English as in the other copies."""
    return printed(
        Paper(
            title=found.reference,
            heading=f"{gettext('What is held about me')} {found.reference}",
            lines=[moment(found.made_at)],
            parts=[
                *(
                    Part(said(TITLES[code]), [Facts(told(row), names_in=ENGLISH) for row in rows])
                    for code, rows in found.shelves.items()
                    if rows
                ),
                Part(
                    gettext("What is not in it, and why"),
                    [Facts([(said(what), said(why)) for what, why in WITHHELD])],
                ),
            ],
            made_at=found.made_at,
            language=language(),
        )
    )


def told(row: Row) -> Sequence[tuple[str, str]]:
    """Name what a row says; ids and versions of ours, and what is empty, are left out."""
    return [
        (plain(name), said_of(value))
        for name, value in row.items()
        if value not in (None, "", []) and name not in OURS and not name.endswith("_id")
    ]


def said_of(value: Any) -> str:
    """Write a value as text; lists and codes with their source as JSON writes them."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | dict():
            return orjson.dumps(value, default=str).decode()
        case _:
            return str(value)
