"""The night's look at which groups are asked again how it goes; each mail is a job of its own."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork
from resettle.placements.models import Sponsorship
from resettle.placements.seen import runs
from resettle.pulses import queries, rules
from resettle.pulses.definition import PulseSettings
from resettle.pulses.models import PulseInvitation
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.queries import trusted_on

ASK = "pulses:ask"
INVITE = "pulses:invite"
MORNING = time(9, 30)


def expect_pulses(uow: UnitOfWork, _event: object = None) -> None:
    """Leave the job that looks tomorrow whom to ask, unless it waits already.

    Whoever looks at the queues expects it too, so that it begins anew by its schedule if it was
    lost, and where groups supported households before anybody was asked.
    """
    after = uow.today + timedelta(days=1)
    uow.later(ASK, key=f"{ASK}:{after}", at=datetime.combine(after, MORNING, AUCKLAND))


def ask(uow: UnitOfWork, _payload: dict[str, Any]) -> None:
    """Ask every group that supports somebody, and was not asked for some weeks."""
    query = uow.columns(Sponsorship, Sponsorship.group_id).where(runs()).distinct()
    for row in uow.rows(query.order_by(Sponsorship.group_id)):
        last = queries.last_round(uow, row.group_id)
        if rules.is_due(last, uow.today, uow.use(PulseSettings).every):
            _ask_group(uow, row.group_id)
    expect_pulses(uow)


def _ask_group(uow: UnitOfWork, group_id: UUID) -> None:
    """Ask each member who has an account; nobody, where too few could answer to be shown."""
    settings = uow.use(PulseSettings)
    query = uow.columns(SponsorMember, SponsorMember.user_id).where(
        SponsorMember.group_id == group_id,
        SponsorMember.user_id.is_not(None),
        trusted_on(uow.today),
    )
    users = [row.user_id for row in uow.rows(query.order_by(SponsorMember.user_id))]
    if len(users) < settings.least_answers:
        return
    for user_id in users:
        invitation = uow.add(
            PulseInvitation(
                group_id=group_id,
                user_id=user_id,
                opened_on=uow.today,
                closes_on=uow.today + settings.open_for,
            )
        )
        uow.later(INVITE, invitation_id=str(invitation.id))
