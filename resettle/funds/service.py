"""What is done with a group's money. Nothing in the ledger is overwritten or taken out."""

from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import queries, rules
from resettle.funds.acts import (
    ClaimSpending,
    MakePledge,
    Reasoned,
    RecordGift,
    RecordRefund,
    RecordSpending,
    SetBudget,
)
from resettle.funds.models import BudgetLine, FundEntry, Pledge
from resettle.funds.rules import Kind, State
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.sponsors.models import SponsorGroup, SponsorMember

# A group raises money from the day on which it says yes to a household.
TAKEN_ON = (
    SponsorshipStatus.ACCEPTED,
    SponsorshipStatus.CONFIRMED,
    SponsorshipStatus.SUSPENDED,
    SponsorshipStatus.ENDED,
)


def pledge(uow: UnitOfWork, group_id: UUID, command: MakePledge) -> Pledge:
    """Put down what somebody has promised: once, or on the same day of each of some months."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_RECORD)
    _check_day(uow, "pledged_on", command.pledged_on)
    _check_household(uow, group, command.household_id)
    return uow.add(
        Pledge(
            group_id=group.id,
            household_id=command.household_id,
            pledger=command.pledger,
            cents=command.amount,
            months=command.months,
            pledged_on=command.pledged_on,
            first_on=command.first_on,
            note=command.note,
        )
    )


def withdraw_pledge(uow: UnitOfWork, pledge_id: UUID, command: Reasoned) -> Pledge:
    """Expect no more of a pledge. What has come of it stays."""
    found = uow.edit(Pledge, pledge_id, to=Permission.FUNDS_RECORD)
    if found.withdrawn_on is not None:
        raise Conflict("This pledge was taken back already.")
    found.withdrawn_on, found.reason = uow.today, command.reason
    return found


def record_gift(uow: UnitOfWork, group_id: UUID, command: RecordGift) -> FundEntry:
    """Record what a group was given: money, or a thing with its worth and how that was found."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_RECORD)
    _check_day(uow, "happened_on", command.happened_on)
    if faults := rules.gift_faults(command.kind, command.valuation):
        raise Invalid(faults)
    _check_household(uow, group, command.household_id)
    if command.pledge_id is not None:
        _check_pledge(uow, group, command.pledge_id)
    return uow.add(
        FundEntry(
            group_id=group.id,
            household_id=command.household_id,
            kind=command.kind,
            category=command.category,
            happened_on=command.happened_on,
            cents=command.amount,
            valuation=command.valuation,
            party=command.donor,
            note=command.note,
            pledge_id=command.pledge_id,
        )
    )


def _check_pledge(uow: UnitOfWork, group: SponsorGroup, pledge_id: UUID) -> None:
    found = uow.find(Pledge, pledge_id)
    if found is None or found.group_id != group.id:
        raise Invalid({"pledge_id": ["The group has no such pledge."]})
    if found.withdrawn_on is not None:
        raise Invalid({"pledge_id": ["This pledge was taken back. Record a donation without it."]})


def claim(uow: UnitOfWork, group_id: UUID, command: ClaimSpending) -> FundEntry:
    """Record what one has spent for the group oneself. Somebody else approves it."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_CLAIM)
    mine = uow.select(SponsorMember).where(
        SponsorMember.group_id == group.id,
        SponsorMember.user_id == uow.actor.user_id,
        SponsorMember.left_on.is_(None),
    )
    member = uow.first(mine)
    if member is None:
        raise Conflict("Only a member of the group spends for it.")
    return _spend(uow, group, member.id, command)


def record_spending(uow: UnitOfWork, group_id: UUID, command: RecordSpending) -> FundEntry:
    """Record what a member has spent. Neither they nor who records it approves it."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_RECORD)
    member = uow.find(SponsorMember, command.member_id)
    if member is None or member.group_id != group.id:
        raise Invalid({"member_id": ["Choose a member of the group."]})
    return _spend(uow, group, member.id, command)


def _spend(
    uow: UnitOfWork, group: SponsorGroup, member_id: UUID, command: ClaimSpending
) -> FundEntry:
    _check_day(uow, "happened_on", command.happened_on)
    _check_household(uow, group, command.household_id)
    return uow.add(
        FundEntry(
            group_id=group.id,
            household_id=command.household_id,
            kind=Kind.SPEND,
            category=command.category,
            happened_on=command.happened_on,
            cents=command.amount,
            party=command.payee,
            note=command.note,
            no_receipt=command.no_receipt,
            member_id=member_id,
            state=State.WAITING,
        )
    )


def refund(uow: UnitOfWork, entry_id: UUID, command: RecordRefund) -> FundEntry:
    """Record that money came back of something spent, such as a bond: never more than was spent."""
    spent = uow.edit(FundEntry, entry_id, to=Permission.FUNDS_RECORD)
    _check_day(uow, "happened_on", command.happened_on)
    if spent.kind is not Kind.SPEND or spent.state is not State.APPROVED or _is_taken_back(spent):
        raise Conflict("Money comes back of spending that was approved and stands.")
    _refuse_reversed(uow, spent)
    if command.happened_on < spent.happened_on:
        raise Invalid({"happened_on": ["This was before it was spent."]})
    if command.amount > spent.cents - queries.came_back(uow, spent.id):
        raise Invalid({"amount": ["No more can come back than was spent and is not back yet."]})
    return uow.add(
        FundEntry(
            **_like(spent),
            kind=Kind.REFUND,
            happened_on=command.happened_on,
            cents=command.amount,
            note=command.note,
            refunds_id=spent.id,
        )
    )


def correct(uow: UnitOfWork, entry_id: UUID, command: Reasoned) -> FundEntry:
    """Take an entry back by a counter-entry of the same amount; the error stays to be seen."""
    wrong = uow.edit(FundEntry, entry_id, to=Permission.FUNDS_RECORD)
    if _is_taken_back(wrong):
        raise Conflict("A counter-entry is not taken back. Record anew what is right.")
    if wrong.state not in rules.COUNTS:
        raise Conflict("This does not count, so there is nothing to take back.")
    _refuse_reversed(uow, wrong)
    if wrong.kind is Kind.SPEND and queries.came_back(uow, wrong.id):
        raise Conflict("Money has come back of this. Take that entry back first.")
    return uow.add(
        FundEntry(
            **_like(wrong),
            kind=wrong.kind,
            happened_on=wrong.happened_on,
            cents=-wrong.cents,
            valuation=wrong.valuation,
            party=wrong.party,
            pledge_id=wrong.pledge_id,
            reverses_id=wrong.id,
            refunds_id=wrong.refunds_id,
            state=wrong.state,
            reason=command.reason,
        )
    )


def _is_taken_back(entry: FundEntry) -> bool:
    return entry.reverses_id is not None


def _refuse_reversed(uow: UnitOfWork, entry: FundEntry) -> None:
    if uow.count(FundEntry, FundEntry.reverses_id == entry.id):
        raise Conflict("This entry was taken back already.")


def _like(entry: FundEntry) -> dict[str, Any]:
    return {
        "group_id": entry.group_id,
        "household_id": entry.household_id,
        "category": entry.category,
        "member_id": entry.member_id,
    }


def set_budget(uow: UnitOfWork, group_id: UUID, command: SetBudget) -> BudgetLine:
    """Say how much is to be spent on something: on a household, or beside them all."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_RECORD)
    _check_household(uow, group, command.household_id)
    line = uow.first(
        uow.select(BudgetLine).where(
            BudgetLine.group_id == group.id,
            BudgetLine.household_id.is_(None)
            if command.household_id is None
            else BudgetLine.household_id == command.household_id,
            BudgetLine.category == command.category,
        )
    )
    if line is None:
        line = BudgetLine(
            group_id=group.id, household_id=command.household_id, category=command.category
        )
        uow.session.add(line)
    line.cents = command.amount
    uow.session.flush()
    return line


def _check_day(uow: UnitOfWork, name: str, day: Any) -> None:
    if fault := rules.day_fault(day, uow.today):
        raise Invalid({name: [fault]})


def _check_household(uow: UnitOfWork, group: SponsorGroup, household_id: UUID | None) -> None:
    if household_id is not None and not uow.count(
        Sponsorship,
        Sponsorship.group_id == group.id,
        Sponsorship.household_id == household_id,
        Sponsorship.status.in_(TAKEN_ON),
    ):
        raise Invalid({"household_id": ["The group does not support this household."]})
