"""Finding sponsor groups by name, in any script and spelling, as households are found."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.names import folding, rules
from resettle.names.rules import Hit
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.queries import groups

MOST = 20


def named(uow: UnitOfWork, typed: str) -> Mapping[UUID, Hit]:
    """Tell which groups that the reader may know of bear a name, each with how near it is."""
    uow.require(Permission.GROUP_READ)
    words = folding.words(rules.name_in(typed))
    return rules.who_is_named(words, _vocabulary(uow)) if words else {}


def _vocabulary(uow: UnitOfWork) -> Mapping[folding.Word, Collection[UUID]]:
    """Fold the names now: there are few groups, so no index is kept of them."""
    model = SponsorGroup
    bearers: dict[folding.Word, set[UUID]] = {}
    for row in uow.rows(uow.columns(model, model.id, model.legal_name, model.trading_name)):
        for word in folding.words(row.legal_name, row.trading_name):
            bearers.setdefault(word, set()).add(row.id)
    return bearers


def find(uow: UnitOfWork, typed: str) -> list[Row[Any]]:
    """Find groups by name, the nearest first."""
    uow.require(Permission.GROUP_READ)
    hits = named(uow, typed)
    rows = uow.rows(groups(uow, ids=hits)) if hits else []
    return sorted(rows, key=lambda row: (-hits[row.id].score, row.legal_name))[:MOST]
