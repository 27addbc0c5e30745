"""How the rows of a list are written: the fields that the API shows to the same reader."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.exports.datasets import REFERENCE, Dataset, home_of
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.milestones.schemas import MilestoneShape
from resettle.sponsors.shapes import GroupShape
from resettle.tasks.schemas import TaskShape
from resettle.web.schema import Shape

Cells = list[str]
SHAPES: Mapping[str, type[Shape]] = {
    "households": HouseholdShape,
    "milestones": MilestoneShape,
    "tasks": TaskShape,
    "sponsor-groups": GroupShape,
}


def cells(
    uow: UnitOfWork, dataset: Dataset, rows: Sequence[Any], columns: Sequence[str]
) -> list[Cells]:
    """Write rows as texts, with the fields that their reader is shown."""
    known = _references(uow, dataset, rows)
    told = _shape(dataset, columns).many_of(uow, rows)
    return [
        [
            known[home_of(dataset, row)] if column == REFERENCE else _text(shown.get(column))
            for column in columns
        ]
        for row, shown in zip(rows, told, strict=True)
    ]


def classes(dataset: Dataset, columns: Sequence[str]) -> list[tuple[str, DataClass]]:
    """Name the classes of the chosen columns, for the record of looks."""
    fields = {each.key: each.data_class for each in _shape(dataset, columns).compiled()}
    return [(column, fields.get(column, DataClass.OPS)) for column in columns]


def _shape(dataset: Dataset, columns: Sequence[str]) -> Shape:
    """Show no more than the chosen columns, so that no more is on record as looked at."""
    return SHAPES[dataset.code](only=[column for column in columns if column != REFERENCE])


def _references(uow: UnitOfWork, dataset: Dataset, rows: Sequence[Any]) -> Mapping[UUID, str]:
    if not dataset.of_households:
        return {}
    ids = {home_of(dataset, row) for row in rows}
    uow.unlock(ids)
    query = uow.columns(Household, Household.id, Household.reference).where(Household.id.in_(ids))
    return {row.id: row.reference for row in uow.rows(query)}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
