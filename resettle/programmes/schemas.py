"""The marshmallow schema of a dataclass, so that the form of the files is written once.

The dataclasses of this chapter are the form: each field gives a key (its name, or the name in
`written`), its type gives what is accepted, and a field without a default must be there.
"""

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from marshmallow import RAISE, Schema, ValidationError, post_load
from marshmallow import fields as field_types

_TABLE = "must be a table of keys and values"
_SCHEMAS: dict[Any, type[Schema]] = {}


def schema_of(made: Any) -> type[Schema]:
    """Give the schema whose load() makes this dataclass, and refuses keys that it lacks."""
    if made not in _SCHEMAS:
        _SCHEMAS[made] = _derived(made)
    return _SCHEMAS[made]


def _derived(made: Any) -> type[Schema]:
    hints = get_type_hints(made)
    declared = {f.name: _field(f, hints[f.name]) for f in fields(made) if f.init}

    def make(_: Schema, data: Mapping[str, Any], **__: Any) -> Any:
        return made(**data)

    meta = type("Meta", (), {"unknown": RAISE, "register": False})
    parts = {
        **declared,
        "Meta": meta,
        "make": post_load(make),
        "error_messages": {"unknown": "is not a key that stands here", "type": _TABLE},
    }
    return type(f"{made.__name__}Schema", (Schema,), parts)


class Parsed(field_types.Field[Any]):
    """A text that a value type knows how to read."""

    def __init__(self, made: type[Any], **options: Any) -> None:
        super().__init__(**options)
        self.made = made

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("must be a text in quotation marks")
        try:
            return self.made.parse(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Word(field_types.Field[StrEnum]):
    """One of a closed list of words; a word that is not in it is told with the nearest."""

    def __init__(self, words: type[StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> StrEnum:
        known = [word.value for word in self.words]
        if value in known:
            return self.words(value)
        near = difflib.get_close_matches(str(value), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        raise ValidationError(f"{value!r} is not a known {self.words.__name__.lower()}; {hint}")


class Kept(field_types.Field[Any]):
    """A value that TOML has already given its type."""

    def __init__(self, kind: type[Any], told: str, **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind
        self.told = told

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        # To Python a bool is an int and a moment is a day; to the author neither is.
        if type(value) is not self.kind:
            raise ValidationError(f"must be {self.told}")
        return value


class Amount(field_types.Field[Decimal]):
    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        if type(value) not in {int, float}:
            raise ValidationError("must be an amount such as 9000 or 412.50")
        return Decimal(str(value))


class Row(field_types.List[Any]):
    """A list that becomes a tuple, since what is loaded never changes."""

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("must be a list")
        return tuple(super()._deserialize(value, *rest, **options))


class Block(field_types.Nested):
    """A table of the file; anything else in its place is told in the file's own words."""

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError(_TABLE)
        return super()._deserialize(value, *rest, **options)


_KEPT: dict[type[Any], str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2022-07-01, without quotation marks",
}


def _field(field: Field[Any], hint: Any) -> field_types.Field[Any]:
    options: dict[str, Any] = {
        "data_key": field.metadata.get("key", field.name),
        "required": field.default is MISSING and field.default_factory is MISSING,
        "error_messages": {"required": "is missing", "null": "may not be empty"},
    }
    return _of_type(_without_none(hint), options)


def _of_type(hint: Any, options: dict[str, Any]) -> field_types.Field[Any]:
    if get_origin(hint) is tuple:
        return Row(_of_type(get_args(hint)[0], {}), **options)
    if get_origin(hint) is Mapping:
        return field_types.Dict(keys=Kept(str, _KEPT[str]), values=Kept(str, _KEPT[str]), **options)
    return _of_class(hint, options)


def _of_class(made: type[Any], options: dict[str, Any]) -> field_types.Field[Any]:
    if made is Decimal:
        return Amount(**options)
    if made in _KEPT:
        return Kept(made, _KEPT[made], **options)
    if issubclass(made, StrEnum):
        return Word(made, **options)
    return Parsed(made, **options) if hasattr(made, "parse") else Block(schema_of(made), **options)


def _without_none(hint: Any) -> Any:
    if not isinstance(hint, UnionType):
        return hint
    (only,) = (part for part in get_args(hint) if part is not NoneType)
    return only
