"""What the pages of reports have in common: names of reports, lines in words, amounts as text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.languages import language
from resettle.core.money import written
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import current_members
from resettle.households.rules import is_adult
from resettle.households.shapes import HouseholdShape, PersonShape
from resettle.programmes.definition import Programme
from resettle.reports import queries, rules, schemas
from resettle.reports.models import GroupReport
from resettle.reports.rules import Status
from resettle.sponsors.models import ReportDue

Shown = dict[str, Any]
COVER = HouseholdShape(only=("id", "reference"))
NAMES = PersonShape(only=("id", "name", "name_in_script"))
STATUSES = [
    (Status.ON_TRACK.value, "On track"),
    (Status.AT_RISK.value, "At risk"),
    (Status.NEEDS_HELP.value, "Needs help"),
    (Status.DONE.value, "Done"),
]
MARKS: Mapping[str, tuple[str, str, str]] = {
    "on_track": ("On track", "done", "half"),
    "at_risk": ("At risk", "late", "late"),
    "needs_help": ("Needs help", "late", "late"),
    "done": ("Done", "done", "done"),
}
STANDINGS: Mapping[str, tuple[str, str, str]] = {
    "due": ("Not due yet", "quiet", "open"),
    "overdue": ("Overdue", "late", "late"),
    "on_paper": ("Came on paper", "done", "done"),
    "submitted": ("Submitted, not read yet", "open", "half"),
    "returned": ("Returned with comments", "late", "late"),
    "accepted": ("Accepted", "done", "done"),
}
TEXTS: Mapping[str, str] = {
    "worries": "What worries us",
    "needs": "What we need",
    "referrals": "Who else helps now",
    "members": "Changes in our group",
}


def owed(uow: UnitOfWork) -> list[Shown]:
    """Tell of each report by name, for which household, and how it stands."""
    uow.require(Permission.REPORT_OPEN)
    found = queries.owed(uow)
    ids = {each.household_id for each in found}
    known = uow.all(uow.select(Household).where(Household.id.in_(ids)))
    homes = {h.id: h for h in known if uow.allows(Permission.REPORT_OPEN, h)}
    programmes = {id_: queries.programme_of(uow, home) for id_, home in homes.items()}
    shown = schemas.OwedShape().many_of(uow, found)
    return [
        {
            **row,
            "title": queries.title_of(programmes[each.household_id], each.code),
            "home": homes[each.household_id].reference,
            "word": STANDINGS[each.standing],
        }
        for row, each in zip(shown, found, strict=True)
        if each.household_id in homes
    ]


def cover(uow: UnitOfWork, due: ReportDue, household: Household) -> Shown:
    """Tell what every page of a report has."""
    uow.require(Permission.REPORT_READ if uow.actor.person_id is None else Permission.REPORT_FAMILY)
    programme = queries.programme_of(uow, household)
    return {
        "due": {"id": due.id, "due_on": due.due_on, "accepted_on": due.accepted_on},
        "home": COVER.one(uow, household),
        "title": queries.title_of(programme, due.code),
    }


def editions(uow: UnitOfWork, household: Household, found: Sequence[GroupReport]) -> list[Shown]:
    """Tell editions line by line, each with the comments on it."""
    uow.require(Permission.REPORT_OPEN, household)
    programme = queries.programme_of(uow, household)
    shown = schemas.EditionShape().many_of(uow, found)
    said = comments(uow, found)
    return [_edition(programme, row, said.get(row["id"], {})) for row in shown]


def _edition(programme: Programme, row: Shown, said: Mapping[str, str]) -> Shown:
    sentences = row.get("sentences", {})
    return {
        **row,
        "word": STANDINGS[row["stage"]],
        "facts": facts(row["facts"]) if "facts" in row else None,
        "general": said.get(rules.GENERAL),
        "lines": [
            {
                "code": code,
                "field": code.lower(),
                "name": name,
                "word": MARKS[row["statuses"][code]],
                "text": sentences.get(code, ""),
                "comment": said.get(code),
            }
            for code, name in queries.domains_of(programme)
            if code in row["statuses"]
        ],
        "texts": [
            {
                "code": name,
                "field": name,
                "name": title,
                "word": None,
                "text": row.get(name) or "",
                "comment": said.get(name),
            }
            for name, title in TEXTS.items()
        ],
    }


def comments(uow: UnitOfWork, found: Sequence[GroupReport]) -> dict[UUID, dict[str, str]]:
    """Give the comments of editions, by edition and line."""
    uow.require(Permission.REPORT_OPEN)
    told: dict[UUID, dict[str, str]] = {}
    shown = schemas.CommentShape().many_of(uow, queries.comments(uow, [r.id for r in found]))
    for row in shown:
        told.setdefault(row["group_report_id"], {})[row["line"]] = row.get("text", "")
    return told


def facts(frozen: Mapping[str, Any]) -> Shown:
    """Tell the filled part in words."""
    money = ("received", "in_kind", "spent", "spent_since", "at_hand")
    return {
        **frozen,
        **{name: written(frozen[name]) for name in money},
        "from_on": _day(frozen["from_on"]),
        "to_on": _day(frozen["to_on"]),
        "lives_since": _day(frozen["lives_since"]),
        "tenancy_to": _day(frozen["tenancy_to"]),
        "hours": round(frozen["minutes"] / 60, 1),
        "met": [{**each, "met_on": _day(each["met_on"])} for each in _plainly(frozen["met"])],
    }


def _plainly(found: Any) -> list[Shown]:
    return [dict(each) for each in found]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def adults(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name the adults at home, as far as the reader may know their names."""
    uow.get(Household, household_id, to=Permission.REPORT_FAMILY)
    people = [m.person for m in current_members(uow, household_id)]
    grown = [p for p in people if is_adult(uow.today, p.born_on)]
    shown = NAMES.many_of(uow, grown)
    return [(p["id"], p.get("name_in_script") or p.get("name") or plain("adult")) for p in shown]


def languages(household: Household) -> list[tuple[str, str]]:
    """Offer the language of the household, and English."""
    spoken = {household.primary_language, "eng"}
    return [(code, language(code)) for code in sorted(spoken)]
