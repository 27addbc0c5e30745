"""What became of people by a day, read by the system for figures: met, not met, not known.

Only makers of figures call it (figuring.py, timing.py), within the protected path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from resettle.cases.models import ResettlementCase
from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.households.models import Household
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.releases.keys import ReleaseKeys
from resettle.releases.population import Subject

MET, NOT_MET, NOT_KNOWN = "Met", "Not met", "Not known"
BREAKDOWN = "BREAKDOWN"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One unit that is counted: a person, a household, a step; whose it is, and what came of it."""

    unit: str
    person: str
    household: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as far as figures need it, under the keys of the release path."""

    unit: str
    person: str
    household: str
    code: str
    status: Status
    met_on: date | None
    due_on: date
    placed_on: date | None
    arrived_on: date | None


def steps(uow: UnitOfWork, *where: Any) -> Sequence[Step]:
    """Read milestones of everybody, the first round of each."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    step = Milestone
    query = (
        uow.columns(
            step,
            step.id,
            step.person_id,
            step.household_id,
            step.code,
            step.status,
            step.met_on,
            step.due_on,
            Household.placed_on,
            Household.arrived_on,
        )
        .join(Household, Household.id == step.household_id)
        .where(step.round == 1, *where)
        .order_by(step.id)
    )
    return [
        Step(
            keys.name(row.id),
            "" if row.person_id is None else keys.name(row.person_id),
            keys.name(row.household_id),
            row.code,
            row.status,
            row.met_on,
            row.due_on,
            row.placed_on,
            row.arrived_on,
        )
        for row in uow.rows(uow.touching(query, Household))
    ]


def by_milestone(
    uow: UnitOfWork, definition: IndicatorDefinition, people: Mapping[str, Subject], as_at: date
) -> Sequence[Outcome]:
    """Say who met a milestone within its days, among those for whom the days are over."""
    found = []
    for step in steps(uow, Milestone.code == definition.milestone):
        anchor = step.placed_on if definition.anchor == "placed" else step.arrived_on
        if anchor is None:
            continue
        point = anchor + timedelta(days=definition.within_days)
        if point <= as_at and not _left_before(people.get(step.person), point):
            found.append(
                Outcome(
                    step.person or step.household, step.person, step.household, _met(step, point)
                )
            )
    return found


def _left_before(subject: Subject | None, point: date) -> bool:
    return subject is not None and subject.left_on is not None and subject.left_on < point


def _met(step: Step, point: date) -> str:
    if step.status in {Status.NOT_APPLICABLE, Status.WAIVED}:
        return NOT_KNOWN
    return MET if step.met_on is not None and step.met_on <= point else NOT_MET


def on_time(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which of the steps that were due were met in time."""
    grace = timedelta(days=definition.grace_days)
    span = timedelta(days=definition.within_days)
    where = [Milestone.deadline, Milestone.due_on <= as_at - grace]
    if definition.codes:
        where.append(Milestone.code.in_(definition.codes))
    return [
        Outcome(step.unit, step.person, step.household, _met(step, step.due_on + grace))
        for step in steps(uow, *where)
        if step.placed_on is not None and step.due_on <= step.placed_on + span
    ]


def breakdowns(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which sponsorships ended by breakdown, of those that ended or began long enough ago."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    started = as_at - timedelta(days=definition.within_days)
    match = Sponsorship
    query = uow.columns(
        match, match.id, match.household_id, match.confirmed_on, match.ended_on, match.ending_kind
    ).where(match.confirmed_on.is_not(None), match.confirmed_on <= as_at)
    found = [(row, _ending(row, as_at)) for row in uow.rows(query.order_by(match.id))]
    return [
        Outcome(
            keys.name(row.id),
            "",
            keys.name(row.household_id),
            MET if ending == BREAKDOWN else NOT_MET,
        )
        for row, ending in found
        if row.confirmed_on <= started or ending is not None
    ]


def _ending(row: Any, as_at: date) -> str | None:
    """Say how a sponsorship had ended by a day, if it had."""
    return row.ending_kind if row.ended_on is not None and row.ended_on <= as_at else None


@dataclass(frozen=True, slots=True)
class Wait:
    unit: str
    household: str
    days: int


def waits(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Wait]:
    """Count the days from one day to the other, of those for whom both have been."""
    if definition.since == "proposed":
        return _from_proposal(uow, as_at)
    return _from_nomination(uow, as_at)


def _from_proposal(uow: UnitOfWork, as_at: date) -> Sequence[Wait]:
    keys = ReleaseKeys.of(uow.use(Keyring))
    match = Sponsorship
    query = uow.columns(
        match, match.id, match.household_id, match.proposed_on, match.confirmed_on
    ).where(match.confirmed_on <= as_at, match.status != SponsorshipStatus.PROPOSED)
    return [
        Wait(keys.name(r.id), keys.name(r.household_id), (r.confirmed_on - r.proposed_on).days)
        for r in uow.rows(query.order_by(match.id))
    ]


def _from_nomination(uow: UnitOfWork, as_at: date) -> Sequence[Wait]:
    keys = ReleaseKeys.of(uow.use(Keyring))
    case, household = ResettlementCase, Household
    query = (
        uow.columns(
            case, case.household_id, case.nominated_on, case.submitted_on, household.arrived_on
        )
        .join(household, household.id == case.household_id)
        .where(household.arrived_on <= as_at)
        .order_by(case.household_id, case.id)
    )
    found = {}
    for row in uow.rows(uow.touching(query, household)):
        began = row.nominated_on or row.submitted_on
        if began is not None and began <= row.arrived_on:
            name = keys.name(row.household_id)
            found[name] = Wait(name, name, (row.arrived_on - began).days)
    return [*found.values()]
