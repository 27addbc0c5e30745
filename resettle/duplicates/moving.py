"""What speaks of one person comes to speak of another, row by row, and back again.

Which rows these are is read from the tables themselves: every column that refers to a person. So a
table that is added tomorrow follows a merge without being named here.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.exc import IntegrityError

from resettle.accounts.models import UserAccount
from resettle.consents.models import ConsentEntry
from resettle.core.db import Base, Entity
from resettle.core.sealed import SealedEntity, hand_over
from resettle.core.work import UnitOfWork
from resettle.duplicates.models import PersonMerge
from resettle.households.models import HouseholdMember, LeaveReason, Person
from resettle.names.models import NameKey, NumberKey

Reference = tuple[type[Entity], str]
# References that the tables do not declare.
LOOSE: tuple[Reference, ...] = ((UserAccount, "person_id"), (ConsentEntry, "given_by"))
# What is of a record and not of the person: the index of its own names, and what became of it.
STAYING = frozenset({NameKey, NumberKey, PersonMerge})


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that changed hands: by which attribute, and what else of it was otherwise before."""

    table: str
    id: str
    attribute: str
    was: Mapping[str, Any]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def references() -> list[Reference]:
    """Name every attribute that speaks of a person. Memberships first: others may hang on them."""
    models = sorted(
        (mapper.class_ for mapper in Base.registry.mappers),
        key=lambda model: (model is not HouseholdMember, model.__tablename__),
    )
    return [(m, name) for m in models if m not in STAYING for name in _speaking(m)] + [*LOOSE]


def _speaking(model: type) -> Iterator[str]:
    of_person = Person.__table__.c.id
    attributes: Any = inspect(model).column_attrs
    for attribute in attributes:
        if any(key.column is of_person for key in attribute.columns[0].foreign_keys):
            yield attribute.key


def move(uow: UnitOfWork, gone_id: UUID, kept_id: UUID) -> list[Moved]:
    """Let all rows about one record speak of another, whoever may see each of them.

    What the other record has too, such as the same language, stays where it is.
    """
    moved: list[Moved] = []
    for model, attribute in references():
        for row in _rows(uow, model, attribute, gone_id):
            with suppress(IntegrityError), uow.session.begin_nested():
                was = _beside(uow, row, attribute, kept_id)
                _hand(row, attribute, kept_id)
                uow.session.flush()
                moved.append(Moved(model.__tablename__, str(row.id), attribute, was))
    return moved


def _rows(uow: UnitOfWork, model: type[Entity], attribute: str, id_: UUID) -> Sequence[Any]:
    column = getattr(model, attribute)
    order = (ConsentEntry.seq,) if model is ConsentEntry else (model.id,)
    query: Select[Any] = select(model).where(column == id_).order_by(*order).with_for_update()
    return uow.session.scalars(uow.touching(query, model)).all()


def _hand(row: Any, attribute: str, to: UUID) -> None:
    if isinstance(row, SealedEntity) and row.sealed_by == attribute:
        hand_over(row, to)
    else:
        setattr(row, attribute, to)


def _beside(uow: UnitOfWork, row: Any, attribute: str, kept_id: UUID) -> dict[str, Any]:
    """Change what else must change for a row to fit its new owner, and tell what it was."""
    match row:
        case ConsentEntry() if attribute == "person_id":
            was = {"seq": row.seq}
            row.seq = _last_seq(uow, kept_id) + 1
            return was
        case HouseholdMember(left_on=None) if attribute == "person_id":
            return _end_stay(uow, row, kept_id)
        case _:
            return {}


def _last_seq(uow: UnitOfWork, person_id: UUID) -> int:
    query: Select[Any] = select(func.max(ConsentEntry.seq)).where(
        ConsentEntry.person_id == person_id
    )
    return uow.session.scalar(uow.touching(query, ConsentEntry)) or 0


def _end_stay(uow: UnitOfWork, stay: HouseholdMember, kept_id: UUID) -> dict[str, Any]:
    """End a stay where the person has a home on the record that is kept: nobody lives twice."""
    home = open_stay(uow, kept_id)
    if home is None:
        return {}
    same = home.household_id == stay.household_id
    stay.left_on = max(uow.today, stay.joined_on)
    stay.leave_reason = (
        LeaveReason.RECORDED_IN_ERROR if same else LeaveReason.JOINED_OTHER_HOUSEHOLD
    )
    return {"left_on": None, "leave_reason": None}


def open_stay(uow: UnitOfWork, person_id: UUID) -> HouseholdMember | None:
    query: Select[Any] = select(HouseholdMember).where(
        HouseholdMember.person_id == person_id, HouseholdMember.left_on.is_(None)
    )
    found: HouseholdMember | None = uow.session.scalar(uow.touching(query, HouseholdMember))
    return found


def move_back(uow: UnitOfWork, moved: Sequence[Mapping[str, Any]], gone_id: UUID) -> None:
    """Give every row back to the record from which it came, as it was."""
    models = {model.__tablename__: model for model, _attribute in references()}
    for told in reversed(moved):
        model = models[told["table"]]
        query: Select[Any] = select(model).where(model.id == UUID(told["id"])).with_for_update()
        row = uow.session.scalar(uow.touching(query, model))
        if row is None:
            continue
        _hand(row, told["attribute"], gone_id)
        for name, value in told["was"].items():
            setattr(row, name, value)
        uow.session.flush()
