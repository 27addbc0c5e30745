"""Leaving: a caseworker hands everything over, household by household, with a written brief."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.cases import assigning
from resettle.cases.acts import AssignCaseworker, EndAssignment
from resettle.cases.models import Assignment, AssignmentKind
from resettle.casework import service as casework
from resettle.casework.acts import WriteNote
from resettle.casework.models import Channel
from resettle.core.drafts import resuming
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import handing, queries
from resettle.day.queries import ALL, QueueFilters
from resettle.day.rules import Group
from resettle.drafts import leaving as drafts
from resettle.drafts.models import Draft
from resettle.households.models import Household

REASON = "Handed over by a caseworker who leaves."
# The form in which a household is handed over: what is written in it is the brief itself.
FORM = "leaving.hand_over"
UNDECIDED = (
    "Decide first what becomes of what you have begun to write about this household: finish it, "
    "hand it over too, or discard it. Still open: {}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """To whom a household goes, and what they should know from the first day."""

    user_id: UUID
    brief: str


@dataclass(frozen=True, slots=True)
class StillHeld:
    """A household that is still in the reader's hands, and what hangs on it."""

    household_id: UUID
    reference: str
    name: str
    tasks: int
    appointments: int
    matters: int


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that the reader has begun to write, and whether it goes on with its household."""

    id: UUID
    household_id: UUID | None
    reference: str
    label: str
    saved_at: datetime
    goes_on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is still to be handed over, and which drafts are not finished."""

    households: Sequence[StillHeld]
    unfinished: Sequence[Begun]

    @property
    def drafts(self) -> int:
        return len(self.unfinished)

    @property
    def is_done(self) -> bool:
        return not self.households and not self.drafts


def still_open(uow: UnitOfWork) -> Leaving:
    """Tell what a caseworker who leaves has not handed over yet."""
    uow.require(Permission.QUEUE_ACT)
    query = uow.columns(
        Household,
        Household.id,
        Household.reference,
        Household.display_name,
        *handing.counts(uow),
    ).where(Household.id.in_(_held(uow).with_only_columns(Assignment.household_id)))
    query = uow.touching(query.order_by(Household.reference), Assignment, *handing.MODELS)
    return Leaving([_still_held(row) for row in uow.rows(query)], begun(uow))


def _still_held(row: Any) -> StillHeld:
    matters = row.incidents + row.blockers + row.reviews + row.given
    return StillHeld(row.id, row.reference, row.display_name, row.tasks, row.appointments, matters)


def begun(uow: UnitOfWork, household_id: UUID | None = None) -> list[Begun]:
    """Name what the reader has begun to write, of one household or of all."""
    found = drafts.begun(uow, besides=FORM)
    return [_begun(*each) for each in found if household_id in {None, each[0].household_id}]


def _begun(draft: Draft, reference: str) -> Begun:
    return Begun(
        id=draft.id,
        household_id=draft.household_id,
        reference=reference,
        label=draft.label,
        saved_at=draft.saved_at,
        goes_on=draft.goes_on,
        href=resuming(draft.path, draft.id),
    )


def _held(uow: UnitOfWork) -> Select[Any]:
    """Start from the reader's own assignments; who only stands in hands nothing over."""
    return uow.select(Assignment).where(
        Assignment.user_id == uow.actor.user_id,
        Assignment.kind != AssignmentKind.COVER,
        Assignment.live_on(uow.today),
    )


def held(uow: UnitOfWork, household_id: UUID) -> Assignment:
    """Find the reader's own assignment to a household that they may hand over."""
    uow.require(Permission.QUEUE_ACT)
    found: Assignment | None = uow.first(_held(uow).where(Assignment.household_id == household_id))
    if found is None:
        raise NotFound("This household is not in your hands.")
    return found


def brief(uow: UnitOfWork, household_id: UUID) -> str:
    """Begin a brief with what is open now, for the caseworker to write on."""
    held(uow, household_id)
    found = queries.queue(uow, QueueFilters(whose=ALL)).lines
    mine = [line for line in found if line.household_id == household_id]
    due = [f"- {line.title}. {line.why}" for line in mine if line.group is not Group.WAITING]
    later = [f"- {line.title}" for line in mine if line.group is Group.WAITING]
    parts = [
        "How they are, and what matters to them:\n- ",
        "What has been promised:\n- ",
        "Open now:\n" + "\n".join(due or ["- Nothing"]),
        "Later:\n" + "\n".join(later or ["- Nothing"]),
    ]
    return "\n\n".join(parts)


def hand_over(uow: UnitOfWork, household_id: UUID, command: HandOver) -> Household:
    """Hand one household over with all that hangs on it; the brief stays in the file as a note."""
    own = held(uow, household_id)
    if command.user_id == uow.actor.user_id:
        raise Invalid({"user_id": ["Choose a colleague."]})
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    _hand_drafts_on(uow, household_id, command.user_id)
    _write(uow, household_id, command.brief)
    handing.hand_on(uow, household_id, command.user_id)
    _assign(uow, household, own, command.user_id)
    return household


def _write(uow: UnitOfWork, household_id: UUID, text: str) -> None:
    casework.write_note(
        uow,
        household_id,
        WriteNote(occurred_at=uow.now, channel=Channel.HANDOVER, text=text),
    )


def _hand_drafts_on(uow: UnitOfWork, household_id: UUID, to_id: UUID) -> None:
    """Let nothing that is begun be lost: each draft goes on, or its writer has said otherwise."""
    undecided = [each for each in begun(uow, household_id) if not each.goes_on]
    if undecided:
        raise Conflict(UNDECIDED.format(", ".join(each.label for each in undecided)))
    drafts.hand_over(uow, household_id, to_id, finished=FORM)


def _assign(uow: UnitOfWork, household: Household, before: Assignment, to_id: UUID) -> None:
    takes_over = AssignCaseworker(user_id=to_id, kind=before.kind, from_on=uow.today, reason=REASON)
    assigning.put(uow, household, takes_over)
    if before.kind is AssignmentKind.SECOND:
        assigning.end(uow, before.id, EndAssignment(until_on=uow.today, reason=REASON))
