"""What follows for sponsor groups and sponsorships from what has happened elsewhere."""

from uuid import UUID

from resettle.cases.events import StageMoved, TravelPlanned
from resettle.cases.models import Assignment, ResettlementCase
from resettle.cases.queries import primary, programme_of
from resettle.core.actor import Role
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import endings, locks, queries
from resettle.placements import rules as placement_rules
from resettle.placements.events import (
    AnchorMoved,
    HouseholdArrived,
    SponsorshipConfirmed,
    SponsorshipEnded,
    SponsorshipSuspended,
    SuccessorWanted,
)
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.placements.service import ARRIVED
from resettle.programmes.workflow import Place
from resettle.sponsors import queries as sponsors
from resettle.sponsors import reports, rules
from resettle.sponsors import service as groups
from resettle.sponsors.events import GroupBrokenOff
from resettle.sponsors.models import Deed


def owe_reports(uow: UnitOfWork, event: HouseholdArrived | SponsorshipConfirmed) -> None:
    """Count the group's reports from the arrival, once there are both a group and an arrival."""
    sponsorship = queries.open_sponsorship(uow, event.household_id)
    household = uow.find(Household, event.household_id)
    if sponsorship is None or sponsorship.confirmed_on is None or household is None:
        return
    if household.arrived_on is None:
        return
    _owe(uow, sponsorship, household)
    groups.follow(uow, sponsorship.group_id, rules.ACTIVE)


def _owe(uow: UnitOfWork, sponsorship: Sponsorship, household: Household) -> None:
    deed = uow.find(Deed, sponsorship.deed_id) if sponsorship.deed_id else None
    assert deed is not None, "a sponsorship is confirmed under a deed"
    assert household.arrived_on is not None
    assert sponsorship.confirmed_on is not None
    reports.owe(uow, deed, household.id, household.arrived_on, since=sponsorship.confirmed_on)


def move_reports(uow: UnitOfWork, event: AnchorMoved) -> None:
    """Let reports that are still owed move with the day of arrival."""
    sponsorship = queries.open_sponsorship(uow, event.household_id)
    household = uow.find(Household, event.household_id)
    if event.anchor != ARRIVED or household is None or sponsorship is None:
        return
    if sponsorship.confirmed_on is not None:
        _owe(uow, sponsorship, household)


def release_group(uow: UnitOfWork, event: SponsorshipEnded) -> None:
    """Give the group its room back; it stays active until its last sponsorship is over."""
    sponsorship = uow.find(Sponsorship, event.sponsorship_id)
    assert sponsorship is not None
    if event.needs_support:
        _ask_who_goes_on(uow, sponsorship)
    reports.cancel(uow, event.group_id, event.household_id, event.ended_on)
    group = groups.give_back(uow, event.group_id, sponsorship.persons)
    if group.households_now == 0 and group.status == rules.ACTIVE:
        groups.follow(uow, group.id, rules.COMPLETED)


def end_with_case(uow: UnitOfWork, event: StageMoved) -> None:
    """Let the sponsorship of a household, or its proposal, be over when its case is."""
    case = uow.find(ResettlementCase, event.case_id)
    assert case is not None
    stage = programme_of(uow, case).stage(event.to_stage)
    if not stage.final:
        return
    kind = placement_rules.ending_with_case(event.reason, completed=not stage.side)
    locks.lock_groups_of(uow, event.household_id)
    for sponsorship in queries.all_open(uow, event.household_id):
        endings.end_with_case(uow, sponsorship, event.on, kind, f"The case is over: {stage.title}.")


def follow_approval(uow: UnitOfWork, event: StageMoved) -> None:
    """Let the group be matched once its household takes a place that was reserved until then."""
    case = uow.find(ResettlementCase, event.case_id)
    assert case is not None
    household = programme_of(uow, case).household
    came_from = event.from_stage and household.stage(event.from_stage).place
    if household.stage(event.to_stage).place == Place.USED and came_from == Place.RESERVED:
        _follow(uow, event.household_id, rules.MATCHED)


def follow_travel(uow: UnitOfWork, event: TravelPlanned) -> None:
    """Let the group prepare the arrival once the day of travel is known."""
    if event.travel_on is not None:
        _follow(uow, event.household_id, rules.PREPARING)


def _follow(uow: UnitOfWork, household_id: UUID, to: str) -> None:
    """Move the group on with its household, unless it supports somebody here already."""
    sponsorship = queries.running(uow, household_id)
    if sponsorship is None:
        return
    group = sponsors.group_of(uow, sponsorship.group_id)
    if group is not None and group.status != rules.ACTIVE:
        groups.follow(uow, group.id, to)


def review_continuity(uow: UnitOfWork, event: SponsorshipSuspended | SuccessorWanted) -> None:
    """Flag that somebody has to decide who supports the household now."""
    sponsorship = uow.find(Sponsorship, event.sponsorship_id)
    assert sponsorship is not None
    _ask_who_goes_on(uow, sponsorship)


def _ask_who_goes_on(uow: UnitOfWork, sponsorship: Sponsorship) -> None:
    household = uow.find(Household, sponsorship.household_id)
    assert household is not None
    sponsorship.continuity_since = uow.today
    sponsorship.continuity_due_on = queries.due_by(uow, household, queries.SAFETY_PLAN)
    sponsorship.continuity_owner = _owner(uow, household.id)
    sponsorship.continuity_plan = None


def _owner(uow: UnitOfWork, household_id: UUID) -> UUID | None:
    """Name who decides: the primary caseworker, else another of the household, else who acted."""
    worker = primary(uow, household_id)
    if worker is not None:
        return worker.user_id
    others = uow.select(Assignment).where(
        Assignment.household_id == household_id, Assignment.live_on(uow.today)
    )
    other = uow.first(others.order_by(Assignment.from_on, Assignment.id))
    if other is not None:
        return other.user_id
    acted = uow.origin_actor
    return acted.user_id if acted.role is Role.CASEWORKER else None


def break_off_with_group(uow: UnitOfWork, event: GroupBrokenOff) -> None:
    """Suspend what a suspended or ended group supports, and ask who supports each household.

    What it had accepted is asked about too, and waits for a group again once this one is not to
    come back; what it is only asked for is taken back.
    """
    told = f"The sponsor group is {event.status.lower()}."
    ending = placement_rules.WITH_GROUP_OVER.get(event.status)
    for sponsorship in queries.open_of_group(uow, event.group_id):
        match sponsorship.status:
            case SponsorshipStatus.CONFIRMED:
                endings.break_off(uow, sponsorship, told)
            case SponsorshipStatus.ACCEPTED:
                _ask_who_goes_on(uow, sponsorship)
                if ending is not None:
                    endings.lose_group(uow, sponsorship, told, ending)
            case SponsorshipStatus.PROPOSED:
                endings.take_back(uow, sponsorship, told)
