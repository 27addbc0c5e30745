"""What is done about pulses: a link is made, and the questions are answered, once."""

from datetime import datetime, time
from uuid import UUID

from resettle.accounts.credentials import digest, new_token
from resettle.core.actor import NOWHERE, Actor, Role
from resettle.core.audit import AuditContext
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.pulses import queries, rules
from resettle.pulses.acts import AnswerPulse
from resettle.pulses.definition import PulseSettings
from resettle.pulses.models import PulseAnswer, PulseInvitation

OVER = "This was answered, or it is too late."
SOMEBODY = Actor(Role.SPONSOR_MEMBER)


def answer(uow: UnitOfWork, invitation_id: UUID, command: AnswerPulse) -> PulseInvitation:
    """Answer all questions of a pulse, once. What is kept of it does not say by whom."""
    invitation = uow.edit(PulseInvitation, invitation_id, to=Permission.PULSE_ANSWER)
    if not queries.is_open(uow, invitation):
        raise Conflict(OVER)
    codes = [*uow.use(PulseSettings).questions]
    if faults := rules.faults(command.values, codes):
        raise Invalid(faults)
    _let_nobody_be_named(uow, invitation)
    invitation.answered, invitation.token_hash = True, None
    about = {"group_id": invitation.group_id, "opened_on": invitation.opened_on}
    for code in codes:
        uow.session.add(PulseAnswer(**about, question=code, value=command.values[code]))
    uow.session.flush()
    return invitation


def _let_nobody_be_named(uow: UnitOfWork, invitation: PulseInvitation) -> None:
    """Let the trail say that somebody of a group answered in this round: not who, when or where."""
    trail: AuditContext = uow.session.info["audit"]
    trail.actor, trail.origin = SOMEBODY, NOWHERE
    trail.at = datetime.combine(invitation.opened_on, time(), AUCKLAND)


def renew(uow: UnitOfWork, invitation: PulseInvitation) -> str:
    """Give an invitation a new secret, which is told now and kept only hashed."""
    uow.require(Permission.PULSE_ANSWER)
    token = new_token()
    invitation.token_hash = digest(token)
    return token
