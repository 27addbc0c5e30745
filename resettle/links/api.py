"""Links over JSON: made under a person, revoked under their own address."""

from collections.abc import Sequence
from uuid import UUID

from resettle.accounts.by_links import MadeLink
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.links import queries, schemas, service
from resettle.links.acts import MakeLink
from resettle.links.queries import LinkSeen
from resettle.web.api import Api

api = Api("links_api", __name__, url_prefix="/api")
LINKS = "/persons/<uuid:person_id>/links"


@api.reads(LINKS, permission=Permission.LINK_READ, returns=schemas.LinkShape(), many=True)
def of_person(uow: UnitOfWork, person_id: UUID) -> Sequence[LinkSeen]:
    """List the links made for a person."""
    return queries.of_person(uow, person_id)


@api.does(
    "POST",
    LINKS,
    permission=Permission.LINK_MAKE,
    body=schemas.MakeLinkSchema(),
    returns=schemas.MadeLinkShape(),
    status=201,
    replayed=False,  # what opens the link is kept nowhere
)
def make(uow: UnitOfWork, person_id: UUID, command: MakeLink) -> MadeLink:
    """Make a link for one person. What opens it is told here, once."""
    return service.make(uow, person_id, command)


@api.does(
    "POST",
    "/links/<uuid:link_id>/revocation",
    permission=Permission.LINK_REVOKE,
    returns=schemas.LinkShape(),
)
def revoke(uow: UnitOfWork, link_id: UUID) -> LinkSeen:
    """Let a link open nothing any more."""
    return service.revoke(uow, link_id)
