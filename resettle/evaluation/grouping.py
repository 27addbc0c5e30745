"""Groups of which a middle or a mean may be told: large enough, and counted on the release path."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from resettle.core.work import UnitOfWork
from resettle.evaluation.heeding import Heard
from resettle.evaluation.outcomes import NOT_KNOWN
from resettle.releases.making import Task, table_of
from resettle.releases.protect import Axes, Protected
from resettle.releases.telling import Counted, Number, Told

ALL, KNOWN = "All", "Counted"
LEAST = 30
USUAL = "stream"


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it may be told: how many count, of how many nothing is known, and who they are.

    `units` are those whose values may be told together; there are none of too few.
    """

    name: str
    n: Number
    unknown: Number
    units: Collection[str]


def counted_units(task: Task, households: Mapping[str, str], heard: Heard) -> list[Counted]:
    """Put units into the groups of their households; those of nobody on record are left out."""
    by = task.by or USUAL
    homes = {each.household: each for each in task.people}
    return [
        Counted(unit, home, homes[home].traits[by], KNOWN if heard("", home) else NOT_KNOWN)
        for unit, home in households.items()
        if home in homes
    ]


def told_groups(
    uow: UnitOfWork, task: Task, counted: Sequence[Counted]
) -> tuple[Protected, list[Group]]:
    """Say how many are in each group, the whole first. Raises Refused of too few at all."""
    by, population = task.by or USUAL, ("population", f"indicator {task.code}")
    table = table_of(uow, task, counted, Axes(by, "outcome", population[1]))
    told = {each.definition: each for each in table.told}
    known = {each.person for each in counted if each.column == KNOWN}
    groups = []
    for row in (ALL, *table.rows):
        named = {population} if row == ALL else {population, (by, row)}
        count, rest = (told.get(frozenset(named | {("outcome", c)})) for c in (KNOWN, NOT_KNOWN))
        groups.append(Group(row, _number(count), _number(rest), _units(count, known)))
    return table, groups


def _number(told: Told | None) -> Number:
    return 0 if told is None else told.number


def _units(told: Told | None, known: Collection[str]) -> Collection[str]:
    """Name the units whose values may be told together.

    A number that stands from before is of those who made it up then: who came since would be news.
    """
    if told is None or not isinstance(told.number, int):
        return ()
    units = [unit for unit in told.members if unit in known]
    return units if len(units) >= LEAST else ()
