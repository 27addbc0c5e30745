"""The books and the reports of one group: money in every state, and a report in each."""

from datetime import date, timedelta
from uuid import UUID

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.funds import deciding, service
from resettle.funds.acts import (
    MakePledge,
    Reasoned,
    RecordGift,
    RecordRefund,
    RecordSpending,
    SetBudget,
)
from resettle.funds.rules import Category, Kind, Valuation
from resettle.placements.queries import running_of_group
from resettle.reports import service as reports
from resettle.reports.acts import ReturnReport, SubmitReport
from resettle.reports.rules import DOMAINS, Status
from resettle.sponsors.models import MemberRole, ReportDue, SponsorMember
from resettle.sponsors.queries import live_members_of

DAYS = timedelta(days=1)
COORDINATOR = "coordinator@demo.test"
BUDGET = {Category.RENT: 5200_00, Category.FOOD: 2400_00, Category.FURNITURE: 900_00}
SPENT = (
    (80, Category.BOND, 1840_00),
    (76, Category.WHITEWARE, 420_00),
    (52, Category.FOOD, 186_40),
    (41, Category.SCHOOL, 95_00),
    (33, Category.FOOD, 204_10),
    (12, Category.DRIVING_LESSONS, 140_00),
)


def keep(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Keep a group's books for three months, and let its reports be written and read."""
    coordinator = _coordinator(staff, group_id)
    with past.on(today - 90 * DAYS) as uow:
        spender = _treasurer(uow, group_id)
        _promised_and_given(uow, group_id)
    for back, category, cents in SPENT:
        _spend(past, coordinator, group_id, spender, (today - back * DAYS, category, cents))
    _waits_or_was_wrong(past, coordinator, group_id, spender, today)
    _reports(past, coordinator, group_id, today)


def _coordinator(staff: Staff, group_id: UUID) -> Actor:
    user_id = staff.actors[COORDINATOR].user_id
    return Actor(Role.SPONSOR_COORDINATOR, user_id, group_ids=frozenset({group_id}))


def _treasurer(uow: UnitOfWork, group_id: UUID) -> UUID:
    """Let the member who has an account keep the books, and another one spend."""
    members = live_members_of(uow, group_id)
    keeper = next(m for m in members if MemberRole.COORDINATOR not in m.roles and m.user_id)
    keeper.roles = [*keeper.roles, MemberRole.TREASURER.value]
    spender: SponsorMember = next(m for m in members if m.user_id is None)
    return spender.id


def _promised_and_given(uow: UnitOfWork, group_id: UUID) -> None:
    day = uow.today
    for category, cents in BUDGET.items():
        service.set_budget(uow, group_id, SetBudget(category, cents))
    monthly = MakePledge(150_00, day, day, months=18, pledger="Parish collection")
    pledge = service.pledge(uow, group_id, monthly)
    service.pledge(uow, group_id, MakePledge(500_00, day + 120 * DAYS, day, pledger="T. Walker"))
    for kind, cents, donor in (
        (Kind.FUNDRAISING, 2350_00, "Quiz night"),
        (Kind.GRANT, 1500_00, "Community trust"),
        (Kind.DONATION_CASH, 200_00, None),
    ):
        service.record_gift(uow, group_id, RecordGift(kind, cents, day, donor=donor))
    paid = RecordGift(Kind.DONATION_CASH, 450_00, day, pledge_id=pledge.id)
    service.record_gift(uow, group_id, paid)
    sofa = RecordGift(Kind.DONATION_IN_KIND, 280_00, day, Category.FURNITURE)
    service.record_gift(uow, group_id, _valued(sofa))


def _valued(gift: RecordGift) -> RecordGift:
    return RecordGift(
        gift.kind, gift.amount, gift.happened_on, gift.category, Valuation.SECOND_HAND_PRICE
    )


def _spend(
    past: Past,
    coordinator: Actor,
    group_id: UUID,
    spender: UUID,
    what: tuple[date, Category, int],
) -> UUID:
    """Record what was spent, and have the coordinator approve it the day after."""
    day, category, cents = what
    with past.on(day) as uow:
        command = RecordSpending(
            cents, category, day, no_receipt="The receipt is with the minutes", member_id=spender
        )
        entry = service.record_spending(uow, group_id, command)
    with past.on(day + DAYS, coordinator) as uow:
        deciding.approve(uow, entry.id)
    return entry.id


def _waits_or_was_wrong(
    past: Past, coordinator: Actor, group_id: UUID, spender: UUID, today: date
) -> None:
    """Leave spending that waits, that was refused, taken back, and of which money came back."""
    wrong = _spend(past, coordinator, group_id, spender, (today - 20 * DAYS, Category.FUEL, 600_00))
    bed = _spend(
        past, coordinator, group_id, spender, (today - 25 * DAYS, Category.FURNITURE, 320_00)
    )
    with past.on(today - 10 * DAYS) as uow:
        service.correct(uow, wrong, Reasoned("It was 60.00, not 600.00"))
        service.refund(uow, bed, RecordRefund(80_00, uow.today))
        for category, cents in ((Category.FUEL, 60_00), (Category.EVENT, 75_00)):
            last = RecordSpending(
                cents, category, uow.today, no_receipt="Paid in cash", member_id=spender
            )
            refused = service.record_spending(uow, group_id, last)
    with past.on(today - 9 * DAYS, coordinator) as uow:
        deciding.refuse(uow, refused.id, Reasoned("The group bears its own evenings."))


def _reports(past: Past, coordinator: Actor, group_id: UUID, today: date) -> None:
    """Write the newest reports of the households: one accepted, one returned, one to be read."""
    with past.on(today) as uow:
        homes = [match.household_id for match in running_of_group(uow, group_id)]
        owed = uow.select(ReportDue).where(
            ReportDue.household_id.in_(homes), ReportDue.due_on <= today
        )
        order = (ReportDue.due_on.desc(), ReportDue.id)
        newest = uow.all(owed.order_by(*order).limit(3))
        for due in newest:  # these are written here; those before them came on paper
            due.submitted_on = None
    dues = [due.id for due in newest]
    stands = {d: Status.NEEDS_HELP if d == "HOU" else Status.ON_TRACK for d in DOMAINS}
    filled = SubmitReport(stands, {"HOU": "The heater is on order."}, needs="A second pushchair")
    for number, due_id in enumerate(dues):
        with past.on(today - 3 * DAYS, coordinator) as uow:
            edition = reports.submit(uow, due_id, filled)
        if number < 2:  # noqa: PLR2004  # the third waits to be read
            _answered(past, edition.id, today, accepted=number == 0)


def _answered(past: Past, report_id: UUID, today: date, *, accepted: bool) -> None:
    with past.on(today - DAYS, SYSTEM) as uow:
        if accepted:
            reports.accept(uow, report_id)
        else:
            asked = {"HOU": "By when does the heater come?"}
            reports.send_back(uow, report_id, ReturnReport(asked))
