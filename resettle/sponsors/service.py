"""What can be done with a sponsor group: its way through the programme and its checklist."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from resettle.core.errors import Blocked, Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.programmes.facts import Fact
from resettle.programmes.workflow import Side, Workflow
from resettle.sponsors import facts, queries, rules
from resettle.sponsors.acts import (
    ApproveGroup,
    CreateGroup,
    MoveGroup,
    RecordItem,
    RecordStep,
    UpdateGroup,
)
from resettle.sponsors.events import GroupBrokenOff
from resettle.sponsors.models import (
    GroupChecklistItem,
    GroupMove,
    GroupStep,
    ItemStatus,
    SponsorGroup,
)

GROUP_LISTS = ("sponsor_prerequisites", "sponsor_ready")
PER_MEMBER = "member"


def create(uow: UnitOfWork, command: CreateGroup) -> SponsorGroup:
    """Open the file of a group that has made contact, in the version of its programme now."""
    uow.require(Permission.GROUP_CREATE)
    programme, workflow = _sponsored(uow, command.programme)
    allowed = programme.sponsors.kinds if programme.sponsors else ()
    if command.entity_type not in allowed:
        raise Invalid({"entity_type": [f"Choose one of: {', '.join(allowed)}."]})
    given = {k: v for k, v in asdict(command).items() if k != "programme"}
    code, version = programme.key
    group = SponsorGroup(
        **given,
        programme_code=code,
        programme_version=version,
        status=workflow.start[0],
        status_since=uow.today,
        status_at=uow.now,
    )
    uow.add(group)
    _open_checklist(uow, group, programme)
    return group


def _sponsored(uow: UnitOfWork, code: str) -> tuple[Programme, Workflow]:
    catalogue = uow.use(Catalogue)
    try:
        programme = catalogue.in_force(code, uow.today)
    except LookupError as error:
        raise Invalid({"programme": [str(error)]}) from error
    if programme.group is None:
        raise Invalid({"programme": ["This programme works without sponsor groups."]})
    return programme, programme.group


def _open_checklist(uow: UnitOfWork, group: SponsorGroup, programme: Programme) -> None:
    """Put every item on file that is asked of the group; those of members show in their rows."""
    for checklist in programme.checklists:
        if checklist.code not in GROUP_LISTS:
            continue
        for item in checklist.items:
            if item.per != PER_MEMBER:
                uow.session.add(
                    GroupChecklistItem(
                        group_id=group.id, list_code=checklist.code, item_code=item.code
                    )
                )
    uow.session.flush()


def update(uow: UnitOfWork, group_id: UUID, command: UpdateGroup) -> SponsorGroup:
    group = uow.edit(SponsorGroup, group_id, to=Permission.GROUP_UPDATE)
    for name, value in asdict(command).items():
        if value is not None:
            setattr(group, name, value)
    return group


def approve(uow: UnitOfWork, group_id: UUID, command: ApproveGroup) -> SponsorGroup:
    """Say anew for how many people and households an approval holds, and by which routes."""
    return set_capacity(uow, group_id, command, by=Permission.GROUP_MOVE)


def set_capacity(
    uow: UnitOfWork, group_id: UUID, command: ApproveGroup, *, by: Permission
) -> SponsorGroup:
    """Set what a group is approved for. Raises Conflict if it already supports more than that."""
    group = uow.edit(SponsorGroup, group_id, to=by)
    known = queries.programme_of(uow, group).routes.codes
    if strange := [route for route in command.routes if route not in known]:
        raise Invalid({"routes": [f"{', '.join(strange)}: choose from {', '.join(known)}."]})
    if command.expires_on is not None and command.expires_on < command.decided_on:
        raise Invalid({"expires_on": ["An approval does not expire before it is given."]})
    if command.max_persons < group.persons_now or command.max_households < group.households_now:
        raise Conflict("The group already supports more people than that.")
    group.max_persons, group.max_households = command.max_persons, command.max_households
    group.routes = list(command.routes)
    group.approved_until = command.expires_on
    return group


def record_step(uow: UnitOfWork, group_id: UUID, command: RecordStep) -> GroupStep:
    """Record that something was done or decided which the programme asks for and no row shows."""
    group = uow.edit(SponsorGroup, group_id, to=Permission.GROUP_MOVE)
    known = facts.recordable(uow, queries.workflow_of(uow, group))
    fact = next((fact for fact in known if fact.value == command.fact), None)
    if fact is None:
        raise Invalid({"fact": [f"Choose one of: {', '.join(sorted(known))}."]})
    if command.done_on > uow.today:
        raise Invalid({"done_on": ["This day is still to come."]})
    return _put_step(uow, group, fact, command.done_on, command.note)


def _put_step(
    uow: UnitOfWork, group: SponsorGroup, fact: Fact, done_on: date, note: str
) -> GroupStep:
    found = uow.select(GroupStep).where(GroupStep.group_id == group.id, GroupStep.fact == fact)
    step = uow.first(found)
    if step is None:
        step = GroupStep(group_id=group.id, fact=fact)
        uow.session.add(step)
    # The same fact again is a new happening: it counts from now.
    step.done_on, step.note, step.recorded_at = done_on, note, uow.now
    uow.session.flush()
    return step


def move(uow: UnitOfWork, group_id: UUID, command: MoveGroup) -> SponsorGroup:
    """Move a group on in its programme.

    Raises Conflict where there is no such move, Blocked with what is missing. A move past what is
    missing takes its own permission, a reason, and facts that the programme lets pass.
    """
    return _move(uow, uow.edit(SponsorGroup, group_id, to=Permission.GROUP_MOVE), command)


def lead_on(uow: UnitOfWork, group_id: UUID, to: str, *, by: Permission) -> SponsorGroup:
    """Move a group on because of what it has done itself, such as answering every question.

    Raises Conflict or Blocked as a move by hand does; nothing is passed over.
    """
    group = uow.edit(SponsorGroup, group_id, to=by)
    return group if group.status == to else _move(uow, group, MoveGroup(to))


def leave_way(
    uow: UnitOfWork, group_id: UUID, to: str, reason: str, *, by: Permission
) -> SponsorGroup:
    """Move a group aside because of what became of its application."""
    return _move(uow, uow.edit(SponsorGroup, group_id, to=by), MoveGroup(to, reason))


def _move(uow: UnitOfWork, group: SponsorGroup, command: MoveGroup) -> SponsorGroup:
    found = [m for m in facts.possible_moves(uow, group) if m.to == command.to]
    if not found:
        raise Conflict(f"There is no move from {group.status} to {command.to}.")
    possible = found[0]
    overridden = bool(possible.missing) and command.override
    if possible.missing and not command.override:
        raise Blocked("The group cannot move on yet.", possible.sentences)
    if overridden:
        _check_override(uow, group, possible, command.reason)
    _check_reason(uow, group, command)
    _go(uow, group, command, [*possible.missing])
    return group


def _check_reason(uow: UnitOfWork, group: SponsorGroup, command: MoveGroup) -> None:
    """Ask why a group leaves its way, by a code of the list that the programme names for it."""
    stage = queries.workflow_of(uow, group).stage(command.to)
    if stage.side and not command.reason.strip():
        raise Invalid({"reason": ["Say why."]})
    if command.reason_code is None:
        return
    listed = stage.reasons if isinstance(stage, Side) else None
    codes = uow.use(Catalogue).lists[listed].codes if listed else ()
    if command.reason_code not in codes:
        raise Invalid({"reason_code": [f"Choose one of: {', '.join(codes) or 'none'}."]})


def _check_override(
    uow: UnitOfWork, group: SponsorGroup, possible: facts.Possible, reason: str
) -> None:
    uow.require(Permission.CASE_OVERRIDE, group)
    firm = {
        fact.value: fact.missing for fact in possible.missing if fact not in possible.may_override
    }
    if firm:
        raise Blocked("This cannot be passed over.", firm)
    if not reason.strip():
        raise Invalid({"reason": ["Say why the group moves on without this."]})


def _go(uow: UnitOfWork, group: SponsorGroup, command: MoveGroup, missing: list[Fact]) -> None:
    to = command.to
    uow.add(
        GroupMove(
            group_id=group.id,
            from_status=group.status,
            to_status=to,
            moved_on=uow.today,
            moved_at=uow.now,
            moved_by=uow.origin_actor.user_id,
            overridden=bool(missing),
            missing=[fact.value for fact in missing],
            reason=command.reason,
            reason_code=command.reason_code,
            conditions=command.conditions,
        )
    )
    group.left_status = group.status if _is_side(uow, group, to) else None
    group.status, group.status_since, group.status_at = to, uow.today, uow.now
    if to in rules.BROKEN_OFF:
        uow.emit(GroupBrokenOff(group.id, to))


def _is_side(uow: UnitOfWork, group: SponsorGroup, code: str) -> bool:
    return queries.workflow_of(uow, group).stage(code).side


def follow(uow: UnitOfWork, group_id: UUID, to: str) -> None:
    """Let a group's stage follow what happened to its households.

    A group that is suspended or ended stays so, and a programme without the stage knows none.
    """
    group = uow.edit(SponsorGroup, group_id, to=Permission.GROUP_MOVE)
    known = {stage.code for stage in queries.workflow_of(uow, group).steps}
    if to in known and group.status in rules.OPEN_STAGES and group.status != to:
        _go(uow, group, MoveGroup(to), [])


def take_on(uow: UnitOfWork, group_id: UUID, persons: int) -> SponsorGroup:
    """Take room in a group for a household, its row locked. Raises Conflict if there is none."""
    group = uow.edit(SponsorGroup, group_id, to=Permission.SPONSORSHIP_CONFIRM)
    if lacking := queries.capacity_of(group).lacks_for(persons):
        raise Conflict(lacking)
    group.persons_now += persons
    group.households_now += 1
    uow.session.flush()
    return group


def give_back(uow: UnitOfWork, group_id: UUID, persons: int) -> SponsorGroup:
    """Give back the room that a household had in a group."""
    group = uow.edit(SponsorGroup, group_id, to=Permission.SPONSORSHIP_END)
    group.persons_now -= persons
    group.households_now -= 1
    return group


def record_item(
    uow: UnitOfWork, group_id: UUID, item_id: UUID, command: RecordItem
) -> GroupChecklistItem:
    """Say how one item of a group's checklist stands."""
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_UPDATE)
    item = uow.edit(GroupChecklistItem, item_id, to=Permission.GROUP_UPDATE)
    if item.group_id != group.id:
        raise NotFound("The group has no such item on its checklists.")
    listed = queries.programme_of(uow, group).checklist(item.list_code).items
    asked = next(entry for entry in listed if entry.code == item.item_code)
    fault = rules.item_fault(
        command.status, command.note, waivable=asked.waivable, may_follow=asked.may_follow
    )
    if fault:
        raise Invalid({"status": [fault]})
    item.status, item.note, item.evidence = command.status, command.note, command.evidence
    item.done_on = command.done_on or uow.today if command.status is ItemStatus.MET else None
    return item
