"""Lists in pages: a limit, a named sort, and a cursor that nobody can forge.

The cursor holds the sort values of the last row shown (keyset), so that a page costs the same
however far one has gone, and nothing is skipped when rows are added in between. It is encrypted,
because sort values may be names and cursors stand in addresses.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Integer, Select, bindparam, inspect, tuple_

from resettle.core.crypto import Unsealable, seal, unseal
from resettle.core.errors import BadRequest
from resettle.core.reading import Question, Sorts
from resettle.core.work import UnitOfWork

__all__ = ["Asked", "Cursors", "Page", "Question", "Sorts", "names", "offered", "page", "read"]
MOST = 200
LIMIT = re.compile(r"[0-9]{1,3}")
USUAL = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of a list is wanted, in which order, and after which row."""

    sort: str
    limit: int = USUAL
    after: tuple[Any, ...] | None = None

    @property
    def backwards(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursor to the next ones if there are more."""

    rows: Sequence[Any]
    following: str | None
    sort: str
    limit: int


@dataclass(frozen=True, slots=True)
class Cursors:
    """Makes and opens cursors, each good for one list, one sort and one set of filters."""

    key: bytes

    @classmethod
    def of(cls, secret_key: str) -> "Cursors":
        return cls(hashlib.sha256(b"cursor|" + secret_key.encode()).digest())

    def make(self, place: str, values: Sequence[Any]) -> str:
        sealed = seal(self.key, place, orjson.dumps([_tagged(value) for value in values]))
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, place: str, cursor: str) -> tuple[Any, ...]:
        try:
            sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return tuple(_untagged(v) for v in orjson.loads(unseal(self.key, place, sealed)))
        except (Unsealable, ValueError) as error:
            raise BadRequest(
                "cursor", "The cursor does not belong to this list. Start from its first page."
            ) from error


def _tagged(value: Any) -> Any:
    match value:
        case UUID():
            return ["u", str(value)]
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case _:
            return ["v", value]


def _untagged(tagged: Sequence[Any]) -> Any:
    match tagged:
        case ["u", text]:
            return UUID(text)
        case ["t", text]:
            return datetime.fromisoformat(text)
        case ["d", text]:
            return date.fromisoformat(text)
        case [_, value]:
            return value
        case _:
            raise ValueError(tagged)


def read(
    arguments: Mapping[str, str], sorts: Sorts, place: str, cursors: Cursors
) -> tuple[Asked, str]:
    """Read limit, sort and cursor of a request. Raises BadRequest for what is not offered.

    Gives what was asked, and the place that cursors of this very list are bound to.
    """
    sort = arguments.get("sort", next(iter(sorts)))
    if sort.removeprefix("-") not in names(sorts):
        raise BadRequest("parameter", f"This list can be sorted by: {', '.join(names(sorts))}.")
    place = f"{place}|{sort}"
    cursor = arguments.get("cursor")
    after = None if cursor is None else cursors.open(place, cursor)
    return Asked(sort, _limit(arguments.get("limit", str(USUAL))), after), place


def names(sorts: Sorts) -> dict[str, Sequence[Any]]:
    """Name the sorts of a list. The first is the usual one; a leading "-" there turns it round."""
    return {name.removeprefix("-"): columns for name, columns in sorts.items()}


def _limit(text: str) -> int:
    if not (LIMIT.fullmatch(text) and 1 <= int(text) <= MOST):
        raise BadRequest("parameter", f"The limit must be a whole number from 1 to {MOST}.")
    return int(text)


def offered(uow: UnitOfWork, query: Any, sorts: Sorts) -> Sorts:
    """Name the sorts of a list that the reader may ask for."""
    if isinstance(query, Question):
        return uow.alike(query, lambda: _offered(uow, query.sorts(uow)))
    return _offered(uow, sorts)


def _offered(uow: UnitOfWork, sorts: Sorts) -> Sorts:
    return {name: columns for name, columns in sorts.items() if uow.may_sort_by(columns)}


def page(
    uow: UnitOfWork, query: Select[Any] | Question, sorts: Sorts, asked: Asked
) -> tuple[Any, Any]:
    """Run one page of a list: its rows, and the sort values of the last if more follow."""
    if isinstance(query, Question):
        rows, last = _cut(*_rows_of_question(uow, query, asked), asked.limit)
        return _whole(uow, query, rows), last
    rows, last = _cut(*_rows(uow, query, sorts, asked), asked.limit)
    return [row[0] for row in rows] if _is_entity(query) else rows, last


def _cut(found: Sequence[Any], keys: int, limit: int) -> tuple[Sequence[Any], Any]:
    """Leave out the row that only says that more follow, and name the place to go on from."""
    rows = found[:limit]
    more = len(found) > limit
    return rows, [getattr(rows[-1], f"sort_{n}") for n in range(keys)] if more else None


def _rows(
    uow: UnitOfWork, query: Select[Any], sorts: Sorts, asked: Asked
) -> tuple[Sequence[Any], int]:
    keys = _keys(query, names(sorts)[asked.sort.removeprefix("-")])
    ordered = _ordered(query, keys, asked.after, backwards=asked.backwards)
    return uow.rows(ordered.limit(asked.limit + 1)), len(keys)


def _rows_of_question(
    uow: UnitOfWork, question: Question, asked: Asked
) -> tuple[Sequence[Any], int]:
    after = asked.after or ()
    values = {f"after_{n}": value for n, value in enumerate(after)}
    sort = names(offered(uow, question, {}))[asked.sort.removeprefix("-")]
    rows = uow.ask(
        _page_of,
        question,
        asked.sort,
        bool(after),
        one_by_one=_is_indexed(sort[0]) and uow.reaches_far(),
        limit=asked.limit + 1,
        **values,
    )
    return rows, len(sort) + 1


def _is_indexed(key: ColumnElement[Any]) -> bool:
    """Say whether rows can be read in the order of a sort."""
    table = getattr(key, "table", None)
    orders: Iterable[Any] = () if table is None else (*table.indexes, *table.constraints)
    return key.key in {column.key for order in orders for column in [*order.columns][:1]}


def _page_of(uow: UnitOfWork, question: Question, sort: str, goes_on: bool) -> Select[Any]:  # noqa: FBT001  # a part of the form
    query = (question.chosen or question.build)(uow)
    keys = _keys(query, names(question.sorts(uow))[sort.removeprefix("-")])
    after = tuple_(*(bindparam(f"after_{n}", type_=key.type) for n, key in enumerate(keys)))
    ordered = _ordered(query, keys, after if goes_on else None, backwards=sort.startswith("-"))
    # Who has thousands of rows is served by another plan than who has forty.
    planned = ordered.execution_options(planned_anew=question.chosen is not None)
    return planned.limit(bindparam("limit", type_=Integer()))


def _whole(uow: UnitOfWork, question: Question, chosen: Sequence[Any]) -> Sequence[Any]:
    """Ask for what is shown of the rows that were chosen, and keep their order."""
    if question.chosen is None or not chosen:
        return chosen
    ids = [row.id for row in chosen]
    rows = {row.id: row for row in uow.ask(_shown_of, question, frozenset(ids))}
    return [rows[id_] for id_ in ids if id_ in rows]


def _shown_of(uow: UnitOfWork, question: Question, ids: Any) -> Select[Any]:
    query = question.build(uow)
    (key,) = _keys(query, ())
    return query.where(key.in_(ids))


def _ordered(
    query: Select[Any], keys: Sequence[Any], after: Any, *, backwards: bool
) -> Select[Any]:
    """Put a list in order, after a place in it, with its sort values beside the columns."""
    if after is not None:
        edge = tuple_(*keys)
        query = query.where(edge < after if backwards else edge > after)
    ordered = query.order_by(*(key.desc() if backwards else key.asc() for key in keys))
    return ordered.add_columns(*(_named(key, n) for n, key in enumerate(keys)))


def _keys(query: Select[Any], sort: Sequence[Any]) -> list[ColumnElement[Any]]:
    entity = query.column_descriptions[0]["entity"]
    return [*sort, *inspect(entity).primary_key]


def _named(key: ColumnElement[Any], number: int) -> ColumnElement[Any]:
    return key.label(f"sort_{number}")


def _is_entity(query: Select[Any]) -> bool:
    first = query.column_descriptions[0]
    return first["expr"] is first["entity"]
