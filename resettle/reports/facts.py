"""What is on record for a report: within what its reader may know, and without a name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.funds import totals
from resettle.households.models import Household
from resettle.households.queries import stays
from resettle.milestones.models import Milestone
from resettle.milestones.queries import overdue_on, title_of
from resettle.placements.models import Dwelling, Sponsorship
from resettle.placements.queries import current_placement
from resettle.reports.models import GroupReport
from resettle.reports.rules import Stage
from resettle.roster.queries import hours
from resettle.sponsors.models import ReportDue

MOST = 200


@dataclass(frozen=True, slots=True)
class Met:
    code: str
    title: str
    domain: str
    met_on: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The filled part of a report. Days and amounts are text, so that it can be frozen as JSON."""

    from_on: str
    to_on: str
    persons: int
    joined: int
    left: int
    met: Sequence[Met]
    late: Mapping[str, int]
    contacts: int
    minutes: int
    received: int
    in_kind: int
    spent: int
    spent_since: int
    at_hand: int
    lives_since: str | None
    moved: bool
    tenancy_to: str | None

    @property
    def frozen(self) -> dict[str, object]:
        return asdict(self)


def gather(uow: UnitOfWork, due: ReportDue, household: Household) -> Facts:
    """Fill a report from what is on record since the last one."""
    since = since_of(uow, due, household)
    given = hours(uow, household.id, since, uow.today)
    money = totals.balances(uow, due.group_id, household.id)
    spent = totals.spent_by_day(uow, due.group_id, household.id)
    lives_since, tenancy_to = _home(uow, household.id)
    return Facts(
        from_on=since.isoformat(),
        to_on=uow.today.isoformat(),
        **_people(uow, household.id, since),
        met=_met(uow, household.id, since),
        late=_late(uow, household.id),
        contacts=given.shifts,
        minutes=given.minutes,
        received=money.received,
        in_kind=money.in_kind,
        spent=money.spent,
        spent_since=sum(cents for day, cents in spent.items() if since <= day <= uow.today),
        at_hand=money.at_hand,
        lives_since=lives_since.isoformat() if lives_since else None,
        moved=lives_since is not None and lives_since > since,
        tenancy_to=tenancy_to.isoformat() if tenancy_to else None,
    )


def since_of(uow: UnitOfWork, due: ReportDue, household: Household) -> date:
    """Name the day after which things are new: the last report's, or that of the beginning."""
    last = uow.first(
        uow.select(GroupReport)
        .where(
            GroupReport.household_id == household.id,
            GroupReport.group_id == due.group_id,
            GroupReport.report_due_id != due.id,
            GroupReport.stage != Stage.RETURNED,
        )
        .order_by(GroupReport.submitted_on.desc(), GroupReport.id)
    )
    if last is not None:
        return last.submitted_on
    began = uow.first(
        uow.select(Sponsorship)
        .where(Sponsorship.household_id == household.id, Sponsorship.group_id == due.group_id)
        .order_by(Sponsorship.proposed_on.desc(), Sponsorship.id)
    )
    starts = [household.arrived_on, began.start_on if began else None]
    return max([day for day in starts if day is not None], default=uow.today)


def _people(uow: UnitOfWork, household_id: UUID, since: date) -> dict[str, int]:
    found = stays(uow, [household_id])[household_id]
    today = uow.today
    return {
        "persons": sum(
            s.joined_on <= today and (not s.left_on or s.left_on > today) for s in found
        ),
        "joined": sum(since < s.joined_on <= today for s in found),
        "left": sum(s.left_on is not None and since < s.left_on <= today for s in found),
    }


def _met(uow: UnitOfWork, household_id: UUID, since: date) -> list[Met]:
    query = uow.select(Milestone).where(
        Milestone.household_id == household_id, Milestone.met_on > since
    )
    found = uow.all(query.order_by(Milestone.met_on, Milestone.code, Milestone.id).limit(MOST))
    return [Met(m.code, title_of(uow, m), m.domain, f"{m.met_on}") for m in found]


def _late(uow: UnitOfWork, household_id: UUID) -> dict[str, int]:
    query = uow.columns(Milestone, Milestone.domain).where(
        Milestone.household_id == household_id, overdue_on(uow.today)
    )
    return dict(Counter(row.domain for row in uow.rows(query)))


def _home(uow: UnitOfWork, household_id: UUID) -> tuple[date | None, date | None]:
    placement = current_placement(uow, household_id)
    if placement is None:
        return None, None
    dwelling = None if placement.dwelling_id is None else uow.find(Dwelling, placement.dwelling_id)
    return placement.start_on, None if dwelling is None else dwelling.tenancy_to
