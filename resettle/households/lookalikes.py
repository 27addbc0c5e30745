"""Whether somebody who is about to be entered may be on record already.

The answer comes from the chapter of duplicates, which stands above this one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import PersonFacts
from resettle.web.pages import Form


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A record that may be of the same person: shown to who may see it, else whom to ask."""

    name: str = ""
    reference: str = ""
    household_id: UUID | None = None
    reasons: Sequence[str] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """How they are looked for, and how it is noted that somebody was entered all the same."""

    of: Callable[[UnitOfWork, PersonFacts], Sequence[Lookalike]] = lambda _uow, _facts: ()
    note: Callable[[UnitOfWork, UUID], Any] = lambda _uow, _person_id: None


def doubted(uow: UnitOfWork, form: Form, schema: Schema) -> Sequence[Lookalike]:
    """Find who may be meant by a form that is sent, or shown again to be looked at.

    Nobody, once its sender has said that it is somebody else, or while it is half filled in.
    """
    uow.require(Permission.DUPLICATE_READ)
    try:
        asked = form.command or schema.load(form.values)
    except ValidationError:
        return ()
    return () if asked.is_somebody_else else uow.use(Lookalikes).of(uow, asked.facts)
