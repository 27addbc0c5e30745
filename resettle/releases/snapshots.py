"""The people of a day, frozen: read once, kept sealed, the same for every figure of that day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.releases.keys import ReleaseKeys, digest
from resettle.releases.models import Snapshot
from resettle.releases.population import Subject, subjects

# What the first snapshots did not keep: who has gone, and who moved out.
UNSAID = (None, True)


def of_day(uow: UnitOfWork, as_at: date) -> tuple[Snapshot, Sequence[Subject]]:
    """Give the snapshot of a day and who is in it; taken now if there is none. As the system."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    kept = uow.first(uow.select(Snapshot).where(Snapshot.as_at == as_at))
    if kept is not None:
        return kept, [_read(row) for row in keys.unseal(_place(kept), kept.content)]
    people = subjects(uow, as_at)
    rows = [_written(each) for each in people]
    taken = Snapshot(id=uuid4(), as_at=as_at, taken_at=uow.now, digest=digest(rows))
    taken.content = keys.seal(_place(taken), rows)
    return uow.add(taken), people


def _place(snapshot: Snapshot) -> str:
    return f"release_snapshot|{snapshot.id}"


def _written(each: Subject) -> list[Any]:
    return [
        each.person,
        each.household,
        dict(each.traits),
        sorted(each.populations),
        each.arrived_on and each.arrived_on.isoformat(),
        each.left_on and each.left_on.isoformat(),
        each.born_on.isoformat(),
        each.agreed,
        each.gone_on and each.gone_on.isoformat(),
        each.at_home,
    ]


def _read(row: Sequence[Any]) -> Subject:
    person, household, traits, populations, arrived, left, born, agreed, *rest = row
    gone, at_home = rest or UNSAID
    return Subject(
        person=person,
        household=household,
        traits=traits,
        populations=frozenset(populations),
        arrived_on=arrived and date.fromisoformat(arrived),
        left_on=left and date.fromisoformat(left),
        born_on=date.fromisoformat(born),
        agreed=agreed,
        gone_on=gone and date.fromisoformat(gone),
        at_home=at_home,
    )
