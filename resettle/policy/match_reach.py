"""How far knowledge of placements reaches: caseworkers, and who is trusted with placing."""

from typing import Any

from sqlalchemy import ColumnElement, false, true

from resettle.core.actor import Duty, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.policy import reach, relations

KNOW_PLACES = frozenset({Role.CASEWORKER, Role.PROGRAMME_MANAGER})


def _places_households(uow: UnitOfWork) -> bool:
    """Say whether the reader is a caseworker who places the households of all others too."""
    duties = uow.actor.duties
    return uow.actor.role is Role.CASEWORKER and Duty.PLACEMENT_OFFICER in duties


def place_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return true() if uow.actor.role in KNOW_PLACES else false()


def run_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return true() if Duty.PLACEMENT_OFFICER in uow.actor.duties else false()


def decided(column: Any) -> Scope:
    """Rows of what was decided for a household: its caseworkers, and the placement officer."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if _places_households(uow):
            return column.not_in(relations.denied_to(uow))  # type: ignore[no-any-return]
        return reach.for_caseworkers(column)(uow)

    return scope


def matched(column: Any) -> Scope:
    """Households of a run: the placement officer, and nobody who is kept from one of them."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if not _places_households(uow):
            return false()
        return column.not_in(relations.denied_to(uow))  # type: ignore[no-any-return]

    return scope
