"""The facts that placements and sponsorships answer for, when a case wants to move on."""

from collections.abc import Mapping

from resettle.cases.facts import FactSource
from resettle.cases.models import ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import queries, rules
from resettle.placements.models import CheckStatus, Sponsorship, SponsorshipStatus
from resettle.programmes.facts import Fact
from resettle.sponsors import queries as sponsors
from resettle.sponsors.models import SponsorGroup

HANDOVER_ITEM = "handover"


def house_ready(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Say whether the house that is meant for the household, or its own, lacks nothing."""
    household = uow.find(Household, case.household_id)
    dwelling = queries.dwelling_for(uow, case.household_id)
    if household is None or dwelling is None:
        return False
    return not queries.unready(uow, dwelling, household)


def handover_named(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Say whether somebody meets the household: named with the placement, or on the checklist."""
    placement = queries.current_placement(uow, case.household_id)
    if placement is not None and placement.received_by.strip():
        return True
    dwelling = queries.dwelling_for(uow, case.household_id)
    if dwelling is None:
        return False
    checks = queries.checks_of(uow, dwelling.id, case.household_id)
    seen = [check for check in checks if not check.waits]
    return any(c.item_code == HANDOVER_ITEM and c.status is CheckStatus.OK for c in seen)


def placement_current(uow: UnitOfWork, case: ResettlementCase) -> bool:
    placement = queries.current_placement(uow, case.household_id)
    return placement is not None and placement.dwelling_id is not None


def proposed(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return _match(uow, case) is not None


def accepted(uow: UnitOfWork, case: ResettlementCase) -> bool:
    match = _match(uow, case)
    return match is not None and match.accepted_on is not None


def household_accepted(uow: UnitOfWork, case: ResettlementCase) -> bool:
    match = _match(uow, case)
    return match is not None and rules.unanswered(queries.asked_of(uow, match)) is None


def consents_given(uow: UnitOfWork, case: ResettlementCase) -> bool:
    match = _match(uow, case)
    if match is None:
        return False
    return rules.unshared(queries.adults_of(uow, match), queries.NAME) is None


def sponsor_ready(uow: UnitOfWork, case: ResettlementCase) -> bool:
    group = _group(uow, _match(uow, case))
    return group is not None and sponsors.is_ready(group, uow.today)


def capacity_free(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Say whether the group has room; a confirmed sponsorship has taken its room already."""
    match = _match(uow, case)
    group = _group(uow, match)
    if match is None or group is None:
        return False
    taken = match.status in rules.TAKES_ROOM
    return taken or sponsors.capacity_of(group).lacks_for(match.persons) is None


def deed_signed(uow: UnitOfWork, case: ResettlementCase) -> bool:
    match = _match(uow, case)
    if match is None:
        return False
    return sponsors.deed_in_force(uow, match.group_id, uow.today) is not None


def vetting_clear(uow: UnitOfWork, case: ResettlementCase) -> bool:
    match = _match(uow, case)
    return match is not None and sponsors.all_vetted(uow, match.group_id)


def continuity_planned(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Say whether nobody waits to learn who supports the household after its group."""
    waiting = uow.count(
        Sponsorship,
        Sponsorship.household_id == case.household_id,
        Sponsorship.continuity_since.is_not(None),
    )
    stopped = uow.count(
        Sponsorship,
        Sponsorship.household_id == case.household_id,
        Sponsorship.status.in_([SponsorshipStatus.SUSPENDED, SponsorshipStatus.ENDED]),
    )
    return stopped > 0 and waiting == 0


def _match(uow: UnitOfWork, case: ResettlementCase) -> Sponsorship | None:
    return queries.open_sponsorship(uow, case.household_id)


def _group(uow: UnitOfWork, match: Sponsorship | None) -> SponsorGroup | None:
    return None if match is None else sponsors.group_of(uow, match.group_id)


FACTS: Mapping[Fact, FactSource] = {
    Fact.HOUSE_READY: house_ready,
    Fact.HANDOVER: handover_named,
    Fact.PLACEMENT: placement_current,
    Fact.PROPOSED: proposed,
    Fact.ACCEPTED: accepted,
    Fact.HOUSEHOLD_ACCEPTED: household_accepted,
    Fact.CONSENTS: consents_given,
    Fact.SPONSOR_READY: sponsor_ready,
    Fact.CAPACITY: capacity_free,
    Fact.DEED: deed_signed,
    Fact.VETTING: vetting_clear,
    Fact.CONTINUITY: continuity_planned,
}
