"""What can be done with the members of a group: joining, confirming, vetting, training, leaving."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import queries, rules
from resettle.sponsors.acts import AddMember, RecordTraining, RecordVetting, UpdateMember
from resettle.sponsors.events import MemberWentAway
from resettle.sponsors.models import (
    MemberStatus,
    SponsorGroup,
    SponsorMember,
    Training,
    Vetting,
    VettingOutcome,
)

NOT_CLEAR = frozenset({VettingOutcome.FOR_REVIEW, VettingOutcome.DECLINED})


def add_member(uow: UnitOfWork, group_id: UUID, command: AddMember) -> SponsorMember:
    """Put somebody forward as a member. Until two others confirm, it gives them nothing."""
    group = uow.get(SponsorGroup, group_id, to=Permission.MEMBER_ADD)
    _check_not_to_come(uow, "joined_on", command.joined_on)
    return uow.add(
        SponsorMember(
            group_id=group.id,
            user_id=command.user_id,
            name=command.name,
            roles=list(command.roles),
            joined_on=command.joined_on,
        )
    )


def update_member(uow: UnitOfWork, member_id: UUID, command: UpdateMember) -> SponsorMember:
    """Say what a member does, can do, speaks, and when they usually have time."""
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    for name, value in asdict(command).items():
        if value is not None:
            setattr(member, name, value)
    return member


def confirm_member(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Take the next of the two steps: the group confirms, then a programme manager does.

    Raises Conflict if both are taken or the member has left, Forbidden if it is not for this
    person to take.
    """
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_CONFIRM)
    if member.status in {MemberStatus.CONFIRMED, MemberStatus.LEFT}:
        raise Conflict("There is nothing to confirm: the member is confirmed, or has left.")
    step = rules.Confirmation(
        actor_id=uow.actor.user_id,
        member_user_id=member.user_id,
        confirmed_by_group_by=member.confirmed_by_group_by,
        speaks_for_group=_coordinates(uow, member.group_id),
        is_manager=uow.actor.role is Role.PROGRAMME_MANAGER,
        group_has_coordinator=queries.has_coordinator(uow, member.group_id),
    )
    if step.fault:
        raise Forbidden(step.fault)
    if member.status is MemberStatus.AWAITING_GROUP:
        member.confirmed_by_group_by = uow.actor.user_id
        member.confirmed_by_group_at = uow.now
    else:
        member.confirmed_by_manager_by = uow.actor.user_id
        member.confirmed_by_manager_at = uow.now
    return member


def _coordinates(uow: UnitOfWork, group_id: UUID) -> bool:
    actor = uow.actor
    return actor.role is Role.SPONSOR_COORDINATOR and group_id in actor.own_group_ids


def leave(uow: UnitOfWork, member_id: UUID, left_on: date) -> SponsorMember:
    """Record that a member has left the group; from then on it gives them nothing.

    Their shifts are open again, and their tasks are the group's.
    """
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    if member.left_on is not None:
        raise Conflict("The member has left already.")
    _check_not_to_come(uow, "left_on", left_on)
    if left_on < member.joined_on:
        raise Invalid({"left_on": ["Nobody leaves before they have joined."]})
    member.left_on = left_on
    uow.emit(MemberWentAway(member.group_id, member.id))
    return member


def record_vetting(uow: UnitOfWork, member_id: UUID, command: RecordVetting) -> Vetting:
    """Record that vetting was asked for, or the outcome that came: never what it said.

    An outcome that is not clear ends what an earlier one allowed, from the same day.
    """
    member = uow.edit(SponsorMember, member_id, to=Permission.VETTING_RECORD)
    if member.user_id is not None and member.user_id == uow.actor.user_id:
        raise Forbidden("Nobody records their own vetting.")
    _check_vetting(uow, command)
    vetting = _open_vetting(uow, member, command)
    vetting.outcome = command.outcome
    if command.outcome is not VettingOutcome.PENDING:
        _decide(uow, member, vetting, command)
    uow.session.flush()
    return vetting


def _check_vetting(uow: UnitOfWork, command: RecordVetting) -> None:
    for name in ("agreed_on", "requested_on", "decided_on"):
        _check_not_to_come(uow, name, getattr(command, name))
    if command.agreed_on > command.requested_on:
        raise Invalid({"agreed_on": ["The member agrees before the vetting is asked for."]})
    if command.outcome is VettingOutcome.PENDING:
        return
    if command.decided_on is None or command.decided_on < command.requested_on:
        raise Invalid({"decided_on": ["Give the day of the outcome, after the day of asking."]})
    if command.outcome in NOT_CLEAR and command.reason_code is None:
        raise Invalid({"reason_code": ["Choose the reason. Never write what the vetting said."]})


def _open_vetting(uow: UnitOfWork, member: SponsorMember, command: RecordVetting) -> Vetting:
    """Give the vetting that is waiting for its outcome, or a new one."""
    pending = uow.select(Vetting).where(
        Vetting.member_id == member.id, Vetting.outcome == VettingOutcome.PENDING
    )
    waiting = uow.first(pending)
    if waiting is None:
        return uow.add(
            Vetting(
                group_id=member.group_id,
                member_id=member.id,
                requested_on=command.requested_on,
                agreed_on=command.agreed_on,
            )
        )
    if command.outcome is VettingOutcome.PENDING:
        raise Conflict("A vetting of this member is already under way.")
    return waiting


def _decide(
    uow: UnitOfWork, member: SponsorMember, vetting: Vetting, command: RecordVetting
) -> None:
    assert command.decided_on is not None
    vetting.decided_on, vetting.decided_by = command.decided_on, uow.actor.user_id
    vetting.reason_code = command.reason_code
    if command.outcome is VettingOutcome.CLEAR:
        group = uow.get(SponsorGroup, member.group_id, to=Permission.VETTING_RECORD)
        asked = queries.programme_of(uow, group).sponsors
        years = asked.vet_valid_years if asked else None
        vetting.expires_on = rules.vetting_expires(command.decided_on, years)
        member.vetted_until = vetting.expires_on
    else:
        member.vetted_until = None
        member.drives_children = False


def record_training(uow: UnitOfWork, member_id: UUID, command: RecordTraining) -> Training:
    """Record training that a member has finished; done again later, its day moves."""
    member = uow.get(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    _check_not_to_come(uow, "completed_on", command.completed_on)
    query = uow.select(Training).where(
        Training.member_id == member.id,
        Training.module == command.module,
        Training.completed_on < command.completed_on,
    )
    if (earlier := uow.first(query)) is not None:
        earlier.completed_on, earlier.certificate = command.completed_on, command.certificate
        uow.session.flush()
        return earlier
    return uow.add(
        Training(
            group_id=member.group_id,
            member_id=member.id,
            module=command.module,
            completed_on=command.completed_on,
            certificate=command.certificate,
        )
    )


def approve_driving(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Let a member drive children. Raises Conflict unless their vetting is in force."""
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_CONFIRM)
    if uow.actor.user_id is not None and member.user_id == uow.actor.user_id:
        raise Forbidden("Nobody approves themselves.")
    if member.status is not MemberStatus.CONFIRMED:
        raise Conflict("Only a confirmed member may drive children.")
    if not rules.holds(member.vetted_until, uow.today):
        raise Conflict("Only a member whose vetting is clear and in force may drive children.")
    member.drives_children = True
    return member


def end_driving(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Let a member drive children no more, at once; lifts that they were to drive say so."""
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_CONFIRM)
    if not member.drives_children:
        raise Conflict("The member is not approved to drive children.")
    member.drives_children = False
    return member


def _check_not_to_come(uow: UnitOfWork, name: str, day: date | None) -> None:
    if day is not None and day > uow.today:
        raise Invalid({name: ["This day is still to come."]})
