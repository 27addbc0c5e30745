"""The pages of a household's file: overview, people, milestones, timeline, homes, consents."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import file, papers, steps, timeline
from resettle.desk.timeline import TimelineFilters, TimelineFiltersSchema
from resettle.people.queries import pictured
from resettle.proposals.looks import decided_of
from resettle.voices.queries import statements
from resettle.voices.shapes import in_words
from resettle.web.fields import Code
from resettle.web.pages import Pages
from resettle.web.schema import Command

pages = Pages("household_file", __name__, url_prefix="/households", template_folder="templates")

Shown = dict[str, Any]
FILE = "/<uuid:household_id>"
RECENT = 5
SOON = timedelta(days=7)
Keeps = Callable[[Shown], bool]
WHICH: Mapping[str, tuple[str, Keeps]] = {
    "open": ("Open", lambda step: step["open"]),
    "late": ("Late", lambda step: step["late_days"] > 0),
    "all": ("All", lambda _step: True),
}


class StepFiltersSchema(Command[dict[str, str]]):
    makes = dict

    show = Code([*WHICH])


@pages.page(FILE, permission=Permission.CASE_READ, template="desk/file.html")
def show(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Open with what is due and by whom, then the state, then what happened last."""
    shown = file.overview(uow, household_id)
    latest = timeline.timeline(uow, household_id, TimelineFilters()).entries[:RECENT]
    return {
        **shown,
        "recent": timeline.told(uow, latest),
        "may_record": uow.allows(Permission.MILESTONE_RECORD),
    }


@pages.page(FILE + "/people", permission=Permission.CASE_READ, template="desk/people.html")
def people(uow: UnitOfWork, household_id: UUID) -> Shown:
    household, members = file.cover(uow, household_id), file.people(uow, household_id)
    return {
        "household": household,
        "members": members,
        "names": file.named(members),
        "pictured": pictured(uow, [member["person_id"] for member in members]),
        "statements": [in_words(uow, voice) for voice in statements(uow, household_id)],
    }


@pages.page(
    FILE + "/milestones",
    permission=Permission.CASE_READ,
    template="desk/milestones.html",
    filters=StepFiltersSchema(),
)
def milestones(uow: UnitOfWork, household_id: UUID, wanted: dict[str, str]) -> Shown:
    """List the steps by domain: those that are open, unless asked otherwise."""
    household = file.cover(uow, household_id)
    told = steps.steps(uow, household_id)
    which = wanted.get("show", "open")
    kept = [step for step in told if WHICH[which][1](step)]
    return {
        "household": household,
        "names": file.named(file.people(uow, household_id)),
        "domains": [_domain(*found, which, uow.today) for found in steps.by_domain(kept)],
        "progress": steps.progress(household_id, told, uow.today),
        "total": len(told),
        "which": which,
        "offered": [(name, title) for name, (title, _) in WHICH.items()],
        "may_waive": uow.allows(Permission.MILESTONE_WAIVE),
    }


def _domain(title: str, found: Sequence[Shown], which: str, today: date) -> Shown:
    """Put what is late, or due soon, before the rest, which is folded."""
    soon = today + SOON
    pressing = [step for step in found if step["open"] and step["due_on"] <= soon]
    return {
        "title": title,
        "pressing": pressing,
        "others": [step for step in found if step not in pressing],
        "others_are": "due later" if which == "open" else "due later, or done with",
    }


@pages.page(
    FILE + "/timeline",
    permission=Permission.TIMELINE_READ,
    template="desk/timeline.html",
    filters=TimelineFiltersSchema(),
)
def history(uow: UnitOfWork, household_id: UUID, wanted: TimelineFilters) -> Shown:
    """Tell all that happened, or one kind of it, the newest first."""
    household = file.cover(uow, household_id)
    found = timeline.timeline(uow, household_id, wanted)
    return {
        "household": household,
        "entries": timeline.told(uow, found.entries),
        "kinds": [(kind.value, title) for kind, title in timeline.TITLES.items()],
        "kind": wanted.kind or "",
        "earlier": found.earlier
        and url_for(".history", household_id=household_id, kind=wanted.kind, before=found.earlier),
        "is_first": wanted.before is None,
    }


@pages.page(FILE + "/placements", permission=Permission.CASE_READ, template="desk/homes.html")
def homes(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell where the household lived, and which groups support or supported it."""
    return {
        "household": file.cover(uow, household_id),
        "homes": file.homes(uow, household_id),
        "sponsorships": file.sponsorships(uow, household_id),
        "places": decided_of(uow, household_id),
    }


@pages.page(FILE + "/consents", permission=Permission.CASE_READ, template="desk/consents.html")
def consents(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell what each person agreed to, for how long, and how to take it back."""
    household = file.cover(uow, household_id)
    members = file.people(uow, household_id)
    given = file.consents(uow, household_id)
    return {
        "household": household,
        "members": [
            {**m, "given": [c for c in given if c["person_id"] == m["person_id"]]} for m in members
        ],
    }


@pages.page(FILE + "/documents", permission=Permission.DOCUMENT_FILE, template="desk/papers.html")
def documents(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell what runs out, then what is on file, then what the stages still ask for."""
    return {
        "household": file.cover(uow, household_id),
        "names": file.named(file.people(uow, household_id)),
        "papers": papers.on_file(uow, household_id),
        "asked_for": papers.asked_for(uow, household_id),
        "removed": papers.removed(uow, household_id),
    }
