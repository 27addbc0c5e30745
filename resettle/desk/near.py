"""What a sponsor group is told of its households, by what was agreed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_

from resettle.casework.models import SharedNote
from resettle.casework.queries import shared_notes
from resettle.casework.schemas import SharedNoteShape
from resettle.core.errors import NotFound
from resettle.core.wording import Phrase, plain
from resettle.core.work import UnitOfWork
from resettle.desk import file, steps, words
from resettle.households.models import Household, Person
from resettle.people.models import SpecificNeed
from resettle.people.queries import pictured
from resettle.people.shapes import ContactShape
from resettle.placements import profiles
from resettle.placements import queries as placements
from resettle.placements.models import SponsorshipStatus
from resettle.placements.seen import supporting, waiting
from resettle.placements.shapes import SponsorshipRow
from resettle.plans import views as plans
from resettle.settings import Settings
from resettle.web.fields import Id
from resettle.web.schema import Command

Told = dict[str, Any]
SPONSOR = "sponsor"
ASKED = (SponsorshipStatus.PROPOSED, SponsorshipStatus.ACCEPTED)
SEXES = {
    "F": "%(count)s female",
    "M": "%(count)s male",
    "X": "%(count)s of another sex",
    "U": "%(count)s not stated",
}
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
    rows, known = _rows(uow, placements.SponsorshipFilters())
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


def seen(uow: UnitOfWork, household_id: UUID) -> Told | None:
    """Tell what the reader's group sees of one household; None if that is nothing."""
    rows, known = _rows(uow, placements.SponsorshipFilters(household_id=household_id))
    return _matched(uow, rows[0], known[household_id]) if rows else None


def _rows(
    uow: UnitOfWork, wanted: placements.SponsorshipFilters
) -> tuple[list[Told], Mapping[UUID, Household]]:
    """Fetch what is or was lately matched, what is confirmed first; of each its household."""
    query = placements.sponsorships(uow, wanted).where(or_(supporting(uow), waiting()))
    found = uow.rows(query.limit(MOST))
    known = {h.id: h for h in _households(uow, {row.household_id for row in found})}
    rows = SponsorshipRow().many_of(uow, [row for row in found if row.household_id in known])
    rows.sort(key=lambda row: (row["status"] in ASKED, row["proposed_on"]))
    return rows, known


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
        "profile": profile(uow, household.id),
        "until": _until(uow, row),
    }
    if row["status"] in ASKED:
        return {**shown, "is_active": False}
    return {**shown, "is_active": True, **_active(uow, household.id)}


def _until(uow: UnitOfWork, row: Told) -> date | None:
    """Tell how long a group looks in after support was completed."""
    days = timedelta(days=uow.use(Settings).sponsor_access_days)
    return None if row["ended_on"] is None else row["ended_on"] + days


def profile(uow: UnitOfWork, household_id: UUID) -> Told:
    """Put the anonymous profile of a household into words."""
    found = profiles.profile(uow, household_id)
    return {
        "people": found.people,
        "ages": ", ".join(f"{count} × {band}" for band, count in found.ages.items()),
        "sexes": [
            Phrase(form, count=found.sexes[sex])
            for sex, form in SEXES.items()
            if found.sexes.get(sex)
        ],
        "languages": [words.language(code) for code in found.languages],
        "language": words.language(found.languages[0]),
        "english": found.english,
        "needs_interpreter": found.needs_interpreter,
        "place": words.place(uow, found.location),
        "needs": found.needs,
        "nationality": found.nationality and words.country(found.nationality),
        "codes": {"languages": found.languages, "nationality": found.nationality},
    }


def _active(uow: UnitOfWork, household_id: UUID) -> Told:
    members = file.people(uow, household_id)
    told = steps.steps(uow, household_id)
    seen = pictured(uow, [member["person_id"] for member in members])
    return {
        "members": [
            {**member, "contact": contact, "pictured": member["person_id"] in seen}
            for member, contact in zip(members, _contacts(uow, members), strict=True)
        ],
        "names": _called(members),
        "needs": needs(uow, [member["person_id"] for member in members]),
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


def needs(uow: UnitOfWork, person_ids: Collection[UUID]) -> list[str]:
    """Tell what to heed in practice; never why."""
    query = uow.columns(SpecificNeed, SpecificNeed.practical_support).where(
        SpecificNeed.person_id.in_(person_ids),
        SpecificNeed.practical_support.is_not(None),
        SpecificNeed.active.is_(True),
    )
    return sorted({row.practical_support for row in uow.rows(query)})
