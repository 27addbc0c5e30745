"""How figures are made of the people of a day: one maker for each kind of figure.

`wiring.py` says which kinds there are. A maker is called as the system, within the act that asked,
and hands back what may be told and what has to be remembered; it sees the ledger of its audience
only, and nothing of what it counts goes anywhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.releases.definition import Audience, ReleaseCatalogue
from resettle.releases.differencing import Ledger
from resettle.releases.keys import ReleaseKeys
from resettle.releases.population import Subject
from resettle.releases.protect import Axes, Past, Protected, protect
from resettle.releases.telling import Counted, Hidden, Told

OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Task:
    """What a maker is given: the question, the people as at the day, what was told before."""

    code: str
    by: str
    audience: Audience
    as_at: date
    people: Sequence[Subject]
    told: Sequence[Told]
    same_day: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Made:
    """Figures as they may be told, what they mean, and what the ledger has to keep of them."""

    figures: Mapping[str, Any]
    told: Sequence[Told]
    definition: Mapping[str, Any] = field(default_factory=dict)
    counted: Sequence[Counted] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of figure: what a code of it is called, for whom it is, and how it is made.

    `title` raises Invalid for an unknown code, and if the audience may not be told it.
    """

    title: Callable[[UnitOfWork, str, str, str], str]
    make: Callable[[UnitOfWork, Task], Made]


@dataclass(frozen=True, slots=True)
class Makers:
    """The kinds of figures by their name; each is a way through protect.py."""

    kinds: Mapping[str, Kind]


def table_of(uow: UnitOfWork, task: Task, counted: Sequence[Counted], axes: Axes) -> Protected:
    """Protect a table of the people of a task: the only call of `protect` on people of ours.

    Raises Refused if it may not be told.
    """
    keys = ReleaseKeys.of(uow.use(Keyring))
    same_day = [t for t in task.same_day if ("population", axes.population) in t.definition]
    past = Past(Ledger(task.told), same_day)
    return protect(counted, task.audience.policy, keys.rounding, axes, past)


def shown(table: Protected) -> dict[str, Any]:
    """Write a table down as it is told: numbers, S for small, null for withheld."""
    return {
        "rows": [*table.rows],
        "columns": [*table.columns],
        "cells": [[plain(table.cells[r, c]) for c in table.columns] for r in table.rows],
        "row_totals": [plain(table.row_totals[r]) for r in table.rows],
        "column_totals": [plain(table.column_totals[c]) for c in table.columns],
        "total": plain(table.total),
        "footer": table.footer,
    }


def plain(number: int | Hidden) -> int | str | None:
    return None if number is Hidden.WITHHELD else number


def counted_by(
    catalogue: ReleaseCatalogue, people: Sequence[Subject], rows: str, columns: str
) -> list[Counted]:
    """Count people by two of their traits, rare values of some rolled up."""
    common = {name: _common(catalogue, people, name) for name in (rows, columns)}
    return [
        Counted(
            each.person,
            each.household,
            common[rows].get(each.traits[rows], OTHER),
            common[columns].get(each.traits[columns], OTHER),
        )
        for each in people
    ]


def _common(catalogue: ReleaseCatalogue, people: Sequence[Subject], name: str) -> Mapping[str, str]:
    least, words = catalogue.dimensions[name].roll_up, catalogue.dimensions[name].words
    counts: dict[str, int] = {}
    for each in people:
        counts[each.traits[name]] = counts.get(each.traits[name], 0) + 1
    return {value: words.get(value, value) for value, count in counts.items() if count >= least}
