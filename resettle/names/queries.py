"""Questions to the index of names, within the reader's reach."""

from collections.abc import Collection, Mapping
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.names import folding, rules
from resettle.names.folding import Word
from resettle.names.models import NameKey
from resettle.names.rules import Hit


def named(uow: UnitOfWork, typed: str) -> Mapping[UUID, Hit]:
    """Tell which people bear a name, in any script and spelling, each with how near it is."""
    words = folding.words(rules.name_in(typed))
    return rules.who_is_named(words, _vocabulary(uow)) if words else {}


def _vocabulary(uow: UnitOfWork) -> Mapping[Word, Collection[UUID]]:
    """Read the words of all names within the reader's reach, and who bears each of them."""
    query = uow.columns(NameKey, NameKey.letters, NameKey.bones, NameKey.person_id)
    bearers: dict[Word, set[UUID]] = {}
    for row in uow.rows(query):
        bearers.setdefault(Word(row.letters, row.bones), set()).add(row.person_id)
    return bearers
