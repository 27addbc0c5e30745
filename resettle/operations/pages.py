"""Pages on the trail and on the machinery: who looked, the audit, its verification, the jobs."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.desk.file import COVER
from resettle.households.models import Household
from resettle.households.queries import household_of
from resettle.operations import queries
from resettle.operations.folding import folded
from resettle.operations.queries import EVERYTHING, JobFilters, OwnLooks, TrailFilters
from resettle.operations.schemas import (
    JobFiltersSchema,
    JobShape,
    LookShape,
    OwnLooksSchema,
    TrailEntryShape,
    TrailFiltersSchema,
    VerdictShape,
)
from resettle.web.api import page_of
from resettle.web.frame import ROLE_TITLES
from resettle.web.pages import Pages

looks = Pages("looks", __name__, template_folder="templates")
pages = Pages("operations", __name__, template_folder="templates")

Shown = dict[str, Any]
ROLES = {role.value: title.capitalize() for role, title in ROLE_TITLES.items()}
KINDS = {
    "P0": "status",
    "P1": "profile",
    "P2": "names and birth dates",
    "P3": "where they live",
    "P4": "origin",
    "P5": "health",
    "P6": "protection",
    "P7": "case notes",
    "P8": "plan",
    "P9": "money",
    "P10": "vetting",
    "P11": "the trail",
}
CHANGES = {
    "read": "Looked at",
    "created": "Added",
    "updated": "Changed",
    "deleted": "Removed",
    "acted": "Did",
    "refused": "Was refused",
}
SHOWN = {
    "others": "Only others",
    "changes": "What was changed",
    "all": "Everything",
}
INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@looks.page(
    "/households/<uuid:household_id>/looks",
    permission=Permission.CASE_READ,
    template="operations/looks.html",
    paged=True,
)
def household(uow: UnitOfWork, household_id: UUID, arguments: Mapping[str, str]) -> Shown:
    """Tell caseworkers who looked at a household's file or changed it."""
    shown = _looks(uow, household_id, arguments)
    return {**shown, **_ways(".household", arguments, shown["next"], household_id=household_id)}


@looks.page(
    "/my-household/looks",
    permission=Permission.HOUSEHOLD_MINE,
    template="operations/own_looks.html",
    filters=OwnLooksSchema(),
    paged=True,
)
def mine(uow: UnitOfWork, wanted: OwnLooks, arguments: Mapping[str, str]) -> Shown:
    """Tell a household who looked at its file: all, or others alone, or what was changed."""
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if household_id is None:
        raise NotFound("This account belongs to no household now.")
    shown = _looks(uow, household_id, arguments, wanted)
    ways = _ways(".mine", arguments, shown["next"])
    return {**shown, **ways, "which": wanted.show, "offered": [*SHOWN.items()]}


def _looks(
    uow: UnitOfWork, household_id: UUID, arguments: Mapping[str, str], wanted: OwnLooks = EVERYTHING
) -> Shown:
    query = queries.who_saw(uow, household_id, wanted)
    page = page_of(uow, query, queries.TRAIL_SORTS, arguments)
    found = uow.get(Household, household_id, to=Permission.WHO_SAW)
    return {
        "household": COVER.one(uow, found),
        "rows": [_told(row) for row in folded(LookShape().many_of(uow, page.rows))],
        "next": page.following,
    }


@pages.page(
    "/audit",
    permission=Permission.AUDIT_SEARCH,
    template="operations/audit.html",
    filters=TrailFiltersSchema(),
    paged=True,
)
def audit(uow: UnitOfWork, wanted: TrailFilters, arguments: Mapping[str, str]) -> Shown:
    """Search the trail. It holds references only: no name, no value."""
    page = page_of(uow, queries.search(uow, wanted), queries.TRAIL_SORTS, arguments)
    names = ("household", "actor", "change", "outcome")
    return {
        "rows": [_told(row) for row in TrailEntryShape().many_of(uow, page.rows)],
        "wanted": {name: arguments.get(name, "") for name in names},
        "is_filtered": any(arguments.get(name, "").strip() for name in names),
        "changes": [*CHANGES.items()],
        **_ways(".audit", arguments, page.following),
    }


@pages.page(
    "/audit/verification",
    permission=Permission.AUDIT_VERIFY,
    template="operations/verification.html",
)
def verification(uow: UnitOfWork) -> Shown:
    """Compute the trail again, and say whether it is sound."""
    return {"verdict": VerdictShape().one(uow, queries.verdict(uow))}


@pages.page(
    "/jobs",
    permission=Permission.JOB_READ,
    template="operations/jobs.html",
    filters=JobFiltersSchema(),
    paged=True,
)
def jobs(uow: UnitOfWork, wanted: JobFilters, arguments: Mapping[str, str]) -> Shown:
    """List the jobs that wait, and those that failed for good."""
    page = page_of(uow, queries.jobs(uow, wanted), queries.JOB_SORTS, arguments)
    return {
        "rows": JobShape().many_of(uow, page.rows),
        "which": "" if wanted.dead is None else str(wanted.dead).lower(),
        **_ways(".jobs", arguments, page.following),
    }


def _told(row: Shown) -> Shown:
    """Say a row of the trail in words."""
    role, change = row.get("actor_role"), row.get("change", "")
    # A kind that nobody is ever shown, such as keys, has no words and is not told.
    kinds = [KINDS[each] for each in map(str, row.get("classes") or ()) if each in KINDS]
    return {
        **row,
        "who": row.get("actor_name") or ROLES.get(str(role), plain(role)),
        "role_title": ROLES.get(str(role), ""),
        "did": CHANGES.get(change, plain(change)),
        # What was looked at is told by its kinds; there is no record to name.
        "what": "" if change == "read" else INNER_CAPITAL.sub(" ", row.get("resource", "")).lower(),
        "kinds": ", ".join(kinds),
        "parts": kinds,
    }


def _ways(endpoint: str, arguments: Mapping[str, str], following: str | None, **path: Any) -> Shown:
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if v.strip() and k != "cursor"}
    return {
        "following": following and url_for(endpoint, **path, **asked, cursor=following),
        "first": url_for(endpoint, **path, **asked) if "cursor" in arguments else None,
    }
