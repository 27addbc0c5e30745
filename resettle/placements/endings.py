"""How support is broken off, goes on, is handed over, or ends; and that nobody is left alone.

One person can suspend a sponsorship at once. Whatever leaves a household without its group asks
its caseworker who supports it now, and by when that is to be decided.
"""

from datetime import date
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import locks, queries, rules
from resettle.placements.acts import EndSponsorship, GiveReason
from resettle.placements.events import (
    ContinuityPlanned,
    MatchTakenBack,
    SponsorshipEnded,
    SponsorshipSuspended,
    SuccessorWanted,
)
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.placements.readiness import missing_for
from resettle.programmes.catalogue import Catalogue

Status = SponsorshipStatus
HANDED_OVER = "Another group has taken over."


def suspend(uow: UnitOfWork, sponsorship_id: UUID, command: GiveReason) -> Sponsorship:
    """Suspend a sponsorship at once. The group sees nothing of the household from now on."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_SUSPEND)
    break_off(uow, sponsorship, command.reason)
    return sponsorship


def break_off(uow: UnitOfWork, sponsorship: Sponsorship, reason: str) -> None:
    become(sponsorship, Status.SUSPENDED)
    sponsorship.suspended_on, sponsorship.suspended_by = uow.today, uow.actor.user_id
    sponsorship.suspension_reason = reason
    uow.emit(SponsorshipSuspended(sponsorship.id, sponsorship.group_id, sponsorship.household_id))


def become(sponsorship: Sponsorship, to: Status) -> None:
    """Let a sponsorship stand otherwise. Raises Conflict where that cannot follow."""
    if not rules.may_become(sponsorship.status, to):
        raise Conflict(f"A sponsorship that is {sponsorship.status} cannot become {to}.")
    sponsorship.status = to


def resume(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Let a suspended sponsorship go on, by another person than who suspended it."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.status is not Status.SUSPENDED:
        raise Conflict("Only a suspended sponsorship can be resumed.")
    if sponsorship.suspended_by is not None and sponsorship.suspended_by == uow.actor.user_id:
        raise Forbidden("A second person resumes: you suspended this sponsorship.")
    if missing := missing_for(uow, sponsorship):
        raise Blocked("The sponsorship cannot be resumed yet.", missing)
    become(sponsorship, Status.CONFIRMED)
    _settled(uow, sponsorship)
    return sponsorship


def plan_continuity(uow: UnitOfWork, sponsorship_id: UUID, command: GiveReason) -> Sponsorship:
    """Write down who supports the household now that its group does not."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.continuity_since is None:
        raise Conflict("Nobody has asked who supports the household.")
    sponsorship.continuity_plan = command.reason
    _settled(uow, sponsorship)
    return sponsorship


def _settled(uow: UnitOfWork, sponsorship: Sponsorship) -> None:
    if sponsorship.continuity_since is not None:
        sponsorship.continuity_since = sponsorship.continuity_due_on = None
        uow.emit(ContinuityPlanned(sponsorship.id, sponsorship.household_id))


def want_successor(uow: UnitOfWork, sponsorship: Sponsorship) -> None:
    """Look for another group while this one goes on, so that there is no day without support."""
    uow.emit(SuccessorWanted(sponsorship.id, sponsorship.group_id, sponsorship.household_id))


def hand_over(uow: UnitOfWork, household_id: UUID) -> None:
    """End what supported the household until now, since its next group begins at this moment."""
    running = queries.running(uow, household_id)
    if running is not None:
        running.ending_kind, running.ending_note = rules.TRANSFERRED, HANDED_OVER
        running.ended_by = uow.actor.user_id
        finish(uow, running, uow.today, needs_support=False)
    for left in queries.left_open(uow, household_id):
        _settled(uow, left)


def end(uow: UnitOfWork, sponsorship_id: UUID, command: EndSponsorship) -> Sponsorship:
    """End a sponsorship, or take a proposal back. The visas of the household stay as they are."""
    sponsorship = locks.edit(uow, sponsorship_id, to=Permission.SPONSORSHIP_END)
    _check_ending(uow, sponsorship, command)
    sponsorship.ending_kind, sponsorship.reasons = command.ending_kind, [*command.reasons]
    sponsorship.ending_note, sponsorship.ended_by = command.note, uow.actor.user_id
    needs_support = command.ending_kind not in rules.AS_PLANNED
    finish(uow, sponsorship, command.ended_on, needs_support=needs_support)
    return sponsorship


def end_with_case(
    uow: UnitOfWork, sponsorship: Sponsorship, ended_on: date, kind: str | None, note: str
) -> None:
    """End a sponsorship of a household whose case is over, so that the group sees no more of it."""
    sponsorship.ending_kind, sponsorship.ending_note = kind, note
    begun = sponsorship.confirmed_on or sponsorship.proposed_on
    sponsorship.ended_by = uow.origin_actor.user_id
    _settled(uow, sponsorship)
    finish(uow, sponsorship, max(ended_on, begun), needs_support=False)


def finish(
    uow: UnitOfWork, sponsorship: Sponsorship, ended_on: date, *, needs_support: bool
) -> None:
    was = sponsorship.status
    become(sponsorship, Status.ENDED)
    sponsorship.ended_on = ended_on
    # The index of open sponsorships is free again only when this is written.
    uow.session.flush()
    whose = (sponsorship.id, sponsorship.group_id, sponsorship.household_id)
    if was in rules.TAKES_ROOM:
        uow.emit(SponsorshipEnded(*whose, ended_on, needs_support))
    else:
        uow.emit(MatchTakenBack(*whose, needs_support and was is Status.ACCEPTED))


def take_back(uow: UnitOfWork, sponsorship: Sponsorship, note: str) -> None:
    """Take a proposal back that its group cannot answer any more."""
    sponsorship.ending_note, sponsorship.ended_by = note, uow.origin_actor.user_id
    finish(uow, sponsorship, uow.today, needs_support=False)


def lose_group(uow: UnitOfWork, sponsorship: Sponsorship, note: str, kind: str) -> None:
    """End a match whose group had said yes and is no more, so that another one can be asked."""
    sponsorship.ending_kind, sponsorship.ending_note = kind, note
    sponsorship.ended_by = uow.origin_actor.user_id
    finish(uow, sponsorship, uow.today, needs_support=True)


def _check_ending(uow: UnitOfWork, sponsorship: Sponsorship, command: EndSponsorship) -> None:
    lists = uow.use(Catalogue).lists
    if command.ending_kind not in lists["ending_kind"].codes:
        raise Invalid({"ending_kind": [f"Choose one of: {', '.join(lists['ending_kind'].codes)}."]})
    if strange := set(command.reasons) - set(lists["breakdown_reason"].codes):
        raise Invalid({"reasons": [f"Not on the list: {', '.join(sorted(strange))}."]})
    begun = sponsorship.confirmed_on or sponsorship.proposed_on
    if not begun <= command.ended_on <= uow.today:
        raise Invalid({"ended_on": ["Give a day since it began, and no later than today."]})
    _check_who(uow, sponsorship, command)


def _check_who(uow: UnitOfWork, sponsorship: Sponsorship, command: EndSponsorship) -> None:
    by = uow.actor.role.value
    if uow.actor.role is Role.HOUSEHOLD_PERSON and uow.actor.person_id not in (
        queries.adults_at_home(uow, sponsorship.household_id, uow.today)
    ):
        raise Forbidden("An adult of the household decides this.")
    household = uow.find(Household, sponsorship.household_id)
    support_end = None if household is None else household.support_end_on
    fault = rules.ending_fault(
        command.ending_kind, command.reasons, by=by
    ) or rules.completion_fault(command.ending_kind, command.ended_on, support_end)
    if fault:
        raise Invalid({fault[0]: [fault[1]]})
