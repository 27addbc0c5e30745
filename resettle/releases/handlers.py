"""Making figures, as the system: the only place where people are counted for others."""

from typing import Any

from sqlalchemy import ColumnElement

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.events import ReleaseAsked
from resettle.releases.keys import ReleaseKeys, digest, read, written
from resettle.releases.making import Made, Makers, Task
from resettle.releases.models import Release, ReleaseStatus
from resettle.releases.snapshots import of_day
from resettle.releases.telling import Refused, Told


def make(uow: UnitOfWork, event: Any) -> None:
    """Make the figures that somebody asked for, or put on record why they may not be told."""
    assert isinstance(event, ReleaseAsked)
    release = uow.session.scalars(uow.select(Release).where(Release.id == event.release_id)).one()
    snapshot, people = of_day(uow, release.as_at)
    release.snapshot_id = snapshot.id
    earlier = Release.audience == release.audience
    task = Task(
        code=release.code,
        by=release.by,
        audience=uow.use(ReleaseCatalogue).audiences[release.audience],
        as_at=release.as_at,
        people=people,
        told=_told(uow, earlier),
        same_day=_told(uow, earlier & (Release.as_at == release.as_at)),
    )
    try:
        made = uow.use(Makers).kinds[release.kind].make(uow, task)
    except Refused as refused:
        release.status, release.refusal = ReleaseStatus.REFUSED, str(refused)
        return
    _keep(uow, release, made)


def _keep(uow: UnitOfWork, release: Release, made: Made) -> None:
    keys = ReleaseKeys.of(uow.use(Keyring))
    release.figures = {**made.figures}
    release.definition = {**made.definition}
    release.data_hash = digest([[c.person, c.household, c.row, c.column] for c in made.counted])
    release.ledger = keys.seal(_place(release), written(made.told))


def _told(uow: UnitOfWork, *where: ColumnElement[bool]) -> list[Told]:
    """Read all that was told, oldest first."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    query = uow.select(Release).where(Release.ledger.is_not(None), *where)
    kept = uow.all(query.order_by(Release.asked_at, Release.id))
    return [
        each
        for release in kept
        for each in read(keys.unseal(_place(release), release.ledger or b""))
    ]


def _place(release: Release) -> str:
    return f"release|{release.id}"
