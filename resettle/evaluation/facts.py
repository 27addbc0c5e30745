"""What indicators count beside milestones: answers, complaints, groups that come again.

Like outcomes.py, called by makers of figures alone, as the system, within the protected path.
"""

from collections.abc import Sequence
from datetime import date

from resettle.complaints.models import Complaint
from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET, Outcome
from resettle.placements.models import Sponsorship
from resettle.releases.keys import ReleaseKeys
from resettle.releases.making import Task
from resettle.surveys import rules
from resettle.surveys.results import given

COMPLETED = "COMPLETED"


def answers(uow: UnitOfWork, definition: IndicatorDefinition, task: Task) -> Sequence[Outcome]:
    """Say who agreed to a question of the surveys, at one point or at any."""
    return [
        Outcome(each.unit, each.person, each.lives_in, _said(each.score))
        for each in given(uow, task, definition.question)
        if definition.point_days in {0, each.point_days}
    ]


def _said(score: int | None) -> str:
    if score is None:
        return NOT_KNOWN
    return MET if rules.agrees(score) else NOT_MET


def acknowledged(
    uow: UnitOfWork, _definition: IndicatorDefinition, as_at: date
) -> Sequence[Outcome]:
    """Say which complaints were acknowledged by the day that the clock gave, where it has come."""
    keys, one = ReleaseKeys.of(uow.use(Keyring)), Complaint
    query = uow.columns(one, one.id, one.household_id, one.due_on, one.acknowledged_on)
    return [
        Outcome(
            keys.name(row.id),
            "",
            keys.name(row.household_id),
            MET if row.acknowledged_on and row.acknowledged_on <= row.due_on else NOT_MET,
        )
        for row in uow.rows(query.where(one.due_on <= as_at).order_by(one.id))
    ]


def returned(uow: UnitOfWork, _definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which groups that completed a sponsorship have taken another household since."""
    keys, match = ReleaseKeys.of(uow.use(Keyring)), Sponsorship
    query = uow.columns(
        match,
        match.group_id,
        match.household_id,
        match.confirmed_on,
        match.ended_on,
        match.ending_kind,
    ).where(match.confirmed_on.is_not(None), match.confirmed_on <= as_at)
    rows = uow.rows(query.order_by(match.confirmed_on, match.id))
    first = {
        row.group_id: row
        for row in reversed(rows)
        if row.ending_kind == COMPLETED and row.ended_on is not None and row.ended_on <= as_at
    }
    again = {r.group_id for r in rows if r.group_id in first and r is not first[r.group_id]}
    return [
        Outcome(
            keys.name(group_id),
            "",
            keys.name(row.household_id),
            MET if group_id in again else NOT_MET,
        )
        for group_id, row in first.items()
    ]
