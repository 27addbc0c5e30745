"""Figures that left the team: asked for by the manager, let go by a second one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func

from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.households.models import Household, HouseholdMember
from resettle.releases import service
from resettle.releases.acts import AskRelease

# Who does not agree to be counted: one in so many.
SILENT = 9
ASKED = (
    AskRelease("people-by-age-and-sex", "ministry"),
    AskRelease("people-by-location-and-stream", "ministry"),
    AskRelease("people-by-age-and-sex", "public"),
    AskRelease("IND-GP-14d", "ministry", "indicator"),
    AskRelease("IND-SCH-14d", "ministry", "indicator"),
    AskRelease("IND-ENG-CLASS-30d", "ministry", "indicator"),
    AskRelease("IND-MS-ONTIME-90", "ministry", "indicator"),
    AskRelease("IND-WAIT-DAYS", "ministry", "indicator"),
    AskRelease("HEA-01", "ministry", "survival"),
    AskRelease("EMP-05", "ministry", "survival"),
)


def tell(past: Past, people: Staff, today: date) -> None:
    """Let families say whether they are counted, and figures go to their audiences."""
    with past.on(today - timedelta(days=30)) as uow:
        _agree(uow)
    manager, second = (people.actors[f"{name}@demo.test"] for name in ("manager", "panel"))
    asked: list[UUID] = []
    for command in ASKED:
        with past.on(today, manager) as uow:
            release = service.ask(uow, command)
            uow.settle()
            asked += [release.id] if release.status == "made" else []
    with past.on(today, second) as uow:
        for release_id in asked:
            service.confirm(uow, release_id)


def _agree(uow: UnitOfWork) -> None:
    """Let most of those who have arrived agree to evaluation."""
    member = HouseholdMember
    said = uow.columns(
        ConsentEntry, ConsentEntry.person_id, func.max(ConsentEntry.seq).label("seq")
    )
    rows = uow.rows(said.group_by(ConsentEntry.person_id))
    last: dict[UUID, int] = {row.person_id: row.seq for row in rows}
    query = uow.columns(member, member.person_id, member.household_id)
    query = query.join(Household, Household.id == member.household_id)
    query = query.where(Household.arrived_on.is_not(None), member.left_on.is_(None))
    at_home = uow.rows(uow.touching(query.order_by(member.id), Household))
    for number, row in enumerate(at_home):
        if number % SILENT:
            seq = last.get(row.person_id, 0) + 1
            uow.session.add(_yes(row.person_id, row.household_id, seq, uow.now))


def _yes(person_id: UUID, household_id: UUID, seq: int, at: datetime) -> ConsentEntry:
    return ConsentEntry(
        seq=seq,
        person_id=person_id,
        household_id=household_id,
        purpose=Purpose.EVALUATION,
        item=Item.ALL,
        recipient_type=RecipientType.EVALUATION,
        decision=Decision.GIVE,
        method=Method.VERBAL_INTERPRETED,
        language="en",
        text_version="2026-1",
        recorded_at=at,
        valid_from=at,
    )
