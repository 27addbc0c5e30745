"""Groups of which a middle or a mean may be told: large enough, and counted anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.releases.counting import floor, told_of
from resettle.releases.differencing import Ledger
from resettle.releases.keys import ReleaseKeys
from resettle.releases.making import Task
from resettle.releases.telling import Counted, Told

ALL = "All"
LEAST = 30
USUAL = "stream"


def counted_units(task: Task, households: Mapping[str, str]) -> list[Counted]:
    """Put units into the groups of their households; those of nobody on record are left out."""
    by = task.by or USUAL
    homes = {each.household: each for each in task.people}
    return [
        Counted(unit, home, homes[home].traits[by], ALL)
        for unit, home in households.items()
        if home in homes
    ]


def told_groups(uow: UnitOfWork, task: Task, counted: Sequence[Counted]) -> list[Told]:
    """Say how many are in each group, the whole first. Raises Refused of too few at all."""
    floor(counted, task.audience.policy)
    groups = [(ALL, counted)]
    groups += [(g, [c for c in counted if c.row == g]) for g in sorted({c.row for c in counted})]
    return [_told(uow, task, name, group) for name, group in groups]


def _told(uow: UnitOfWork, task: Task, name: str, counted: Sequence[Counted]) -> Told:
    members = {each.person: each.household for each in counted}
    named = {("population", f"indicator {task.code}")}
    named |= set() if name == ALL else {(task.by or USUAL, name)}
    keys = ReleaseKeys.of(uow.use(Keyring))
    said = Ledger(task.told).says(frozenset(named), members)
    if said is None:
        said = told_of(members, task.audience.policy, keys.rounding)
    return Ledger(task.told).fixed(Told(frozenset(named), members, said))


def group_of(told: Told) -> str:
    return next((value for name, value in told.definition if name != "population"), ALL)


def units_to_tell(told: Told) -> Sequence[Any]:
    """Name the units whose values may be told together.

    There are none of a group whose number stands from before: its values would be others' news.
    """
    fresh = isinstance(told.number, int) and abs(told.number - len(told.members)) <= 2  # noqa: PLR2004  # what rounding does
    return [*told.members] if fresh and len(told.members) >= LEAST else []
