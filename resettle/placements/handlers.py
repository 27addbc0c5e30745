"""What follows for sponsor groups and sponsorships from what has happened elsewhere."""

from resettle.cases.events import StageMoved
from resettle.cases.models import ResettlementCase
from resettle.cases.queries import primary, programme_of
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import queries, sponsorships
from resettle.placements import rules as placement_rules
from resettle.placements.events import (
    AnchorMoved,
    HouseholdArrived,
    SponsorshipConfirmed,
    SponsorshipEnded,
    SponsorshipSuspended,
)
from resettle.placements.models import Sponsorship
from resettle.placements.service import ARRIVED
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
    sponsorship = queries.open_sponsorship(uow, event.household_id)
    if not stage.final or sponsorship is None:
        return
    kind = placement_rules.ending_with_case(event.reason, completed=not stage.side)
    note = f"The case is over: {stage.title}."
    sponsorships.end_with_case(uow, sponsorship, event.on, kind, note)


def review_continuity(uow: UnitOfWork, event: SponsorshipSuspended) -> None:
    """Flag that somebody has to decide who supports the household now."""
    sponsorship = uow.find(Sponsorship, event.sponsorship_id)
    assert sponsorship is not None
    _ask_who_goes_on(uow, sponsorship)


def _ask_who_goes_on(uow: UnitOfWork, sponsorship: Sponsorship) -> None:
    worker = primary(uow, sponsorship.household_id)
    sponsorship.continuity_since = uow.today
    sponsorship.continuity_owner = None if worker is None else worker.user_id
    sponsorship.continuity_plan = None


def suspend_with_group(uow: UnitOfWork, event: GroupBrokenOff) -> None:
    """Suspend what a suspended or ended group supports, and ask who supports each household."""
    for sponsorship in queries.running_of_group(uow, event.group_id):
        sponsorships.break_off(uow, sponsorship, f"The sponsor group is {event.status.lower()}.")
