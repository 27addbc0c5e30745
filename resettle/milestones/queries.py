"""Questions about milestones: what is due, for whom, how far a household is, what would move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.milestones import rules
from resettle.milestones.acts import PreviewAnchor
from resettle.milestones.models import Milestone, MilestoneChange, Status
from resettle.milestones.planning import Plan, anchors_of, look
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.terms import Anchor

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Milestone.due_on.expression,)}
SET_BY_HAND = "Its day was set by hand, so it stays."


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFilters:
    due_before: date | None = None
    status: Status | None = None
    person_id: UUID | None = None
    domain: str | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A milestone whose day would move, or would not though its anchor does."""

    household_id: UUID
    person_id: UUID | None
    code: str
    title: str
    due_on: date | None
    to: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnchorPreview:
    """What moving an anchor would do, before anything is done."""

    household_id: UUID
    anchor: str
    moved_from: date
    moved_to: date
    moves: tuple[Shift, ...]
    stays: tuple[Shift, ...]
    added: tuple[Shift, ...]
    dropped: tuple[Shift, ...]


def of_household(uow: UnitOfWork, household_id: UUID, wanted: MilestoneFilters) -> Select[Any]:
    """List a household's milestones, those that the reader may know of."""
    household = uow.get(Household, household_id, to=Permission.MILESTONE_READ)
    query = _of(uow, household.id)
    given = {
        Milestone.status: wanted.status,
        Milestone.person_id: wanted.person_id,
        Milestone.domain: wanted.domain,
    }
    for column, value in given.items():
        if value is not None:
            query = query.where(column == value)
    if wanted.due_before is not None:
        query = query.where(Milestone.due_on < wanted.due_before)
    return query.where(overdue_on(uow.today)) if wanted.overdue else query


def _of(uow: UnitOfWork, household_id: UUID) -> Select[Milestone]:
    return uow.select(Milestone).where(Milestone.household_id == household_id)


def first_due(uow: UnitOfWork, household_id: UUID, most: int) -> Sequence[Milestone]:
    """Give a household's milestones that the reader may know of, in the order of their days."""
    household = uow.get(Household, household_id, to=Permission.MILESTONE_READ)
    return uow.ask_all(_first_due, household.id, most)


def _first_due(uow: UnitOfWork, household_id: UUID, most: int) -> Select[Any]:
    return _of(uow, household_id).order_by(Milestone.due_on, Milestone.id).limit(most)


def overdue_on(day: date) -> ColumnElement[bool]:
    """Tell which milestones are overdue on a day, as a WHERE clause."""
    return (
        Milestone.deadline.is_(True)
        & (Milestone.due_on < day)
        & Milestone.status.in_([Status(each) for each in sorted(rules.OPEN)])
    )


def changes(uow: UnitOfWork, milestone_id: UUID) -> Sequence[MilestoneChange]:
    """Tell what has become of a milestone, in its order."""
    milestone = uow.get(Milestone, milestone_id, to=Permission.MILESTONE_RECORD)
    query = uow.select(MilestoneChange).where(MilestoneChange.milestone_id == milestone.id)
    return uow.all(query.order_by(MilestoneChange.changed_at, MilestoneChange.id))


def progress(uow: UnitOfWork, household_id: UUID) -> rules.Progress:
    """Tell how far a household is, of what the reader may know of and is due so far."""
    household = uow.get(Household, household_id, to=Permission.MILESTONE_READ)
    query = uow.columns(
        Milestone,
        Milestone.status,
        Milestone.due_on,
        Milestone.met_on,
        Milestone.deadline,
    ).where(Milestone.household_id == household.id)
    standings = [
        rules.Standing(row.status.value, row.due_on, row.met_on, row.deadline)
        for row in uow.rows(query)
    ]
    return rules.progress(household.id, standings, uow.today)


def anchor_preview(uow: UnitOfWork, household_id: UUID, wanted: PreviewAnchor) -> AnchorPreview:
    """Tell what would move, and what would not, if the day of an anchor were another."""
    household = uow.get(Household, household_id, to=Permission.ANCHOR_MOVE)
    anchor = Anchor(wanted.anchor)
    before = anchors_of(household).get(anchor)
    if before is None:
        raise Invalid({"anchor": ["There is no such day on record yet."]})
    made = look(uow, household, {anchor: wanted.to})
    return AnchorPreview(
        household_id=household.id,
        anchor=anchor.value,
        moved_from=before,
        moved_to=wanted.to,
        moves=tuple(_shift(made, c.key, c.due_on, c.to) for c in made.changes.moved),
        stays=tuple(_shift(made, c.key, c.due_on, c.to, SET_BY_HAND) for c in made.changes.stays),
        added=tuple(
            _shift(made, key, None, made.planned[key].due_on) for key in made.changes.added
        ),
        dropped=tuple(
            _shift(made, key, made.rows[key].due_on, None) for key in made.changes.dropped
        ),
    )


def _shift(
    made: Plan, key: rules.Key, due_on: date | None, to: date | None, note: str = ""
) -> Shift:
    person_id, code = key
    title = made.programme.milestone(code).title
    return Shift(made.household.id, person_id, code, title, due_on, to, note)


def title_of(uow: UnitOfWork, milestone: Milestone) -> str:
    """Give the title that the programme's version has for a milestone."""
    version = (milestone.programme_code, milestone.programme_version)
    return uow.use(Catalogue).get(*version).milestone(milestone.code).title


def standing(milestone: Milestone) -> rules.Standing:
    return rules.Standing(
        milestone.status.value, milestone.due_on, milestone.met_on, milestone.deadline
    )
