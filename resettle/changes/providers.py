"""All households of a place go from one provider to another on a day, in one act.

Whoever does this sees file numbers only. Who looked after a household loses it on that day; that
they did stays on record, and open tasks go to whoever takes over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import cycle
from uuid import UUID

from sqlalchemy import or_

from resettle.cases import assigning
from resettle.cases.acts import AssignCaseworker
from resettle.cases.models import Assignment, AssignmentKind
from resettle.changes.acts import ChangeProvider
from resettle.changes.events import ProviderChanged
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.rehearsal import rehearsal
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

TAKE_OVER = "changes:take-over"


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of one household: who looks after it from the day on, or why it stays."""

    household_id: UUID
    reference: str
    user_id: UUID | None = None
    why_not: str = ""


def preview_provider(uow: UnitOfWork, command: ChangeProvider) -> Sequence[TakenOver]:
    """Tell of each household who would look after it, without changing anything."""
    uow.require(Permission.PROVIDER_CHANGE)
    with rehearsal(uow):
        return change_provider(uow, command)


def change_provider(uow: UnitOfWork, command: ChangeProvider) -> Sequence[TakenOver]:
    """Hand every active household of some places to another provider's caseworkers.

    What cannot go is told of its household, and keeps nobody else's from going.
    """
    uow.require(Permission.PROVIDER_CHANGE)
    if command.from_provider == command.to_provider:
        raise Invalid({"to_provider": ["Name another provider than before."]})
    workers = cycle(command.user_ids)
    found = [_take_over(uow, each, next(workers), command) for each in _active(uow, command)]
    if command.on > uow.today and found:
        moved = [str(each.household_id) for each in found if each.user_id]
        at = datetime.combine(command.on, time(), AUCKLAND)
        uow.later(TAKE_OVER, at=at, household_ids=moved, provider=command.to_provider)
    return found


def _active(uow: UnitOfWork, command: ChangeProvider) -> Sequence[Household]:
    query = uow.select(Household).where(
        Household.location.in_(command.locations),
        Household.provider == command.from_provider,
        Household.exited_on.is_(None),
    )
    return uow.all(query.order_by(Household.reference).with_for_update())


def _take_over(
    uow: UnitOfWork, household: Household, user_id: UUID, command: ChangeProvider
) -> TakenOver:
    takes = AssignCaseworker(
        user_id=user_id, kind=AssignmentKind.PRIMARY, from_on=command.on, reason=command.reason
    )
    # Looked up first: whoever hands over may lose sight of the household with it.
    others = [*_others(uow, household, command.on)]
    try:
        assigning.put(uow, household, takes)
    except Conflict as error:
        return TakenOver(household.id, household.reference, why_not=str(error))
    except Invalid as error:
        first = next(iter(error.errors.values()))[0]
        return TakenOver(household.id, household.reference, why_not=first)
    for other in others:
        other.until_on = max(other.from_on, command.on)
    uow.session.flush()
    if command.on <= uow.today:
        take_effect(uow, household, command.to_provider)
    return TakenOver(household.id, household.reference, user_id)


def _others(uow: UnitOfWork, household: Household, on: date) -> Iterator[Assignment]:
    """Name the second caseworkers and those who stand in, on the day or later."""
    query = uow.select(Assignment).where(
        Assignment.household_id == household.id,
        or_(Assignment.until_on.is_(None), Assignment.until_on > on),
    )
    yield from uow.all(query.order_by(Assignment.id))


def take_effect(uow: UnitOfWork, household: Household, provider: str) -> None:
    """Let the new provider have the household from today on."""
    before, household.provider = household.provider, provider
    uow.session.flush()
    uow.emit(ProviderChanged(household.id, before, provider))
