"""Questions about the links of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from resettle.accounts.models import FamilyLink, LinkPurpose
from resettle.accounts.queries import names
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.links import rules
from resettle.links.rules import LinkState, Standing

MOST = 20


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link as its person and their caseworkers see it: never what opens it."""

    id: UUID
    household_id: UUID
    person_id: UUID
    purpose: LinkPurpose
    language: str
    made_at: datetime
    made_by: UUID
    maker: str
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    state: LinkState


def of_person(uow: UnitOfWork, person_id: UUID) -> Sequence[LinkSeen]:
    """List the last links made for a person, the newest first."""
    person = uow.get(Person, person_id, to=Permission.LINK_READ)
    query = uow.select(FamilyLink).where(FamilyLink.person_id == person.id)
    found = uow.all(query.order_by(FamilyLink.made_at.desc(), FamilyLink.id).limit(MOST))
    known = names(uow, [link.made_by for link in found])
    return [seen(uow, link, known.get(link.made_by, "")) for link in found]


def seen(uow: UnitOfWork, link: FamilyLink, maker: str) -> LinkSeen:
    standing = Standing(link.expires_at, link.used_at, link.revoked_at)
    return LinkSeen(
        id=link.id,
        household_id=link.household_id,
        person_id=link.person_id,
        purpose=link.purpose,
        language=link.language,
        made_at=link.made_at,
        made_by=link.made_by,
        maker=maker,
        expires_at=link.expires_at,
        used_at=link.used_at,
        revoked_at=link.revoked_at,
        state=rules.state(standing, uow.now),
    )
