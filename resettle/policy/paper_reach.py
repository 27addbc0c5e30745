"""How far a reader's knowledge of papers reaches: documents, and packs taken out of the service."""

from sqlalchemy import ColumnElement, and_

from resettle.core.actor import Role
from resettle.core.work import UnitOfWork
from resettle.documents.models import Document
from resettle.documents.rules import NOT_FOR_THE_FAMILY, State
from resettle.packs.models import Pack
from resettle.policy import relations
from resettle.policy.reach import for_caseworkers


def document_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """People know of their own papers, but for what others wrote about them."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return and_(
            Document.person_id.in_(relations.spoken_for(uow)),
            Document.kind.not_in(NOT_FOR_THE_FAMILY),
            Document.state != State.REFUSED,
            Document.removed_at.is_(None),
        )
    return for_caseworkers(Document.household_id)(uow)


def pack_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep a pack to whoever asked for it, while they look after the household."""
    return and_(Pack.asked_by == uow.actor.user_id, for_caseworkers(Pack.household_id)(uow))
