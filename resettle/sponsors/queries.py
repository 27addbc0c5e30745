"""Questions about sponsor groups: who is in them, who may be trusted, what is still missing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.programmes.workflow import Stage, Workflow
from resettle.sponsors import rules
from resettle.sponsors.models import (
    Deed,
    GroupChecklistItem,
    GroupMove,
    MemberRole,
    MemberStatus,
    ReportDue,
    SponsorGroup,
    SponsorMember,
    Training,
    Vetting,
)
from resettle.sponsors.reports import open_to

SORTS: Mapping[str, Sequence[Any]] = {
    "name": (SponsorGroup.legal_name,),
    "location": (SponsorGroup.location, SponsorGroup.legal_name),
    "status": (SponsorGroup.status, SponsorGroup.status_since),
    "since": (SponsorGroup.status_since,),
}
REPORT_SORTS: Mapping[str, Sequence[Any]] = {
    "due": (ReportDue.due_on,),
    "code": (ReportDue.code,),
}


def groups(
    uow: UnitOfWork,
    *,
    status: str | None = None,
    location: str | None = None,
    open_: bool = False,
    ids: Collection[UUID] | None = None,
) -> Select[Any]:
    """List sponsor groups; `open_` keeps those that may take a household on, `ids` these alone."""
    model = SponsorGroup
    query = uow.columns(
        model,
        model.id.label("id"),
        model.legal_name.label("legal_name"),
        model.trading_name.label("trading_name"),
        model.location.label("location"),
        model.status.label("status"),
        model.status_since.label("status_since"),
        model.max_persons.label("max_persons"),
        model.max_households.label("max_households"),
        model.persons_now.label("persons_now"),
        model.households_now.label("households_now"),
        model.approved_until.label("approved_until"),
        model.version.label("version"),
    )
    if status is not None:
        query = query.where(model.status == status)
    if location is not None:
        query = query.where(model.location == location)
    if open_:
        query = query.where(model.status.in_(rules.OPEN_STAGES), _approved_on(uow.today))
    return query if ids is None else query.where(model.id.in_(ids))


def statuses(uow: UnitOfWork) -> Sequence[str]:
    """Name the stages in which groups that the reader may know of stand."""
    found = uow.columns(SponsorGroup, SponsorGroup.status).distinct()
    return [row.status for row in uow.rows(found.order_by(SponsorGroup.status))]


def stages(uow: UnitOfWork) -> Mapping[str, Stage]:
    """Name every stage of a sponsor group's way, by code, over all programmes."""
    workflows = [p.group for p in uow.use(Catalogue).programmes.values() if p.group]
    return {stage.code: stage for workflow in workflows for stage in workflow.stages}


def programme_of(uow: UnitOfWork, group: SponsorGroup) -> Programme:
    return uow.use(Catalogue).get(group.programme_code, group.programme_version)


def workflow_of(uow: UnitOfWork, group: SponsorGroup) -> Workflow:
    workflow = programme_of(uow, group).group
    assert workflow is not None, "a group is created only in a programme with sponsors"
    return workflow


def moves_of(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupMove]:
    """Tell a group's way so far, the newest step first."""
    query = uow.select(GroupMove).where(GroupMove.group_id == group_id)
    return uow.all(query.order_by(GroupMove.moved_at.desc(), GroupMove.id))


# Members


def confirmed() -> ColumnElement[bool]:
    """Keep memberships that two others have confirmed and that have not ended."""
    return and_(
        SponsorMember.confirmed_by_group_by.is_not(None),
        SponsorMember.confirmed_by_manager_by.is_not(None),
        SponsorMember.left_on.is_(None),
    )


def trusted_on(day: date) -> ColumnElement[bool]:
    """Keep confirmed memberships whose vetting is clear and unexpired on a day."""
    return and_(confirmed(), SponsorMember.vetted_until > day)


def groups_of_users(uow: UnitOfWork) -> Select[Any]:
    """Pair users with the groups for which they may act today: what an actor is built from.

    Without a vetting in force one acts only for a group that is still applying.
    """
    vetted = trusted_on(uow.today)
    pairs = uow.columns(
        SponsorMember,
        SponsorMember.user_id,
        SponsorMember.group_id,
        SponsorMember.roles,
        vetted.label("vetted"),
    ).join(SponsorGroup, SponsorGroup.id == SponsorMember.group_id)
    applying = and_(confirmed(), SponsorGroup.status.in_(rules.APPLYING_STAGES))
    return uow.along(pairs, SponsorGroup).where(
        SponsorMember.user_id.is_not(None), or_(vetted, applying)
    )


def confirmed_groups_of(uow: UnitOfWork, user_id: UUID) -> frozenset[UUID]:
    """Name the groups for which the user may act: confirmed, vetted, and the vetting in force."""
    found = groups_of_users(uow).where(SponsorMember.user_id == user_id, trusted_on(uow.today))
    return frozenset(row.group_id for row in uow.rows(found))


def members_of(uow: UnitOfWork, group_id: UUID) -> Sequence[SponsorMember]:
    """List everybody in the group, those who left at the end."""
    query = uow.select(SponsorMember).where(SponsorMember.group_id == group_id)
    order = (SponsorMember.left_on.is_not(None), SponsorMember.joined_on, SponsorMember.id)
    return uow.all(query.order_by(*order))


def live_members_of(uow: UnitOfWork, group_id: UUID) -> Sequence[SponsorMember]:
    return [member for member in members_of(uow, group_id) if member.left_on is None]


def vettings_of(uow: UnitOfWork, member_id: UUID) -> Sequence[Vetting]:
    """List the outcomes of a member, the newest first."""
    query = uow.select(Vetting).where(Vetting.member_id == member_id)
    return uow.all(query.order_by(Vetting.requested_on.desc(), Vetting.id))


def trainings_of(uow: UnitOfWork, group_id: UUID) -> Sequence[Training]:
    query = uow.select(Training).where(Training.group_id == group_id)
    return uow.all(query.order_by(Training.completed_on, Training.id))


def has_coordinator(uow: UnitOfWork, group_id: UUID) -> bool:
    """Say whether a confirmed member coordinates the group."""
    query = uow.select(SponsorMember).where(SponsorMember.group_id == group_id, confirmed())
    return any(MemberRole.COORDINATOR in member.roles for member in uow.all(query))


def all_vetted(uow: UnitOfWork, group_id: UUID) -> bool:
    """Say whether the vetting of every member holds today; a group of nobody is not vetted."""
    members = live_members_of(uow, group_id)
    return bool(members) and all(rules.holds(m.vetted_until, uow.today) for m in members)


def may_drive_children(uow: UnitOfWork, member_id: UUID) -> bool:
    """Say whether a member may drive children today: approved to, confirmed, and vetted."""
    member = uow.find(SponsorMember, member_id)
    return (
        member is not None
        and member.drives_children
        and member.status is MemberStatus.CONFIRMED
        and rules.holds(member.vetted_until, uow.today)
    )


# Deeds, checklist and reports


def deeds_of(uow: UnitOfWork, group_id: UUID) -> Sequence[Deed]:
    query = uow.select(Deed).where(Deed.group_id == group_id)
    return uow.all(query.order_by(Deed.signed_on.desc(), Deed.id))


def deed_in_force(uow: UnitOfWork, group_id: UUID, day: date) -> Deed | None:
    """Find the deed that holds on a day, the one signed last if there are several."""
    query = uow.select(Deed).where(
        Deed.group_id == group_id,
        Deed.effective_from <= day,
        or_(Deed.effective_to.is_(None), Deed.effective_to >= day),
        or_(Deed.terminated_on.is_(None), Deed.terminated_on > day),
    )
    return uow.first(query.order_by(Deed.signed_on.desc(), Deed.id))


def checklist_of(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupChecklistItem]:
    query = uow.select(GroupChecklistItem).where(GroupChecklistItem.group_id == group_id)
    return uow.all(query.order_by(GroupChecklistItem.list_code, GroupChecklistItem.item_code))


def reports_opened(uow: UnitOfWork, group_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Keep of some households those on which the reader may open the reports of a group."""
    found = uow.all(uow.select(Household).where(Household.id.in_(ids)))
    near = {row.id for row in found if uow.allows(Permission.REPORT_OPEN, row)}
    return {id_ for id_ in near if open_to(uow, id_, group_id)}


def reports_of(uow: UnitOfWork, group_id: UUID, *, overdue: bool = False) -> Select[Any]:
    """List what a group owes in reports; `overdue` keeps what should have come by today."""
    query = reports(uow).where(ReportDue.group_id == group_id)
    return query.where(_is_late(uow)) if overdue else query


def reports(uow: UnitOfWork) -> Select[Any]:
    """List what the groups that the reader may know of owe in reports, and what they gave."""
    return uow.columns(
        ReportDue,
        ReportDue.id.label("id"),
        ReportDue.group_id.label("group_id"),
        ReportDue.household_id.label("household_id"),
        ReportDue.code.label("code"),
        ReportDue.due_on.label("due_on"),
        ReportDue.submitted_on.label("submitted_on"),
        _is_late(uow).label("overdue"),
    ).where(ReportDue.cancelled_on.is_(None))


def _is_late(uow: UnitOfWork) -> ColumnElement[bool]:
    return and_(ReportDue.submitted_on.is_(None), ReportDue.due_on < uow.today)


# What other chapters' guards ask of a group


def group_of(uow: UnitOfWork, group_id: UUID) -> SponsorGroup | None:
    return uow.find(SponsorGroup, group_id)


def _approved_on(day: date) -> ColumnElement[bool]:
    """Say of a group in SQL whether its approval is in force, as `is_ready` does."""
    until = SponsorGroup.approved_until
    return or_(until.is_(None), until >= day)


def is_ready(group: SponsorGroup, day: date) -> bool:
    """Say whether the group stands where it may take a household on, its approval in force."""
    in_force = group.approved_until is None or day <= group.approved_until
    return group.status in rules.OPEN_STAGES and in_force


def capacity_of(group: SponsorGroup) -> rules.Capacity:
    return rules.Capacity(
        group.max_persons, group.max_households, group.persons_now, group.households_now
    )
