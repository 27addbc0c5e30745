"""Questions about dwellings, placements and sponsorships."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select

from resettle.consents.queries import adults, items_in_force
from resettle.core.actor import SPONSORS
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.households.rules import is_asked_themselves
from resettle.placements import rules, seen
from resettle.placements.models import (
    Dwelling,
    HouseCheck,
    Placement,
    Sponsorship,
    SponsorshipAnswer,
    SponsorshipStatus,
)
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.content import ChecklistItem
from resettle.programmes.definition import Programme
from resettle.sponsors.models import SponsorGroup

HOUSE_READY = "house_ready"
NAME = "name"
# Deadlines that a programme may set, and the list of reasons for which groups say no.
ANSWER, SAFETY_PLAN = "SPONSOR_ANSWER", "SAFETY_PLAN"
DECLINES = "group_decline_reason"

DWELLING_SORTS: Mapping[str, Sequence[Any]] = {
    "location": (Dwelling.location,),
    "bedrooms": (Dwelling.bedrooms,),
}
SPONSORSHIP_SORTS: Mapping[str, Sequence[Any]] = {
    "proposed": (Sponsorship.proposed_on,),
    "status": (Sponsorship.status, Sponsorship.proposed_on),
}


@dataclass(frozen=True, slots=True)
class DwellingFilters:
    location: str | None = None
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SponsorshipFilters:
    status: SponsorshipStatus | None = None
    group_id: UUID | None = None
    household_id: UUID | None = None


def programme_of(uow: UnitOfWork, household: Household) -> Programme:
    return uow.use(Catalogue).get(household.programme_code, household.programme_version)


# Dwellings


def dwellings(uow: UnitOfWork, wanted: DwellingFilters) -> Select[Any]:
    """List dwellings without their addresses, which are sealed: the single row shows them."""
    model = Dwelling
    query = uow.columns(
        model,
        model.id.label("id"),
        model.household_id.label("household_id"),
        model.location.label("location"),
        model.bedrooms.label("bedrooms"),
        model.tenure.label("tenure"),
        model.step_free.label("step_free"),
        model.healthy_homes_seen.label("healthy_homes_seen"),
        model.version.label("version"),
    )
    if wanted.location is not None:
        query = query.where(model.location == wanted.location)
    if wanted.household_id is not None:
        query = query.where(model.household_id == wanted.household_id)
    return query


def house_ready_items(uow: UnitOfWork, household: Household) -> Sequence[ChecklistItem]:
    """Give what the household's programme asks of a house; nothing if it has no such list."""
    lists = programme_of(uow, household).checklists
    return next((listed.items for listed in lists if listed.code == HOUSE_READY), ())


def checks_of(uow: UnitOfWork, dwelling_id: UUID, household_id: UUID) -> Sequence[HouseCheck]:
    query = uow.select(HouseCheck).where(
        HouseCheck.dwelling_id == dwelling_id, HouseCheck.household_id == household_id
    )
    return uow.all(query.order_by(HouseCheck.item_code))


def unready(uow: UnitOfWork, dwelling: Dwelling, household: Household) -> Mapping[str, str]:
    """Name what the dwelling still lacks for the household: each item's code with its words.

    What a sponsor group found counts once a caseworker has confirmed it.
    """
    titles = {item.code: item.title for item in house_ready_items(uow, household)}
    checks = [c for c in checks_of(uow, dwelling.id, household.id) if not c.waits]
    found = {check.item_code: check.status.value for check in checks}
    return {code: titles[code] for code in rules.unready([*titles], found)}


def dwelling_for(uow: UnitOfWork, household_id: UUID) -> Dwelling | None:
    """Find the dwelling that a household lives in or that is being made ready for it."""
    current = current_placement(uow, household_id)
    if current is not None and current.dwelling_id is not None:
        return uow.find(Dwelling, current.dwelling_id)
    query = uow.select(Dwelling).where(Dwelling.household_id == household_id)
    return uow.first(query.order_by(Dwelling.updated_at.desc(), Dwelling.id))


# Placements


def placements_of(uow: UnitOfWork, household_id: UUID) -> Sequence[Placement]:
    """Tell where a household has lived, the latest first."""
    return uow.ask_all(_placements_of, household_id)


def _placements_of(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    query = uow.select(Placement).where(Placement.household_id == household_id)
    return query.order_by(Placement.start_on.desc(), Placement.id)


def current_placement(uow: UnitOfWork, household_id: UUID) -> Placement | None:
    query = uow.select(Placement).where(
        Placement.household_id == household_id, Placement.end_on.is_(None)
    )
    return uow.first(query)


# Sponsorships


def sponsorships(uow: UnitOfWork, wanted: SponsorshipFilters) -> Select[Any]:
    """List the sponsorships that the reader has to do with."""
    model = Sponsorship
    query = uow.columns(
        model,
        model.id.label("id"),
        model.group_id.label("group_id"),
        SponsorGroup.legal_name.label("group_name"),
        model.household_id.label("household_id"),
        model.route.label("route"),
        model.status.label("status"),
        model.persons.label("persons"),
        model.proposed_on.label("proposed_on"),
        model.confirmed_on.label("confirmed_on"),
        model.ended_on.label("ended_on"),
        model.continuity_since.label("continuity_since"),
        model.version.label("version"),
    ).join(SponsorGroup, SponsorGroup.id == model.group_id)
    given = {
        model.status: wanted.status,
        model.group_id: wanted.group_id,
        model.household_id: wanted.household_id,
    }
    for column, value in given.items():
        if value is not None:
            query = query.where(column == value)
    return uow.along(query, SponsorGroup)


def matched_with(uow: UnitOfWork, household_id: UUID, most: int) -> Sequence[Row[Any]]:
    """Tell which groups a household is or was matched with, as `sponsorships` tells it."""
    return uow.ask(_matched_with, household_id, most)


def _matched_with(uow: UnitOfWork, household_id: UUID, most: int) -> Select[Any]:
    return sponsorships(uow, SponsorshipFilters(household_id=household_id)).limit(most)


def open_sponsorship(uow: UnitOfWork, household_id: UUID) -> Sponsorship | None:
    """Find the group that supports a household, or else the one that it is proposed to."""
    return running(uow, household_id) or waiting(uow, household_id)


def running(uow: UnitOfWork, household_id: UUID) -> Sponsorship | None:
    return uow.first(_open(uow, household_id).where(Sponsorship.confirmed_on.is_not(None)))


def waiting(uow: UnitOfWork, household_id: UUID) -> Sponsorship | None:
    """Find the group that a household is proposed to, whether or not another supports it."""
    return uow.first(_open(uow, household_id).where(Sponsorship.confirmed_on.is_(None)))


def all_open(uow: UnitOfWork, household_id: UUID) -> Sequence[Sponsorship]:
    return uow.all(_open(uow, household_id).order_by(Sponsorship.id))


def _open(uow: UnitOfWork, household_id: UUID) -> Select[Sponsorship]:
    return uow.select(Sponsorship).where(
        Sponsorship.household_id == household_id, Sponsorship.ended_on.is_(None)
    )


def open_of_group(uow: UnitOfWork, group_id: UUID) -> Sequence[Sponsorship]:
    """Tell what a group supports or is asked to support."""
    query = uow.select(Sponsorship).where(
        Sponsorship.group_id == group_id, Sponsorship.ended_on.is_(None)
    )
    return uow.all(query.order_by(Sponsorship.id))


def running_of_group(uow: UnitOfWork, group_id: UUID) -> Sequence[Sponsorship]:
    return [m for m in open_of_group(uow, group_id) if m.status is SponsorshipStatus.CONFIRMED]


def supporting_group(uow: UnitOfWork, household_id: UUID) -> UUID | None:
    """Name the group that supports a household now; for sponsors, only one of their own."""
    query = uow.select(Sponsorship).where(Sponsorship.household_id == household_id, seen.runs())
    if uow.actor.role in SPONSORS:
        query = query.where(Sponsorship.group_id.in_(uow.actor.group_ids))
    found = uow.first(query.order_by(Sponsorship.id))
    return None if found is None else found.group_id


def left_open(uow: UnitOfWork, household_id: UUID) -> Sequence[Sponsorship]:
    """Tell after which sponsorships of a household nobody has decided who supports it."""
    query = uow.select(Sponsorship).where(
        Sponsorship.household_id == household_id, Sponsorship.continuity_since.is_not(None)
    )
    return uow.all(query.order_by(Sponsorship.id))


def declined_on(uow: UnitOfWork, household_id: UUID, group_id: UUID) -> date | None:
    """Tell when a group last said no to a household."""
    query = uow.select(Sponsorship).where(
        Sponsorship.household_id == household_id,
        Sponsorship.group_id == group_id,
        Sponsorship.status == SponsorshipStatus.DECLINED,
    )
    last = uow.first(query.order_by(Sponsorship.ended_on.desc()))
    return None if last is None else last.ended_on


def due_by(uow: UnitOfWork, household: Household, code: str) -> date | None:
    """Count a deadline of the household's programme from today; None if it sets none."""
    listed = programme_of(uow, household).deadlines
    due = next((deadline.due for deadline in listed if deadline.code == code), None)
    if due is None:
        return None
    day = uow.today + timedelta(days=due.days)
    return uow.use(Catalogue).working_days.add_working_days(day, due.working_days)


def answers_of(uow: UnitOfWork, sponsorship_id: UUID) -> Sequence[SponsorshipAnswer]:
    query = uow.select(SponsorshipAnswer).where(SponsorshipAnswer.sponsorship_id == sponsorship_id)
    return uow.all(query.order_by(SponsorshipAnswer.answered_on, SponsorshipAnswer.id))


def adults_of(uow: UnitOfWork, sponsorship: Sponsorship) -> Sequence[rules.Adult]:
    """Tell of each adult at home today whether they said yes and what they share with the group."""
    return _standing(uow, sponsorship, adults_at_home(uow, sponsorship.household_id, uow.today))


def asked_of(uow: UnitOfWork, sponsorship: Sponsorship) -> Sequence[rules.Adult]:
    """Tell the same of everybody who answers for themselves: from 16 years on."""
    return _standing(uow, sponsorship, asked_at_home(uow, sponsorship.household_id, uow.today))


def _standing(
    uow: UnitOfWork, sponsorship: Sponsorship, people: Sequence[UUID]
) -> Sequence[rules.Adult]:
    shared = items_in_force(uow, people, sponsorship.group_id)
    said = {answer.person_id: answer.agrees for answer in answers_of(uow, sponsorship.id)}
    return [rules.Adult(said.get(person), shared[person]) for person in people]


def adults_at_home(uow: UnitOfWork, household_id: UUID, day: date) -> Sequence[UUID]:
    return [p.person_id for p in adults(people_at_home(uow, household_id, day), day)]


def asked_at_home(uow: UnitOfWork, household_id: UUID, day: date) -> Sequence[UUID]:
    """Name everybody at home for whom nobody else may answer."""
    at_home = people_at_home(uow, household_id, day)
    return [p.person_id for p in at_home if is_asked_themselves(day, p.born_on)]
