"""Schemas: commands turn what comes in into frozen dataclasses, shapes turn rows into answers.

A shape shows each reader only the fields that the reader's audience sees; a field that is not
shown is absent. The work of deciding how a field is read is done once, when the shape is compiled.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from marshmallow import RAISE, Schema, fields, post_load

from resettle.core.classes import READS_AUDITED, DataClass
from resettle.core.policy import Audience
from resettle.core.sealed import Sealed
from resettle.core.work import UnitOfWork

C = TypeVar("C")
Read = Callable[[UnitOfWork, Any], Any]

# orjson writes these as they are, so a shape only has to fetch them.
AS_THEY_ARE = (
    fields.String,
    fields.Integer,
    fields.Boolean,
    fields.UUID,
    fields.Date,
    fields.DateTime,
    fields.Raw,
    fields.Float,
)


MISSING = "Fill this in."


class Command(Schema, Generic[C]):
    """A schema whose load() returns a frozen dataclass, not a dict."""

    makes: ClassVar[type[Any]]

    class Meta:
        unknown = RAISE

    def on_bind_field(self, _field_name: str, field_obj: fields.Field[Any]) -> None:
        """Say in plain words that something is missing; a field may say it better."""
        for kind in ("required", "null"):
            if field_obj.error_messages[kind] == fields.Field.default_error_messages[kind]:
                field_obj.error_messages[kind] = MISSING

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Any:
        return self.makes(**data)


class UnclassedField(RuntimeError):
    """A field of a shape names no data class: nobody can say who may see it."""


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    data_class: DataClass
    item: str | None
    read: Read | None  # None for what is fetched as it is
    attribute: str
    nested: "Shape | None"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one audience sees of a row: its fields, and those that are told to the trail."""

    fields: Sequence[tuple[str, str, Read | None]]
    told: Sequence[tuple[str, DataClass]]


class Shape(Schema):
    """How rows of one model are shown. Meta.model gives the fields their data classes."""

    class Meta:
        model: ClassVar[type[Any] | None] = None

    _compiled: list[_Field] | None
    _seen: dict[tuple[frozenset[DataClass], frozenset[str]], _Seen]

    def _init_fields(self) -> None:
        """Forget what was worked out: a shape within another is a copy that may have less."""
        super()._init_fields()
        self._compiled, self._seen = None, {}

    @property
    def model(self) -> type[Any]:
        model: type[Any] | None = getattr(self.Meta, "model", None)
        return type(self) if model is None else model

    def one(self, uow: UnitOfWork, row: Any) -> dict[str, Any]:
        return self.many_of(uow, [row])[0]

    def many_of(self, uow: UnitOfWork, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Show rows. Who sees what is asked once for all of them, and once for all within them."""
        if not rows:
            return []
        audiences = uow.audiences(self.model, rows)
        answers = [self._show(uow, row, a) for row, a in zip(rows, audiences, strict=True)]
        for field in self.compiled():
            if field.nested is not None:
                holding = zip(answers, rows, strict=True)
                _show_within(uow, field, [(a, row) for a, row in holding if field.key in a])
        return answers

    def _show(self, uow: UnitOfWork, row: Any, audience: Audience) -> dict[str, Any]:
        seen = self._seen_by(audience)
        if seen.told:
            uow.shown(audience, seen.told)
        return {
            key: getattr(row, attribute) if read is None else read(uow, row)
            for key, attribute, read in seen.fields
        }

    def _seen_by(self, audience: Audience) -> "_Seen":
        """Give the fields that an audience sees, worked out once for all who see alike."""
        alike = (audience.classes, audience.items)
        if alike not in self._seen:
            fields = [f for f in self.compiled() if audience.sees(f.data_class, f.item)]
            self._seen[alike] = _Seen(
                [(field.key, field.attribute, field.read) for field in fields],
                [(f.key, f.data_class) for f in fields if f.data_class in READS_AUDITED],
            )
        return self._seen[alike]

    def compiled(self) -> list[_Field]:
        if self._compiled is None:
            self._compiled = [self._compile(name, f) for name, f in self.dump_fields.items()]
        return self._compiled

    def _compile(self, name: str, field: fields.Field[Any]) -> _Field:
        return _Field(
            key=field.data_key or name,
            data_class=self._class_of(name, field),
            item=field.metadata.get("item"),
            read=_reader(field.attribute or name, field),
            attribute=field.attribute or name,
            nested=_nested(field),
        )

    def _class_of(self, name: str, field: fields.Field[Any]) -> DataClass:
        if "class" in field.metadata:
            return DataClass(field.metadata["class"])
        attribute = getattr(self.model, field.attribute or name, None)
        if isinstance(attribute, Sealed):
            return attribute.data_class
        columns = getattr(attribute, "expression", None)
        if columns is None or "class" not in getattr(columns, "info", {}):
            raise UnclassedField(f"{type(self).__name__}.{name} names no data class")
        return DataClass(columns.info["class"])


def _reader(attribute: str, field: fields.Field[Any]) -> Read | None:
    if isinstance(field, fields.Nested):
        return lambda _uow, _row: None  # filled in for all rows at once: see _show_within
    if isinstance(field, fields.Method | fields.Function):
        return lambda _uow, row: field.serialize(attribute, row)
    if isinstance(field, AS_THEY_ARE):
        return None
    return lambda _uow, row: _serialized(field, attribute, row)


def _serialized(field: fields.Field[Any], attribute: str, row: Any) -> Any:
    value = getattr(row, attribute)
    return None if value is None else field._serialize(value, attribute, row)  # noqa: SLF001  # no public way


def _nested(field: fields.Field[Any]) -> Shape | None:
    if not isinstance(field, fields.Nested):
        return None
    assert isinstance(field.schema, Shape)
    return field.schema


def _show_within(
    uow: UnitOfWork, field: _Field, holding: Sequence[tuple[dict[str, Any], Any]]
) -> None:
    """Show what the rows hold in one field, all at once, and give each answer its own part."""
    assert field.nested is not None
    held = [getattr(row, field.attribute) for _, row in holding]
    parts = [_several(value) for value in held]
    shown = iter(field.nested.many_of(uow, [one for several in parts for one in several]))
    for (answer, _), value, several in zip(holding, held, parts, strict=True):
        own = [next(shown) for _ in several]
        answer[field.key] = own if _is_many(value) else next(iter(own), None)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if _is_many(value) else [value]


def _is_many(value: Any) -> bool:
    return isinstance(value, Iterable) and not hasattr(value, "_fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What a button sends of its own."""


class NothingSchema(Command[Nothing]):
    """Of a button: whatever a form always carries is let through, and no more."""

    makes = Nothing
