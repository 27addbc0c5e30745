"""Pages on which somebody sees what is held about them, and takes a copy of it.

A copy is made at the moment when it is asked for, and kept nowhere: there is nothing that anybody
else could fetch, and nothing that has to run out. That it was taken is on record.
"""

from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, render_template

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.records import gathering
from resettle.records.printing import REST, on_paper
from resettle.records.shelves import TITLES, WITHHELD
from resettle.records.wording import told
from resettle.web.handing import handed_out
from resettle.web.pages import Pages

pages = Pages("records", __name__, template_folder="templates")

Shown = dict[str, Any]
RECORD = "/my-household/record"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy under a name that says nothing of anybody."""

    name: str
    media_type: str
    content: bytes


@pages.page(RECORD, permission=Permission.RECORD_OWN, template="records/record.html")
def show(uow: UnitOfWork) -> Shown:
    """Tell what is held, part by part, what is not in the copy and why; and where to take it."""
    found = gathering.gathered(uow)
    return {
        "parts": [(TITLES[code], len(rows)) for code, rows in found.shelves.items() if rows],
        "withheld": WITHHELD,
    }


@pages.page(f"{RECORD}/copy", permission=Permission.RECORD_OWN, template="error.html")
def copy(uow: UnitOfWork) -> Response:
    """Hand out the record to be read."""
    found = gathering.taken(uow)
    page = render_template(
        "records/copy.html", found=found, titles=TITLES, withheld=WITHHELD, told=told, rest=REST
    )
    return handed_out(Copy("my-record.html", "text/html; charset=utf-8", page.encode()))


@pages.page(f"{RECORD}/paper", permission=Permission.RECORD_OWN, template="error.html")
def paper(uow: UnitOfWork) -> Response:
    """Hand out the record to be printed, or to be read aloud."""
    return handed_out(Copy("my-record.pdf", "application/pdf", on_paper(gathering.taken(uow))))


@pages.page(f"{RECORD}/data", permission=Permission.RECORD_OWN, template="error.html")
def data(uow: UnitOfWork) -> Response:
    """Hand out the record for programs to read."""
    found = gathering.taken(uow)
    whole = {
        "reference": found.reference,
        "made_at": found.made_at,
        "record": found.shelves,
        "withheld": [{"what": what, "why": why} for what, why in WITHHELD],
    }
    content = orjson.dumps(whole, default=str, option=orjson.OPT_INDENT_2)
    return handed_out(Copy("my-record.json", "application/json", content))
