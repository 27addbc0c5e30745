"""Questions about what families said."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.settings import Settings
from resettle.voices import rules
from resettle.voices.models import Voice
from resettle.voices.rules import VoiceKind

MOST = 100


def of_household(uow: UnitOfWork, household_id: UUID) -> Sequence[Voice]:
    """List what people of a household said, what waits for an answer first."""
    household = uow.get(Household, household_id, to=Permission.VOICE_ANSWER)
    query = uow.select(Voice).where(Voice.household_id == household.id)
    ordered = query.order_by(Voice.outcome.is_not(None), Voice.said_at.desc(), Voice.id)
    uow.unlock([household.id])
    return uow.all(ordered.limit(MOST))


def own(uow: UnitOfWork, household_id: UUID) -> Sequence[Voice]:
    """List what the reader has said, the newest first."""
    uow.require(Permission.VOICE_SPEAK)
    query = uow.select(Voice).where(Voice.household_id == household_id)
    uow.unlock([household_id])
    return uow.all(query.order_by(Voice.said_at.desc(), Voice.id).limit(MOST))


def is_time_to_ask(uow: UnitOfWork, said: Sequence[Voice]) -> bool:
    """Say whether it is time to ask the reader again, by what they have said so far."""
    days = [day_of(voice.said_at) for voice in said if voice.kind is VoiceKind.RIGHT_FOR_US]
    return rules.is_time_to_ask(max(days, default=None), uow.today, uow.use(Settings).ask_days)


def statements(uow: UnitOfWork, household_id: UUID) -> Sequence[Voice]:
    """List the requests to correct that were not followed, or not decided yet."""
    found = of_household(uow, household_id)
    return [voice for voice in found if rules.is_statement(voice.kind, voice.outcome)]
