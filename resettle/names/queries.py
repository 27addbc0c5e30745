"""Questions to the index of names, within the reader's reach."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String

from resettle.core.among import among
from resettle.core.work import UnitOfWork
from resettle.names import folding, rules
from resettle.names.folding import Word
from resettle.names.models import NameKey
from resettle.names.rules import Hit


def named(uow: UnitOfWork, typed: str) -> Mapping[UUID, Hit]:
    """Tell which people bear a name, in any script and spelling, each with how near it is.

    What was typed is compared with the words of all names within the reader's reach, of which
    there are few; then it is asked who bears those that are near.
    """
    asked = folding.words(rules.name_in(typed))
    if not asked:
        return {}
    known = uow.ask(_words)
    meant = {word for each in asked for word in rules.all_near(each, known)}
    return rules.who_is_named(asked, _vocabulary(uow, meant)) if meant else {}


def _words(uow: UnitOfWork) -> Select[Any]:
    query = uow.columns(NameKey, NameKey.letters, NameKey.bones).distinct()
    return query.execution_options(planned_anew=True)


def _vocabulary(uow: UnitOfWork, words: Iterable[Word]) -> Mapping[Word, Collection[UUID]]:
    """Tell who bears each of some words."""
    bearers: dict[Word, set[UUID]] = {}
    for row in uow.ask(_bearers, letters=[word.letters for word in words]):
        bearers.setdefault(Word(row.letters, row.bones), set()).add(row.person_id)
    return bearers


def _bearers(uow: UnitOfWork) -> Select[Any]:
    query = uow.columns(NameKey, NameKey.letters, NameKey.bones, NameKey.person_id)
    named_so = query.where(NameKey.letters.in_(among("letters", String())))
    return named_so.execution_options(planned_anew=True)
