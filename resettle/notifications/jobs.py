"""What the worker does for reminders: it looks at the queues again and again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import Role
from resettle.core.work import UnitOfWork
from resettle.notifications import group_telling, mailing, rules, telling
from resettle.notifications.group_queries import OF_GROUPS
from resettle.pulses.jobs import expect_pulses
from resettle.pulses.models import PulseInvitation
from resettle.surveys.models import SurveyInvitation

LOOK = "notifications:look"
REMIND = "notifications:remind"
EVERY = timedelta(minutes=15)


def expect_looks(uow: UnitOfWork, _event: object = None) -> None:
    """Leave the job that looks at the queues next, unless it waits already."""
    at = rules.next_look(uow.now, EVERY)
    uow.later(LOOK, key=f"{LOOK}:{at:%Y-%m-%dT%H:%M}", at=at)


def look(uow: UnitOfWork, _payload: dict[str, Any]) -> None:
    """Leave a job for each who is told anything, so that a long queue holds up nobody else’s."""
    query: Any = (
        select(RoleGrant.user_id)
        .join(UserAccount, UserAccount.id == RoleGrant.user_id)
        .where(
            RoleGrant.role.in_({Role.CASEWORKER, *OF_GROUPS}),
            RoleGrant.until_at.is_(None),
            UserAccount.status == AccountStatus.ACTIVE,
        )
        .order_by(RoleGrant.user_id)
    )
    for row in uow.rows(uow.touching(query, RoleGrant, UserAccount)):
        uow.later(REMIND, key=f"{REMIND}:{row.user_id}", user_id=str(row.user_id))
    expect_looks(uow)
    expect_pulses(uow)


def invite(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Send a member of a sponsor group the link to a survey; no mail, no link."""
    invitation = uow.find(SurveyInvitation, UUID(payload["invitation_id"]))
    if invitation is not None:
        mailing.invite(uow, invitation)


def ask_pulse(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Send a member of a sponsor group the link to a pulse."""
    invitation = uow.find(PulseInvitation, UUID(payload["invitation_id"]))
    if invitation is not None:
        mailing.ask_pulse(uow, invitation)


def remind(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    user_id = UUID(payload["user_id"])
    telling.remind(uow, user_id)
    group_telling.remind(uow, user_id)
