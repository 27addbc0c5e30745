"""The one way in which figures leave the team.

To let a figure out, whoever builds a page, a report or an export asks here, and uses nothing but
`Release.figures` of what comes back:

    release = service.ask(uow, AskRelease("people-by-age-and-sex", "ministry"))
    uow.settle()  # in jobs; pages and the API do it before they answer
    release.status, release.figures, release.definition, release.data_hash, release.refusal

The same question gives the same row, and so the same numbers: nothing is computed twice.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import rules
from resettle.releases.acts import AskRelease
from resettle.releases.definition import Audience, ReleaseCatalogue
from resettle.releases.events import ReleaseAsked
from resettle.releases.making import Kind, Makers
from resettle.releases.models import Release, ReleaseGate, ReleaseStatus


def ask(uow: UnitOfWork, command: AskRelease) -> Release:
    """Ask for figures. They are made before the answer leaves, or refused with the reason.

    Asked for again they are the same. Raises Invalid if there are no such figures, or if the
    audience may not be told them, or not as at that day.
    """
    uow.require(Permission.RELEASE_MAKE)
    audience = _audience(uow, command.audience)
    title = _kind(uow, command.kind).title(uow, command.code, command.by, audience.code)
    as_at = _day(uow, command.as_at, audience)
    _lock(uow, audience.code)
    found = uow.first(
        uow.select(Release).where(
            Release.code == command.code,
            Release.by == command.by,
            Release.audience == audience.code,
            Release.as_at == as_at,
        )
    )
    if found is not None:
        return found
    release = Release(
        kind=command.kind,
        code=command.code,
        by=command.by,
        audience=audience.code,
        as_at=as_at,
        title=title,
        asked_at=uow.now,
        asked_by=uow.actor.user_id,
    )
    uow.add(release)
    uow.emit(ReleaseAsked(release.id))
    return release


def confirm(uow: UnitOfWork, release_id: UUID) -> Release:
    """Let figures go to their audience: a second person has looked at them.

    Raises Conflict if it is who asked for them, or if they are not waiting for it.
    """
    release = uow.edit(Release, release_id, to=Permission.RELEASE_CONFIRM)
    if release.status is not ReleaseStatus.MADE:
        raise Conflict(f"These figures are {release.status} already.")
    if release.asked_by == uow.actor.user_id:
        raise Conflict("Somebody else lets these figures go: whoever asked for them does not.")
    release.status = ReleaseStatus.RELEASED
    release.confirmed_at, release.confirmed_by = uow.now, uow.actor.user_id
    return release


def let_go(uow: UnitOfWork, release_id: UUID) -> None:
    """Let figures go with the report that they stand in, unless they are gone or refused.

    Raises Conflict if whoever lets the report go has asked for one of them.
    """
    release = uow.get(Release, release_id, to=Permission.RELEASE_CONFIRM)
    if release.status is ReleaseStatus.MADE:
        confirm(uow, release_id)


def _audience(uow: UnitOfWork, code: str) -> Audience:
    audience = uow.use(ReleaseCatalogue).audiences.get(code)
    if audience is None:
        raise Invalid({"audience": ["There is no such audience."]})
    return audience


def _kind(uow: UnitOfWork, name: str) -> Kind:
    kind = uow.use(Makers).kinds.get(name)
    if kind is None:
        raise Invalid({"kind": ["There is no such kind of figure."]})
    return kind


def _day(uow: UnitOfWork, asked: date | None, audience: Audience) -> date:
    if asked is None:
        return rules.quarter_end(uow.today) if audience.quarters else uow.today
    fault = rules.day_fault(asked, uow.today, quarters=audience.quarters)
    if fault is not None:
        raise Invalid({"as_at": [fault]})
    return asked


def _lock(uow: UnitOfWork, audience: str) -> None:
    """Keep others from telling the same audience anything until this work is done."""
    gate = select(ReleaseGate).where(ReleaseGate.audience == audience)
    if uow.session.scalar(gate.with_for_update()) is None:
        uow.session.add(ReleaseGate(audience=audience))
        uow.session.flush()
