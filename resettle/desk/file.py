"""A household's file as its caseworker opens it: brought together from every chapter."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.cases import queries as cases
from resettle.cases.models import ResettlementCase
from resettle.cases.shapes import CaseShape, NextMoveShape
from resettle.consents.models import ConsentEntry
from resettle.consents.queries import in_force
from resettle.consents.shapes import ConsentShape
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.crises.queries import on_file
from resettle.desk import colleagues, steps, words
from resettle.desk.ways import way_to
from resettle.households.models import Household
from resettle.households.queries import household_file
from resettle.households.rules import is_adult
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.placements import queries as placements
from resettle.placements.models import Placement
from resettle.placements.shapes import PlacementShape, SponsorshipRow

Told = dict[str, Any]
PURPOSES: Mapping[str, str] = {
    "support_delivery": "Support by the agency",
    "share_with_sponsor": "Sponsor group",
    "share_with_school": "School",
    "share_with_health": "Health services",
    "share_with_housing": "Housing",
    "share_in_household": "Within the household",
    "evaluation": "Evaluation",
    "photo_private": "Photo for the file",
    "photo_public": "Photo for the public",
    "contact_after_exit": "Contact after support has ended",
}
ITEMS: Mapping[str, str] = {
    "profile": "profile",
    "name": "name",
    "birth_date": "birth date",
    "photo": "photo",
    "phone": "phone",
    "address": "address",
    "health_flags": "health flags",
    "diet": "diet",
    "all": "everything it needs",
}


# A page asks for no more than it shows: each look at the rest would be on record.
COVER = HouseholdShape(exclude=("risk_level", "notes_summary", "size"))
MEMBER = HouseholdMemberShape(exclude=("kept_from_guardian", "leave_reason", "guardian_id"))
CASE = CaseShape(only=("id", "version", "household_id", "stage", "stage_since"))
HOME = PlacementShape(exclude=("reason", "end_reason"))


def cover(uow: UnitOfWork, household_id: UUID) -> Told:
    """Tell what stands on every page of a file."""
    household = uow.get(Household, household_id, to=Permission.CASE_READ)
    flags = [{"id": c.id, "reason": c.reason} for c in on_file(uow, household.id)]
    return {**of_household(uow, COVER.one(uow, household)), "flags": flags}


def of_household(uow: UnitOfWork, row: Told) -> Told:
    """Add what the codes of a household are called; what is not shown has no words either."""
    found = words.programme(uow, row["programme_code"], row["programme_version"])
    return {
        **row,
        "programme": row["programme_code"] if found is None else found.title,
        "place": words.place(uow, row.get("location")),
        "language": words.language(row.get("primary_language")),
    }


def people(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell who belongs to a household: as much of each as the reader may know."""
    members = household_file(uow, household_id).members
    return [_of_member(uow, member) for member in MEMBER.many_of(uow, members)]


def _of_member(uow: UnitOfWork, member: Told) -> Told:
    person = member["person"]
    born_on = person.get("born_on")
    return {
        **member,
        "relationship": words.relationship(member.get("relationship_code") or ""),
        "age": "" if born_on is None else words.age(born_on, uow.today),
        "is_adult": born_on is not None and is_adult(uow.today, born_on),
        "languages": [words.language(each["language"]) for each in person.get("languages", [])],
    }


def named(members: Sequence[Told]) -> Mapping[UUID, str]:
    """Name each person whose name the reader may know."""
    return {m["person_id"]: m["person"]["name"] for m in members if m["person"].get("name")}


def case_of(uow: UnitOfWork, household_id: UUID) -> ResettlementCase | None:
    """Find the case that was opened last."""
    found = cases.of_household(uow, household_id)
    return found[-1] if found else None


def standing(uow: UnitOfWork, case: ResettlementCase | None) -> Told | None:
    """Tell where a case stands, and every way on with what is still missing for it."""
    if case is None:
        return None
    found = words.programme(uow, case.programme_code, case.programme_version)
    moves = [
        {**move, "missing": [{**m, "href": way_to(case, m["fact"])} for m in move["missing"]]}
        for move in NextMoveShape().many_of(uow, cases.next_moves(uow, case))
    ]
    forward = {} if found is None else {s.code: s.side or s.final for s in found.stages}
    return {
        **CASE.one(uow, case),
        "title": words.stage(found, case.stage),
        "days": (uow.today - case.stage_since).days,
        "moves": [move for move in moves if not forward.get(move["to"])],
        "aside": [move for move in moves if forward.get(move["to"])],
    }


def home(uow: UnitOfWork, household_id: UUID) -> Told | None:
    """Tell where a household lives now."""
    placement = placements.current_placement(uow, household_id)
    return None if placement is None else _of_placement(uow, placement)


def homes(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    return [_of_placement(uow, each) for each in placements.placements_of(uow, household_id)]


def _of_placement(uow: UnitOfWork, placement: Placement) -> Told:
    row = HOME.one(uow, placement)
    return {
        **row,
        "place": words.place(uow, row["location"]),
        "what": plain(str(row["kind"])),
    }


def sponsorships(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell which groups are or were matched with a household, the present one first."""
    wanted = placements.SponsorshipFilters(household_id=household_id)
    rows = uow.rows(placements.sponsorships(uow, wanted).limit(50))
    told = SponsorshipRow().many_of(uow, rows)
    told.sort(key=lambda row: (row["ended_on"] is not None, -row["proposed_on"].toordinal()))
    return [{**row, "state": plain(str(row["status"]))} for row in told]


def consents(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell what is in force now of what the people of a household agreed to."""
    query = uow.select(ConsentEntry).where(ConsentEntry.household_id == household_id)
    entries = in_force(uow, uow.all(query))
    rows = ConsentShape().many_of(uow, sorted(entries, key=lambda e: (e.purpose, e.item)))
    return [told_consent(row) for row in rows]


def told_consent(row: Told) -> Told:
    purpose = str(row["purpose"])
    what = ITEMS[str(row["item"])]
    return {**row, "about": PURPOSES[purpose], "what": what}


def at_a_glance(members: Collection[Told], given: Collection[Told]) -> list[Told]:
    """Tell of each adult with whom something is shared, and what."""
    found = []
    for member in members:
        mine = [row for row in given if row["person_id"] == member["person_id"]]
        if member["is_adult"] or mine:
            abouts = sorted({row["about"] for row in mine})
            shares = [(about, _items(mine, about)) for about in abouts]
            found.append({"person_id": member["person_id"], "shares": shares})
    return found


def _items(rows: Collection[Told], about: str) -> str:
    return ", ".join(row["what"] for row in rows if row["about"] == about)


def overview(uow: UnitOfWork, household_id: UUID) -> Told:
    """Tell what is due, then where things stand, then who is who."""
    household = cover(uow, household_id)
    members = people(uow, household_id)
    told = steps.steps(uow, household_id)
    starts_on = household["arrived_on"] or household["placed_on"]
    return {
        "household": household,
        "members": members,
        "names": named(members),
        "due": steps.due_next(told),
        "progress": steps.progress(household_id, told, uow.today),
        "line": starts_on and steps.line(starts_on, uow.today, told),
        "case": standing(uow, case_of(uow, household_id)),
        "home": home(uow, household_id),
        "sponsorships": [row for row in sponsorships(uow, household_id) if not row["ended_on"]],
        "helpers": colleagues.helpers(uow, household_id),
        "consents": at_a_glance(members, consents(uow, household_id)),
    }
