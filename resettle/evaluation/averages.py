"""Middles and means of groups, as figures that may be told (access.md 6.6, step 9)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from resettle.core.work import UnitOfWork
from resettle.evaluation import grouping, means, outcomes
from resettle.evaluation.definition import IndicatorDefinition, Measure
from resettle.evaluation.heeding import heard
from resettle.evaluation.means import Weighed
from resettle.evaluation.outcomes import Wait
from resettle.evaluation.rules import around, middle
from resettle.releases.making import Made, Task, plain, table_of
from resettle.releases.protect import Axes
from resettle.releases.telling import Counted, Number, Refused, Told

Figures = dict[str, Any]
KINDS = "incidents by kind"
MEANS: Mapping[
    Measure, Callable[[UnitOfWork, IndicatorDefinition, date], Mapping[str, Weighed]]
] = {
    Measure.HOURS: means.hours,
    Measure.COST: means.costs,
    Measure.INCIDENTS: means.incidents,
}


def of_days(uow: UnitOfWork, task: Task, definition: IndicatorDefinition) -> Made:
    """Tell the middle of a wait for groups that are large enough, in fives."""
    found = {w.unit: w for w in outcomes.waits(uow, definition, task.as_at)}
    counted = _counted(uow, task, definition, {u: w.household for u, w in found.items()})
    table, groups = grouping.told_groups(uow, task, counted)
    waits = [_group(each) | _wait(each, found) for each in groups]
    return Made({"waits": waits}, table.told, counted=counted)


def of_means(uow: UnitOfWork, task: Task, definition: IndicatorDefinition) -> Made:
    """Tell a mean for groups that are large enough, in steps that hide one household in it."""
    found = MEANS[definition.measure](uow, definition, task.as_at)
    counted = _counted(uow, task, definition, {home: home for home in found})
    table, groups = grouping.told_groups(uow, task, counted)
    told = [_group(each) | _mean(each, found, definition) for each in groups]
    figures: Figures = {"means": told, "steps": definition.in_steps}
    if definition.measure is not Measure.INCIDENTS:
        return Made(figures, table.told, counted=counted)
    kinds, kept = _kinds(uow, task, definition, [found[unit] for unit in groups[0].units])
    return Made(figures | {"kinds": kinds}, [*table.told, *kept], counted=counted)


def _kinds(
    uow: UnitOfWork, task: Task, definition: IndicatorDefinition, homes: Sequence[Weighed]
) -> tuple[list[Figures], Sequence[Told]]:
    """Tell incidents by kind of the whole programme alone; nothing where there are few of them.

    They are set against the months of those households that the mean itself is told of.
    """
    says, homes_of = heard(uow, definition, task), {each.household for each in task.people}
    counted = [
        each
        for each in means.kinds_of_incidents(uow, definition, task.as_at)
        if each.household in homes_of and says("", each.household)
    ]
    months = sum(each.weight for each in homes)
    try:
        table = table_of(uow, task, counted, Axes("kind", "incident", KINDS))
    except Refused:
        return [], ()
    rows = [(row, table.cells[row, means.INCIDENT]) for row in table.rows]
    return [
        {"kind": row, "n": plain(number), "rate": _rate(number, months, definition)}
        for row, number in rows
    ], table.told


def _rate(number: Number, months: float, definition: IndicatorDefinition) -> int | None:
    if not isinstance(number, int) or not months:
        return None
    return means.mean([Weighed(number, months)], definition)


def _counted(
    uow: UnitOfWork, task: Task, definition: IndicatorDefinition, homes: Mapping[str, str]
) -> list[Counted]:
    return grouping.counted_units(task, homes, heard(uow, definition, task))


def _group(group: grouping.Group) -> Figures:
    return {"group": group.name, "n": plain(group.n), "unknown": plain(group.unknown)}


def _wait(group: grouping.Group, found: Mapping[str, Wait]) -> Figures:
    values = sorted(found[unit].days for unit in group.units)
    low, high = around(values)
    return {"median": middle(values, 0.5), "low": low, "high": high, "most": middle(values, 0.9)}


def _mean(
    group: grouping.Group, found: Mapping[str, Weighed], definition: IndicatorDefinition
) -> Figures:
    values = [found[unit] for unit in group.units]
    low, high = means.interval(values, definition)
    return {"mean": means.mean(values, definition), "low": low, "high": high}
