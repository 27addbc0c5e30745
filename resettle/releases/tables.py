"""Tables of the catalogue: people of a population, counted by two of their traits."""

from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.releases.definition import ReleaseCatalogue, TableDefinition
from resettle.releases.making import Kind, Made, Task, counted_by, shown, table_of
from resettle.releases.protect import Axes

KIND = "table"


def title(uow: UnitOfWork, code: str, _by: str, audience: str) -> str:
    """Name a table. Raises Invalid if there is none, or if the audience may not have it."""
    table = _of(uow, code)
    if audience not in table.audiences:
        raise Invalid({"audience": ["This table is not for this audience."]})
    return table.title


def make(uow: UnitOfWork, task: Task) -> Made:
    """Make a table. Raises Refused if it may not be told."""
    table, catalogue = _of(uow, task.code), uow.use(ReleaseCatalogue)
    people = [each for each in task.people if table.population in each.populations]
    counted = counted_by(catalogue, people, table.rows, table.columns)
    columns = catalogue.dimensions[table.columns]
    axes = Axes(table.rows, table.columns, table.population, columns.sensitive)
    protected = table_of(uow, task, counted, axes)
    return Made(
        figures=shown(protected),
        told=protected.told,
        counted=counted,
        definition={
            "population": table.population,
            "rows": catalogue.dimensions[table.rows].title,
            "columns": columns.title,
        },
    )


def _of(uow: UnitOfWork, code: str) -> TableDefinition:
    table = uow.use(ReleaseCatalogue).tables.get(code)
    if table is None:
        raise Invalid({"code": ["There is no such table."]})
    return table


TABLES = Kind(title, make)
