"""Which lists can be taken out: their columns, the day that they are chosen by, who may have them.

Rows and fields are those that the API shows to the same reader: the scope chooses the rows, the
audience the fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.db import Entity
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports.models import ListExport
from resettle.households.models import Household
from resettle.milestones.models import Milestone
from resettle.sponsors.models import SponsorGroup
from resettle.tasks.models import Task

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A list: what its rows are, and of each column what it says.

    `day` is the column by which a span of days chooses. With `of_households` each row is of one,
    which is named by its file number.
    """

    code: str
    title: str
    model: type[Entity]
    permission: Permission
    day: Any
    columns: Mapping[str, str]
    of_households: bool = True


DATASETS: Mapping[str, Dataset] = {
    each.code: each
    for each in (
        Dataset(
            "households",
            "Households",
            Household,
            Permission.CASE_READ,
            Household.arrived_on,
            {
                REFERENCE: "File number",
                "name": "Name of the household",
                "stream": "Stream by which it came",
                "programme_code": "Programme",
                "location": "Code of the settlement location",
                "primary_language": "Language, ISO 639-3",
                "needs_interpreter": "Whether an interpreter is needed",
                "arrived_on": "Day of arrival in New Zealand",
                "placed_on": "Day on which it moved in",
                "support_end_on": "Day on which support ends",
            },
        ),
        Dataset(
            "milestones",
            "Milestones",
            Milestone,
            Permission.QUEUE_READ,
            Milestone.due_on,
            {
                REFERENCE: "File number",
                "code": "Code of the milestone in the programme",
                "title": "Milestone",
                "domain": "Part of life",
                "due_on": "Day on which it is due",
                "state": "How it stands, as at the day of the export",
                "met_on": "Day on which it was met",
            },
        ),
        Dataset(
            "tasks",
            "Tasks",
            Task,
            Permission.TASK_READ,
            Task.due_on,
            {
                REFERENCE: "File number",
                "title": "What is to be done",
                "category": "Kind of task",
                "due_on": "Day on which it is due",
                "status": "How it stands",
                "done_on": "Day on which it was done",
            },
        ),
        Dataset(
            "sponsor-groups",
            "Sponsor groups",
            SponsorGroup,
            Permission.GROUP_MOVE,
            SponsorGroup.status_since,
            {
                "legal_name": "Name of the legal body",
                "location": "Place",
                "status": "Stage in the programme",
                "status_since": "Since when it stands there",
                "max_persons": "Persons it may support",
                "persons_now": "Persons it supports",
                "max_households": "Households it may support",
                "households_now": "Households it supports",
            },
            of_households=False,
        ),
    )
}


def offered(uow: UnitOfWork) -> Sequence[Dataset]:
    """Name the lists that the reader may take out."""
    uow.require(Permission.LIST_EXPORT)
    return [each for each in DATASETS.values() if uow.allows(each.permission)]


def chosen(uow: UnitOfWork, dataset: Dataset, export: ListExport) -> Select[Any]:
    """Ask for the rows of a list that its asker may know of, within the days asked for."""
    query: Select[Any] = uow.select(dataset.model)
    if export.from_on is not None:
        query = query.where(dataset.day >= export.from_on)
    if export.until_on is not None:
        query = query.where(dataset.day <= export.until_on)
    return query


def homes(dataset: Dataset, rows: Sequence[Any]) -> set[str]:
    return {str(home_of(dataset, row)) for row in rows} if dataset.of_households else set()


def home_of(dataset: Dataset, row: Any) -> UUID:
    home: UUID = row.id if dataset.model is Household else row.household_id
    return home
