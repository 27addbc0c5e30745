"""Questions about pulses: what a link opens, what waits for somebody, and how answers spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from resettle.accounts.credentials import digest
from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import BY_LINK, Actor, Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.pulses import rules
from resettle.pulses.definition import PulseSettings
from resettle.pulses.models import PulseAnswer, PulseInvitation
from resettle.pulses.rules import Spread

READ = Permission.STRAIN_READ


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link opens, and who holds it: they may answer, and do nothing else."""

    invitation_id: UUID
    actor: Actor


def is_open(uow: UnitOfWork, invitation: PulseInvitation) -> bool:
    return not invitation.answered and uow.today < invitation.closes_on


def by_token(uow: UnitOfWork, token: str) -> Asked | None:
    """Find what a link opens; None if it is good no more: answered, over, or the account shut."""
    query: Select[PulseInvitation] = (
        select(PulseInvitation)
        .join(UserAccount, UserAccount.id == PulseInvitation.user_id)
        .where(
            PulseInvitation.token_hash == digest(token), UserAccount.status == AccountStatus.ACTIVE
        )
    )
    found = uow.first(uow.touching(query, PulseInvitation, UserAccount))
    if found is None or not is_open(uow, found):
        return None
    actor = Actor(
        Role.SPONSOR_MEMBER,
        user_id=found.user_id,
        group_ids=frozenset({found.group_id}),
        scopes=frozenset({Permission.PULSE_ANSWER}),
        session_ref=f"{BY_LINK}{found.id}",
    )
    return Asked(found.id, actor)


def waiting(uow: UnitOfWork) -> PulseInvitation | None:
    """Find the pulse that waits for the reader, if there is one."""
    uow.require(Permission.PULSE_ANSWER)
    query = uow.select(PulseInvitation).where(
        PulseInvitation.user_id == uow.actor.user_id,
        PulseInvitation.answered.is_(False),
        PulseInvitation.closes_on > uow.today,
    )
    return uow.first(query.order_by(PulseInvitation.opened_on.desc(), PulseInvitation.id))


def last_round(uow: UnitOfWork, group_id: UUID) -> date | None:
    """Tell when a group was last asked."""
    query = uow.select(PulseInvitation).where(PulseInvitation.group_id == group_id)
    found = uow.first(query.order_by(PulseInvitation.opened_on.desc(), PulseInvitation.id))
    return None if found is None else found.opened_on


def spreads(uow: UnitOfWork, group_id: UUID) -> tuple[date | None, Sequence[Spread]]:
    """Tell how the answers of the last round that is over spread, question by question.

    A round that is still open is not told: from one look to the next a single answer would show.
    """
    settings = uow.use(PulseSettings)
    over = (
        PulseAnswer.group_id == group_id,
        PulseAnswer.opened_on <= uow.today - settings.open_for,
    )
    newest = uow.figures(READ, func.max(PulseAnswer.opened_on).label("day"), over=[PulseAnswer])
    day: date | None = uow.rows(newest.where(*over))[0].day
    many = func.count().label("many")
    query = uow.figures(READ, PulseAnswer.question, PulseAnswer.value, many, over=[PulseAnswer])
    query = query.where(PulseAnswer.group_id == group_id, PulseAnswer.opened_on == day)
    chosen: dict[str, dict[int, int]] = {}
    for row in uow.rows(query.group_by(PulseAnswer.question, PulseAnswer.value)):
        chosen.setdefault(row.question, {})[row.value] = row.many
    told = [rules.spread(q, chosen.get(q, {}), settings.least_answers) for q in settings.questions]
    return day, [each for each in told if each is not None]
