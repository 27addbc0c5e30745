"""Taking people from one file to another, with what is theirs and still open.

What is about a whole household stays with it. Notes of what was said and done stay where they
were written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement

from resettle.appointments.models import Appointment
from resettle.appointments.queries import from_day
from resettle.cases.papers import ChecklistItem
from resettle.cases.queries import of_household
from resettle.changes import rules
from resettle.changes.acts import Going
from resettle.consents import following
from resettle.core.errors import Invalid
from resettle.core.sealed import hand_over
from resettle.core.work import UnitOfWork
from resettle.households.events import MemberJoined, MemberLeft
from resettle.households.models import HouseholdMember, LeaveReason, MemberRole, Person
from resettle.households.queries import current_members
from resettle.households.rules import departure_fault, role_of
from resettle.milestones.models import Milestone, MilestoneChange
from resettle.plans import leaving as goals
from resettle.plans.models import Referral, ReferralStatus
from resettle.tasks.models import Task, TaskStatus

OPEN = (TaskStatus.OPEN, TaskStatus.DOING)


@dataclass(frozen=True, slots=True)
class Way:
    """From which file to which, on which day, and why."""

    source_id: UUID
    target_id: UUID
    on: date
    reason: LeaveReason


def at_home(uow: UnitOfWork, household_id: UUID) -> Mapping[UUID, HouseholdMember]:
    return {member.person_id: member for member in current_members(uow, household_id)}


def leave(uow: UnitOfWork, going: Sequence[Going], way: Way) -> None:
    """Let people leave a household on a day, and nobody of them is its head any more."""
    members = at_home(uow, way.source_id)
    for each in going:
        member = members.get(each.person_id)
        if member is None:
            raise Invalid({"people": ["Name people who belong to the household."]})
        if fault := departure_fault(uow.today, member.joined_on, way.on):
            raise Invalid({"on": [fault]})
        member.left_on, member.leave_reason = way.on, way.reason
    uow.session.flush()
    lose_guardians(uow, members, {each.person_id for each in going})


def lose_guardians(
    uow: UnitOfWork, members: Mapping[UUID, HouseholdMember], going: Collection[UUID]
) -> None:
    """Let nobody speak for a child in a household in which they no longer live."""
    for person_id, member in members.items():
        if person_id not in going and member.guardian_id in going:
            member.guardian_id = None
    uow.session.flush()


def arrive(uow: UnitOfWork, going: Sequence[Going], way: Way) -> None:
    """Take people in with all that is theirs; a guardian stays one where they come along."""
    before = _last_stays(uow, [each.person_id for each in going], way.source_id)
    together = {each.person_id for each in going}
    for each in going:
        was = before[each.person_id]
        uow.add(
            HouseholdMember(
                household_id=way.target_id,
                person_id=each.person_id,
                relationship_code=each.relationship,
                role=MemberRole(role_of(each.relationship)),
                joined_on=way.on,
                guardian_id=was.guardian_id if was.guardian_id in together else None,
                guardian_withheld=was.guardian_withheld,
            )
        )
    _carry_planned(uow, together, way)
    for person_id in sorted(together):
        _carry_consents(uow, person_id, way.target_id)
    _tell(uow, together, way)


def _carry_planned(uow: UnitOfWork, person_ids: Collection[UUID], way: Way) -> None:
    """Take along what is planned for these people: steps, tasks, appointments, goals, papers."""
    _carry_steps(uow, person_ids, way)
    carry_tasks(uow, way, Task.person_id.in_(person_ids))
    carry_appointments(uow, way, Appointment.person_id.in_(person_ids))
    goals.carry(uow, person_ids, way.source_id, way.target_id)
    _carry_referrals(uow, person_ids, way)
    _carry_papers(uow, person_ids, way)


def _last_stays(
    uow: UnitOfWork, person_ids: Collection[UUID], household_id: UUID
) -> dict[UUID, HouseholdMember]:
    query = uow.select(HouseholdMember).where(
        HouseholdMember.household_id == household_id, HouseholdMember.person_id.in_(person_ids)
    )
    return {stay.person_id: stay for stay in uow.all(query.order_by(HouseholdMember.joined_on))}


def _carry_steps(uow: UnitOfWork, person_ids: Collection[UUID], way: Way) -> None:
    """Take each person's own steps along. They keep their days, whatever the new home's are."""
    query = uow.select(Milestone).where(
        Milestone.household_id == way.source_id, Milestone.person_id.in_(person_ids)
    )
    steps = uow.all(query.order_by(Milestone.id))
    past = uow.select(MilestoneChange).where(
        MilestoneChange.milestone_id.in_([step.id for step in steps])
    )
    changes = uow.all(past.order_by(MilestoneChange.id))
    for step in steps:
        step.own_anchor = True
        hand_over(step, way.target_id)
    uow.session.flush()
    for change in changes:
        hand_over(change, way.target_id)
    uow.session.flush()


def carry_tasks(uow: UnitOfWork, way: Way, which: ColumnElement[bool]) -> None:
    """Take open tasks along; what was done stays where it was done."""
    query = uow.select(Task).where(Task.household_id == way.source_id, Task.status.in_(OPEN), which)
    for task in uow.all(query.order_by(Task.id)):
        hand_over(task, way.target_id)
    uow.session.flush()


def carry_appointments(uow: UnitOfWork, way: Way, which: ColumnElement[bool]) -> None:
    """Take along what is planned from the day on; of what was before, the old file tells."""
    query = uow.select(Appointment).where(
        Appointment.household_id == way.source_id, from_day(way.on), which
    )
    for appointment in uow.all(query.order_by(Appointment.id)):
        hand_over(appointment, way.target_id)
    uow.session.flush()


def _carry_referrals(uow: UnitOfWork, person_ids: Collection[UUID], way: Way) -> None:
    query = uow.select(Referral).where(
        Referral.household_id == way.source_id,
        Referral.person_id.in_(person_ids),
        Referral.status.in_([ReferralStatus.SENT, ReferralStatus.TAKEN_UP]),
    )
    for referral in uow.all(query.order_by(Referral.id)):
        hand_over(referral, way.target_id)
    uow.session.flush()


def _carry_papers(uow: UnitOfWork, person_ids: Collection[UUID], way: Way) -> None:
    """Take along the lines that ask for a person’s papers, unless the case there has its own."""
    cases = [of_household(uow, id_)[-1:] for id_ in (way.source_id, way.target_id)]
    if not all(cases) or cases[0][0].programme_code != cases[1][0].programme_code:
        return
    item, (source,), (target,) = ChecklistItem, *cases
    there = uow.columns(item, item.list_code, item.item_code, item.person_id)
    known = {tuple(row) for row in uow.rows(there.where(item.case_id == target.id))}
    query = uow.select(item).where(item.case_id == source.id, item.person_id.in_(person_ids))
    for line in uow.all(query.order_by(item.id)):
        if (line.list_code, line.item_code, line.person_id) not in known:
            hand_over(line, way.target_id)
            line.case_id = target.id
    uow.session.flush()


def _carry_consents(uow: UnitOfWork, person_id: UUID, household_id: UUID) -> None:
    for entry in following.standing_of(uow, person_id):
        if entry.purpose in rules.ENDS_WITH_HOME:
            following.end(uow, entry)
        else:
            following.go_along(uow, entry, household_id)


def end_consents(uow: UnitOfWork, person_id: UUID) -> None:
    for entry in following.standing_of(uow, person_id):
        following.end(uow, entry)


def _tell(uow: UnitOfWork, person_ids: Collection[UUID], way: Way) -> None:
    born = {p.id: p.born_on for p in uow.all(uow.select(Person).where(Person.id.in_(person_ids)))}
    for person_id in sorted(person_ids):
        uow.emit(MemberLeft(way.source_id, person_id, way.on, way.reason))
        uow.emit(MemberJoined(way.target_id, person_id, way.on, born[person_id]))
