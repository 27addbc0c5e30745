"""What is done with packs: asked for with a purpose, made, opened a few times, forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from resettle.core.classes import READS_AUDITED
from resettle.core.errors import Conflict, Forbidden, TooMany
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.packs import rules
from resettle.packs.acts import AskPack
from resettle.packs.models import Pack, PackState

MAKE = "packs:make"
FORGET = "packs:forget"
DAY = timedelta(days=1)
NO_LONGER = "This pack can no longer be opened. Ask for a new one."


def ask(uow: UnitOfWork, household_id: UUID, command: AskPack) -> Pack:
    """Ask for the hand-over pack of a household. It is made by a job, as the asker may see it."""
    household = uow.get(Household, household_id, to=Permission.EXPORT_REQUEST)
    if uow.actor.scopes is not None or uow.actor.user_id is None:
        raise Forbidden("A pack is asked for by a person who is signed in, not by a program.")
    today = uow.count(Pack, Pack.asked_by == uow.actor.user_id, Pack.created_at > uow.now - DAY)
    if today >= rules.A_DAY_MOST:
        raise TooMany("You have asked for as many packs as one may in a day.", 3600)
    pack = uow.add(
        Pack(
            household_id=household.id,
            asked_by=uow.actor.user_id,
            purpose=command.purpose,
            recipient=command.recipient,
        )
    )
    uow.later(MAKE, pack_id=str(pack.id))
    return pack


def expect_forgetting(uow: UnitOfWork, pack: Pack, at: datetime) -> None:
    """Leave the job that forgets the file."""
    uow.require(Permission.EXPORT_REQUEST)
    uow.later(FORGET, at=at, pack_id=str(pack.id))


def open_once(uow: UnitOfWork, pack_id: UUID) -> Pack:
    """Open a pack for a minute, one of three times. Raises Conflict when it is no longer good."""
    pack = uow.edit(Pack, pack_id, to=Permission.EXPORT_DOWNLOAD)
    if pack.state is not PackState.READY or not rules.is_good(
        pack.ready_until, pack.downloads, uow.now
    ):
        raise Conflict(NO_LONGER)
    pack.downloads += 1
    pack.opened_until = uow.now + rules.OPEN_FOR
    return pack


class Opened:
    """The file of a pack, under a name without meaning."""

    media_type = "application/pdf"

    def __init__(self, pack: Pack) -> None:
        self.name = f"pack-{str(pack.id)[:8]}.pdf"
        self.content: bytes = pack.content


def content(uow: UnitOfWork, pack_id: UUID) -> Opened:
    """Give the file of a pack that was just opened, to whoever asked for it; it is on record."""
    pack = uow.get(Pack, pack_id, to=Permission.EXPORT_DOWNLOAD)
    uow.get(Household, pack.household_id, to=Permission.EXPORT_REQUEST)
    if pack.state is not PackState.READY or not rules.is_open(pack.opened_until, uow.now):
        raise Conflict(NO_LONGER)
    (audience,) = uow.audiences(Pack, [pack])
    uow.shown(audience, [("pack", each) for each in sorted(READS_AUDITED & audience.classes)])
    uow.acted("Pack", pack.id, change="downloaded")
    return Opened(pack)
