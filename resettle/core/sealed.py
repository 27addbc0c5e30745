"""Sealed columns: plain to the code that may read them, ciphertext in the database.

A model declares `phone = Sealed(DataClass.LOC)` and names in `sealed_by` the attribute that holds
the id of the person or household whose key seals the row. Destroying that key destroys every
value under it, backups included.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import Dialect, LargeBinary, Table, TypeDecorator, Uuid, event, select
from sqlalchemy.orm import Mapped, UOWTransaction, mapped_column, object_session

from resettle.core.among import among
from resettle.core.classes import OPS, SECRET, DataClass, Held
from resettle.core.crypto import Keyring, seal, unseal
from resettle.core.db import INSERTS, Base, Entity, WorkSession

PREFIX = "sealed_"


class Plain(str):
    """A value set by code and not sealed yet. The database refuses it."""

    __slots__ = ()


class PlainContent(bytes):
    """The same of a file's content."""

    __slots__ = ()


class SealedBytes(TypeDecorator[Any]):
    """A column of ciphertext, which refuses to store anything else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> bytes | None:
        if value is not None and type(value) is not bytes:
            raise TypeError("a sealed column was about to be stored in plain text")
        return value

    @property
    def python_type(self) -> type[bytes]:
        return bytes


class Sealed:
    """A text attribute whose column holds ciphertext."""

    plain: ClassVar[type[Plain | PlainContent]] = Plain

    def __init__(self, data_class: DataClass) -> None:
        self.data_class = data_class
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        column = mapped_column(name, SealedBytes, nullable=True, info={"class": self.data_class})
        setattr(owner, PREFIX + name, column)

    def __get__(self, entity: Any, owner: type) -> Any:
        if entity is None:
            return self
        value = getattr(entity, PREFIX + self.name)
        if value is None:
            return None
        if isinstance(value, self.plain):
            return self.read(value)
        return self.opened(self._open(entity, value))

    def __set__(self, entity: Any, value: Any) -> None:
        if value != self.__get__(entity, type(entity)):
            setattr(entity, PREFIX + self.name, None if value is None else self.plain(value))

    def read(self, value: Any) -> Any:
        return str(value)

    def opened(self, value: bytes) -> Any:
        return value.decode()

    def _open(self, entity: "SealedEntity", value: bytes) -> bytes:
        session = object_session(entity)
        assert session is not None, "a sealed value is read only inside its unit of work"
        key = session.info["vault"].key_of(session, owner_of(entity))
        return unseal(key, place_of(entity, self.name), value)


class SealedContent(Sealed):
    """The same for bytes, such as a photo."""

    plain = PlainContent

    def read(self, value: Any) -> Any:
        return bytes(value)

    def opened(self, value: bytes) -> Any:
        return value


class SealedEntity(Entity):
    """An entity with sealed columns. `sealed_by` names the attribute with the owner's id."""

    __abstract__ = True

    sealed_by: ClassVar[str] = "id"


class DataKey(Base):
    """The wrapped key of one person or household. Deleting the row erases what it sealed."""

    __tablename__ = "data_key"
    held: ClassVar[Held] = Held(about="owner_id", kept="case_file", export="never")

    owner_id: Mapped[UUID] = mapped_column(primary_key=True, info=OPS)
    master_version: Mapped[int] = mapped_column(index=True, info=OPS)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    made_at: Mapped[datetime] = mapped_column(info=OPS)


KEYS = cast(Table, DataKey.__table__)
KEYS_OF = select(KEYS.c.owner_id, KEYS.c.master_version, KEYS.c.wrapped).where(
    KEYS.c.owner_id.in_(among("owner_ids", Uuid()))
)
KEY_TOLD = {
    "classes": sorted({str(column.info["class"].value) for column in KEYS.columns}),
    "fields": sorted(column.name for column in KEYS.columns),
}
# How many keys one statement makes: a database takes so many values at once, and no more.
AT_ONCE = 500


class Vault:
    """The data keys that one session has opened."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self._keys: dict[UUID, bytes] = {}

    def key_of(self, session: Any, owner_id: UUID) -> bytes:
        self.open_all(session, [owner_id])
        return self._keys[owner_id]

    def open_all(self, session: Any, owner_ids: Iterable[UUID]) -> None:
        """Load the keys of many owners in one query, before a list is read."""
        wanted = {owner_id for owner_id in owner_ids if owner_id not in self._keys}
        if not wanted:
            return
        with session.no_autoflush:
            found = session.connection().execute(KEYS_OF, {"owner_ids": [*wanted]}).all()
        for owner_id, version, wrapped in found:
            self._keys[owner_id] = self.keyring.unwrap(owner_id, version, wrapped)

    def key_for_writing(self, session: WorkSession, owner_id: UUID) -> bytes:
        self.open_for_writing(session, [owner_id])
        return self._keys[owner_id]

    def open_for_writing(self, session: WorkSession, owner_ids: Iterable[UUID]) -> None:
        """Load the keys of many owners, and make those that are not there yet."""
        wanted = [*dict.fromkeys(owner_ids)]
        self.open_all(session, wanted)
        missing = sorted(owner_id for owner_id in wanted if owner_id not in self._keys)
        for begin in range(0, len(missing), AT_ONCE):
            self._make(session, missing[begin : begin + AT_ONCE])

    def _make(self, session: WorkSession, owner_ids: Sequence[UUID]) -> None:
        """Make the keys of owners, or take those that somebody made at the same moment."""
        context = session.info["audit"]
        keys = {owner_id: self.keyring.new_data_key() for owner_id in owner_ids}
        rows = [self._row(owner_id, key, context.at) for owner_id, key in keys.items()]
        insert = INSERTS[session.get_bind().dialect.name](KEYS).values(rows)
        with session.no_autoflush:
            made = session.execute(insert.on_conflict_do_nothing().returning(KEYS.c.owner_id))
        for (owner_id,) in made:
            self._keys[owner_id] = keys[owner_id]
            context.note(change="created", resource=DataKey.__name__, **KEY_TOLD)
        self.open_all(session, owner_ids)

    def _row(self, owner_id: UUID, key: bytes, at: datetime) -> dict[str, Any]:
        version, wrapped = self.keyring.wrap(owner_id, key)
        return {
            "owner_id": owner_id,
            "master_version": version,
            "wrapped": wrapped,
            "made_at": at,
        }


def owner_of(entity: SealedEntity) -> UUID:
    owner_id: UUID = getattr(entity, entity.sealed_by)
    assert owner_id is not None, f"{type(entity).__name__} is sealed before it has an owner"
    return owner_id


def place_of(entity: SealedEntity, column: str) -> str:
    return f"{entity.__tablename__}|{column}|{entity.id}|{owner_of(entity)}"


def seal_beside(session: WorkSession, entity: SealedEntity, part: str, plain: bytes) -> bytes:
    """Seal a content that lies outside the database, bound to the row that speaks of it."""
    key = session.info["vault"].key_for_writing(session, owner_of(entity))
    return seal(key, place_of(entity, part), plain)


def open_beside(session: WorkSession, entity: SealedEntity, part: str, sealed: bytes) -> bytes:
    """Open what `seal_beside` has sealed. Raises Unsealable."""
    key = session.info["vault"].key_of(session, owner_of(entity))
    return unseal(key, place_of(entity, part), sealed)


@cache
def sealed_names(model: type) -> tuple[str, ...]:
    """Name the sealed attributes of a model."""
    return tuple(
        name for kind in model.__mro__ for name, a in vars(kind).items() if isinstance(a, Sealed)
    )


def hand_over(entity: SealedEntity, owner_id: UUID) -> None:
    """Give a row to another owner, under whose key its values are sealed at the next flush."""
    values = {name: getattr(entity, name) for name in sealed_names(type(entity))}
    setattr(entity, entity.sealed_by, owner_id)
    for name, value in values.items():
        plain = getattr(type(entity), name).plain
        setattr(entity, PREFIX + name, None if value is None else plain(value))


@event.listens_for(WorkSession, "before_flush")
def seal_values(session: WorkSession, _flush: UOWTransaction, _instances: object) -> None:
    entities = [e for e in [*session.new, *session.dirty] if isinstance(e, SealedEntity)]
    plain = [(entity, name, value) for entity in entities for name, value in _plain(entity)]
    vault: Vault = session.info["vault"]
    vault.open_for_writing(session, (owner_of(entity) for entity, _, _ in plain))
    for entity, name, value in plain:
        key = vault.key_for_writing(session, owner_of(entity))
        content = value.encode() if isinstance(value, Plain) else bytes(value)
        setattr(entity, PREFIX + name, seal(key, place_of(entity, name), content))


def _plain(entity: SealedEntity) -> Iterator[tuple[str, Plain | PlainContent]]:
    for name in sealed_names(type(entity)):
        value = getattr(entity, PREFIX + name)
        if isinstance(value, Plain | PlainContent):
            yield name, value
