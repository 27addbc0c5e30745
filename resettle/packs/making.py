"""Packs are made here, with the authority that whoever asked for them has by now."""

from typing import Any
from uuid import UUID

from resettle.accounts.loader import if_active
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.packs import rules
from resettle.packs.models import Pack, PackState
from resettle.packs.printing import handed_over
from resettle.packs.sections import summary
from resettle.packs.service import expect_forgetting
from resettle.web.frame import moment


def make(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Write a pack. Who may no longer see the household gets none."""
    pack = uow.find(Pack, UUID(payload["pack_id"]))
    if pack is None or pack.state is not PackState.WAITING:
        return
    system, asker = uow.actor, if_active(uow, pack.asked_by)
    if asker is None:
        pack.state = PackState.REFUSED
        return
    uow.actor = asker
    try:
        _make(uow, pack)
    finally:
        uow.actor = system
    if pack.ready_until is not None:
        expect_forgetting(uow, pack, pack.ready_until)


def _make(uow: UnitOfWork, pack: Pack) -> None:
    household = uow.find(Household, pack.household_id)
    if household is None or not uow.allows(Permission.EXPORT_REQUEST, household):
        pack.state = PackState.REFUSED
        return
    until = uow.now + rules.VALID
    told = summary(uow, household.id)
    pack.content = handed_over(
        told,
        [
            f"Hand-over pack of {moment(uow.now)}, taken by {uow.actor.name}",
            f"For: {pack.recipient}",
            f"Purpose: {pack.purpose}",
            "Confidential. Keep it under lock, and destroy it when it has served its purpose.",
        ],
        uow.now,
    )
    pack.state, pack.ready_until = PackState.READY, until


def forget(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Forget the file of a pack after a day; that it was made stays on record."""
    pack = uow.find(Pack, UUID(payload["pack_id"]))
    if pack is not None:
        pack.content, pack.state = None, PackState.FORGOTTEN
