"""What is done with milestones: met, opened again, waived, set aside, blocked, dated by hand."""

import json
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.milestones import rules
from resettle.milestones.acts import ChangeDue, GiveReason, RecordBlocker, RecordMet
from resettle.milestones.models import Milestone, MilestoneChange, Status
from resettle.milestones.planning import look
from resettle.milestones.queries import standing

SETTLED = frozenset({Status.MET, Status.NOT_APPLICABLE, Status.WAIVED})


def meet(uow: UnitOfWork, milestone_id: UUID, command: RecordMet) -> Milestone:
    """Record that a milestone was met, and on which day. Met after its day takes a reason."""
    milestone = _open(uow, milestone_id, Permission.MILESTONE_RECORD)
    if command.met_on > uow.today:
        raise Invalid({"met_on": ["This day has not come yet."]})
    was, milestone.met_on = milestone.status, command.met_on
    if rules.is_late(standing(milestone)) and not (command.reason or "").strip():
        raise Invalid(
            {"reason": ["This is after the day on which it was due. Say why, without blame."]}
        )
    _become(uow, milestone, was, Status.MET, command.reason)
    milestone.evidence_type = command.evidence_type
    _write(milestone, evidence=command.evidence, reason=command.reason)
    milestone.recorded_at, milestone.recorded_by = uow.now, uow.actor.user_id
    return milestone


def begin(uow: UnitOfWork, milestone_id: UUID) -> Milestone:
    """Record that somebody works on it, or again after what blocked it is gone."""
    milestone = _open(uow, milestone_id, Permission.MILESTONE_RECORD)
    _become(uow, milestone, milestone.status, Status.IN_PROGRESS, None)
    _write(milestone, evidence=None, reason=None)
    milestone.blocker_owner_id = None
    return milestone


def reopen(uow: UnitOfWork, milestone_id: UUID, command: GiveReason) -> Milestone:
    """Take back that a milestone was met, waived or set aside, and say why."""
    milestone = uow.edit(Milestone, milestone_id, to=Permission.MILESTONE_RECORD)
    if milestone.status not in SETTLED:
        raise Conflict("This milestone is open already.")
    if milestone.status is Status.WAIVED:
        uow.require(Permission.MILESTONE_WAIVE, milestone)
    _become(uow, milestone, milestone.status, Status.NOT_STARTED, command.reason)
    milestone.met_on = milestone.recorded_at = milestone.recorded_by = None
    milestone.evidence_type = milestone.waived_by = None
    _write(milestone, evidence=None, reason=command.reason)
    return milestone


def waive(uow: UnitOfWork, milestone_id: UUID, command: GiveReason) -> Milestone:
    """Let a household do without a milestone, on the word of somebody who may."""
    milestone = _open(uow, milestone_id, Permission.MILESTONE_WAIVE)
    _become(uow, milestone, milestone.status, Status.WAIVED, command.reason)
    milestone.waived_by = uow.actor.user_id
    _write(milestone, evidence=None, reason=command.reason)
    return milestone


def set_aside(uow: UnitOfWork, milestone_id: UUID, command: GiveReason) -> Milestone:
    """Record that a milestone does not apply to this person or household, and why."""
    milestone = _open(uow, milestone_id, Permission.MILESTONE_RECORD)
    _become(uow, milestone, milestone.status, Status.NOT_APPLICABLE, command.reason)
    _write(milestone, evidence=None, reason=command.reason)
    return milestone


def block(uow: UnitOfWork, milestone_id: UUID, command: RecordBlocker) -> Milestone:
    """Record what stands in the way, and who sees to it."""
    milestone = _open(uow, milestone_id, Permission.MILESTONE_RECORD)
    _become(uow, milestone, milestone.status, Status.BLOCKED, command.blocker)
    milestone.blocker_owner_id = command.owner_id or uow.actor.user_id
    _write(milestone, evidence=None, reason=command.blocker)
    return milestone


def change_due(uow: UnitOfWork, milestone_id: UUID, command: ChangeDue) -> Milestone:
    """Set the day by hand, so that no anchor moves it; or let it follow its rule again."""
    milestone = uow.edit(Milestone, milestone_id, to=Permission.MILESTONE_RECORD)
    if command.due_on is not None:
        milestone.due_on, milestone.due_overridden = command.due_on, True
        return milestone
    if milestone.own_anchor:
        raise Conflict("This milestone counts from a day of its own. Set its day by hand.")
    household = uow.get(Household, milestone.household_id, to=Permission.MILESTONE_READ)
    planned = look(uow, household).planned.get((milestone.person_id, milestone.code))
    if planned is None:
        raise Conflict("The plan has no day for this milestone any more. Set it by hand.")
    milestone.due_on, milestone.due_overridden = planned.due_on, False
    return milestone


def _open(uow: UnitOfWork, milestone_id: UUID, to: Permission) -> Milestone:
    milestone = uow.edit(Milestone, milestone_id, to=to)
    if milestone.status in SETTLED:
        raise Conflict("This milestone is settled. Open it again first, and say why.")
    return milestone


def _become(
    uow: UnitOfWork, milestone: Milestone, was: Status, to: Status, reason: str | None
) -> None:
    milestone.status = to
    uow.add(
        MilestoneChange(
            milestone_id=milestone.id,
            household_id=milestone.household_id,
            from_status=was,
            to_status=to,
            changed_at=uow.now,
            changed_by=uow.actor.user_id,
            reason=reason,
        )
    )


def _write(milestone: Milestone, *, evidence: str | None, reason: str | None) -> None:
    """Keep the texts with the plan, or sealed where the milestone is about health."""
    if not milestone.restricted:
        milestone.evidence, milestone.reason = evidence, reason
        return
    told = {"evidence": evidence, "reason": reason}
    milestone.private = json.dumps(told, ensure_ascii=False) if any(told.values()) else None
