"""Makers for what a desk shows: households with milestones, and the clients that look at them."""

from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.work import Transactions, UnitOfWork
from resettle.households.models import Household, PersonLanguage, Stream
from resettle.milestones.models import Milestone, Status
from tests.journeys import a_quota_case, at
from tests.world import a_caseworker, a_household, a_member

TODAY = date(2026, 3, 2)
QUOTA = {"stream": Stream.QUOTA, "programme_code": "rqp", "programme_version": 3}
ROLES = {role: Actor(role, user_id=UUID(int=9)) for role in Role if role is not Role.SYSTEM}


def a_step(uow: UnitOfWork, household: Household, **facts: Any) -> Milestone:
    """Make a milestone of the household that is due in a week."""
    usual = {
        "household_id": household.id,
        "code": "PRE-05",
        "domain": "HOU",
        "programme_code": "rqp",
        "programme_version": 3,
        "due_on": TODAY + timedelta(days=7),
        "due_rule": "placed - 1 days",
        "status": Status.NOT_STARTED,
    }
    return uow.add(Milestone(**usual | facts))


def a_quota_household(uow: UnitOfWork, **facts: Any) -> Household:
    """Make a household of one woman, with her name in her own script."""
    household = a_household(uow, **QUOTA | {"location": "PMR"} | facts)
    person = a_member(uow, household, family_name="Haidari", name_in_script="زهرا حیدری")
    uow.add(PersonLanguage(person_id=person.id, language="prs"))
    return household


def a_desk(transactions: Transactions, number: int = 1) -> tuple[Actor, list[UUID]]:
    """Make a caseworker with so many households, each with a case and two milestones."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        households = [a_quota_household(uow) for _ in range(number)]
        for household in households:
            at(a_quota_case(uow, household), "RECEPTION")
            a_step(uow, household, code="PRE-06", domain="ARR", due_on=date(2026, 2, 20))
            a_step(uow, household)
        worker = a_caseworker(uow, *households)
    return worker, [household.id for household in households]


@contextmanager
def counted_reads(connection: Connection):
    """Count the reading statements that are sent meanwhile."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)
