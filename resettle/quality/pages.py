"""The page of data quality: what is wrong, where, and the way to mend it."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.quality import queries, schemas
from resettle.quality.checks import CHECKS
from resettle.web.pages import Pages

pages = Pages("quality", __name__, template_folder="templates")

FILE = "household_file.show"
FAULTS: Mapping[str, str] = {
    "missing": "What is missing",
    "stale": "What is stale",
    "contradictory": "What contradicts itself",
}


@pages.page("/data-quality", permission=Permission.QUALITY_READ, template="quality/quality.html")
def found(uow: UnitOfWork) -> dict[str, Any]:
    """Tell by fault what was found; files have links where their reader may open them."""
    rows = schemas.FoundShape().many_of(uow, queries.found(uow))
    ways = {
        check.code: check.endpoint if uow.allows(check.permission) else FILE for check in CHECKS
    }
    told = [
        {
            **row,
            "files": [
                (each["reference"], url_for(ways[row["code"]], household_id=each["id"]))
                for each in row["files"]
            ],
        }
        for row in rows
    ]
    return {
        "faults": [
            (title, [row for row in told if row["fault"] == fault])
            for fault, title in FAULTS.items()
        ],
        "opens": uow.allows(Permission.CASE_READ),
        "leads": uow.allows(Permission.TEAM_LEAD),
    }
