"""What a sponsor group is told of its households, by what was agreed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resettle.casework.models import SharedNote
from resettle.casework.queries import shared_notes
from resettle.casework.schemas import SharedNoteShape
from resettle.core.errors import NotFound
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.desk import file, steps, words
from resettle.households.models import Household, Person
from resettle.households.queries import people_at_home
from resettle.households.rules import age_band
from resettle.people.models import SpecificNeed
from resettle.people.shapes import ContactShape
from resettle.placements import queries as placements
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.placements.shapes import SponsorshipRow
from resettle.plans import views as plans
from resettle.web.fields import Id
from resettle.web.schema import Command

Told = dict[str, Any]
SPONSOR = "sponsor"
MATCHED = (
    SponsorshipStatus.PROPOSED,
    SponsorshipStatus.ACCEPTED,
    SponsorshipStatus.CONFIRMED,
)
CONTACTS = ("phone", "email", "address")
MOST = 20


@dataclass(frozen=True, slots=True)
class MatchWanted:
    household: UUID | None = None


class MatchWantedSchema(Command[MatchWanted]):
    makes = MatchWanted

    household = Id()


def matched(uow: UnitOfWork, wanted: MatchWanted) -> Told:
    """Tell one household in full, and a line of each that the reader's groups are matched with.

    One at a time, so that the page costs the same for a group with many. Raises NotFound for a
    household that is not among them.
    """
    query = placements.sponsorships(uow, placements.SponsorshipFilters())
    found = uow.rows(query.where(Sponsorship.status.in_(MATCHED)).limit(MOST))
    known = {h.id: h for h in _households(uow, {row.household_id for row in found})}
    rows = SponsorshipRow().many_of(uow, [row for row in found if row.household_id in known])
    rows.sort(
        key=lambda row: (row["status"] is not SponsorshipStatus.CONFIRMED, row["proposed_on"])
    )
    if not rows:
        return {"lines": [], "match": None}
    chosen = wanted.household or rows[0]["household_id"]
    match = next((row for row in rows if row["household_id"] == chosen), None)
    if match is None:
        raise NotFound("There is no such household among yours.")
    return {
        "lines": _lines(uow, rows, known, chosen),
        "match": _matched(uow, match, known[chosen]),
    }


def _lines(
    uow: UnitOfWork, rows: Sequence[Told], known: Mapping[UUID, Household], chosen: UUID
) -> list[Told]:
    covers = file.COVER.many_of(uow, [known[row["household_id"]] for row in rows])
    return [
        {"household": cover, "state": plain(str(row["status"])), "is_shown": cover["id"] == chosen}
        for row, cover in zip(rows, covers, strict=True)
    ]


def _households(uow: UnitOfWork, ids: Collection[UUID]) -> Sequence[Household]:
    """Fetch those that agreed to be known of; of the others nothing is told at all."""
    return uow.all(uow.select(Household).where(Household.id.in_(ids)))


def _matched(uow: UnitOfWork, row: Told, household: Household) -> Told:
    shown = {
        "sponsorship": row,
        "state": plain(str(row["status"])),
        "household": file.of_household(uow, file.COVER.one(uow, household)),
        "profile": profile(uow, household),
    }
    if row["status"] is not SponsorshipStatus.CONFIRMED:
        return {**shown, "is_active": False}
    return {**shown, "is_active": True, **_active(uow, household.id)}


def profile(uow: UnitOfWork, household: Household) -> Told:
    """Tell of a household what names nobody: how many, how old about, which languages."""
    ages = Counter(
        age_band(uow.today, stay.born_on) for stay in people_at_home(uow, household.id, uow.today)
    )
    return {
        "people": ages.total(),
        "ages": ", ".join(f"{count} × {band}" for band, count in sorted(ages.items(), key=_young)),
        "language": words.language(household.primary_language),
        "needs_interpreter": household.needs_interpreter,
        "place": words.place(uow, household.location),
    }


def _young(band: tuple[str, int]) -> int:
    return int(band[0].partition("-")[0].rstrip("+"))


def _active(uow: UnitOfWork, household_id: UUID) -> Told:
    members = file.people(uow, household_id)
    told = steps.steps(uow, household_id)
    return {
        "members": [
            {**member, "contact": contact}
            for member, contact in zip(members, _contacts(uow, members), strict=True)
        ],
        "names": _called(members),
        "needs": _needs(uow, members),
        "due": steps.due_next(steps.owed_by(told, SPONSOR), 10),
        "coming": steps.due_next(told),
        "home": file.home(uow, household_id),
        "plans": plans.editions(uow, household_id),
        "shared": shared(uow, household_id),
    }


def shared(uow: UnitOfWork, household_id: UUID) -> Sequence[Told]:
    """Tell what caseworkers have written for the reader, the newest first."""
    query = shared_notes(uow, household_id)
    newest = query.order_by(SharedNote.shared_at.desc(), SharedNote.id).limit(MOST)
    uow.unlock([household_id])
    return SharedNoteShape().many_of(uow, uow.all(newest))


def _called(members: Sequence[Told]) -> Mapping[UUID, str]:
    """Call people by name; who shares no name is told apart by a number."""
    numbered = {m["person_id"]: f"Person {n}" for n, m in enumerate(members, start=1)}
    return {**numbered, **file.named(members)}


def _contacts(uow: UnitOfWork, members: Sequence[Told]) -> list[Told]:
    """Tell how each may be reached: only what the person agreed to share is there at all."""
    ids = [member["person_id"] for member in members]
    found = {p.id: p for p in uow.all(uow.select(Person).where(Person.id.in_(ids)))}
    uow.unlock(ids)
    shown = ContactShape().many_of(uow, [found[id_] for id_ in ids])
    return [{name: row[name] for name in CONTACTS if row.get(name)} for row in shown]


def _needs(uow: UnitOfWork, members: Sequence[Told]) -> list[str]:
    """Tell what to heed in practice; never why."""
    ids = [member["person_id"] for member in members]
    query = uow.columns(SpecificNeed, SpecificNeed.practical_support).where(
        SpecificNeed.person_id.in_(ids),
        SpecificNeed.practical_support.is_not(None),
        SpecificNeed.active.is_(True),
    )
    return sorted({row.practical_support for row in uow.rows(query)})
