"""A form: what was typed, what is wrong with it, and the command that it makes.

A form of a record carries, beside what is typed, how each field stood when it was opened. If
somebody else has changed the record since, both are set side by side, and whoever saves second
chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from flask import request
from marshmallow import Schema, ValidationError

from resettle.web import bodies
from resettle.web.drafting import Draft
from resettle.web.errors import flat
from resettle.web.fields import Text, Typed

LONG_TEXT = 1000
MANY_FIELDS = 8
UNANSWERED = "Somebody else changed this too. Choose which is to be kept."
Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of which somebody else has made something else: before, theirs, and mine."""

    before: Sequence[str]
    theirs: Sequence[str]
    mine: Sequence[str]

    @property
    def asked(self) -> bool:
        """Say whether both have changed it, so that only a person can decide."""
        return self.mine != self.before


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, what is wrong with it, and the command that it makes.

    `key` makes a second sending of the same form harmless; `version` is that of the record shown,
    `was` how its fields stood then. With `clash` the record has been changed by somebody since.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    command: Any = None
    key: str = field(default_factory=lambda: uuid4().hex)
    version: int | None = None
    files: Sequence[bodies.Upload] = ()
    was: Mapping[str, Any] = field(default_factory=dict)
    clash: bool = False
    draft: Draft | None = None

    @classmethod
    def sent(cls, schema: Schema) -> "Form":
        """Read a form that was sent; faults are in `errors`, and then there is no command."""
        asked, taken = bodies.beside("ask"), bodies.beside("take")
        made = cls(
            _as_taken(bodies.form_values(), taken),
            key=request.form.get("form_key", "") or uuid4().hex,
            version=bodies.form_version(),
            files=[bodies.read(file) for file in request.files.values()],
            was=bodies.beside("was"),
            clash=bool(bodies.beside("clash")),
        )
        if unanswered := [name for name in asked if name not in taken]:
            return made.clashing({name: [UNANSWERED] for name in unanswered})
        try:
            return replace(made, command=schema.load(as_lists(schema, made.values)))
        except ValidationError as error:
            return made.refused(flat(error.messages_dict))

    @classmethod
    def resumed(cls, kept: Mapping[str, Any]) -> "Form":
        """Take a form up again as its draft has it."""
        return cls(
            {name: _typed(value) for name, value in kept["values"].items()},
            version=kept["version"],
            was=kept["was"],
        )

    def refused(self, errors: Errors) -> "Form":
        version = None if self.clash else self.version  # beside what is new stands its version
        return replace(self, errors=errors, command=None, version=version)

    def clashing(self, errors: Errors) -> "Form":
        """Set what was typed beside what somebody else has saved, to be sent anew over that."""
        return replace(self, clash=True).refused(errors)

    def compared(self, name: str, now: Any) -> Compared | None:
        """Compare what was typed in a field with what the record holds now, if that matters."""
        found = Compared(several(self.was.get(name)), several(now), several(self.values.get(name)))
        if not self.clash or found.theirs in (found.mine, found.before):
            return None
        return found

    def before(self, name: str, now: Any) -> Sequence[str]:
        """Tell how a field stood when the form was opened."""
        return several(self.was.get(name) if self.values or self.errors else now)


def _as_taken(values: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    """Put in what somebody else has saved wherever the sender chose it."""
    theirs = bodies.beside("theirs")
    chosen = {name for name, whose in taken.items() if whose == "theirs"}
    kept = {name: value for name, value in values.items() if name not in chosen}
    return kept | {name: theirs[name] for name in chosen if name in theirs}


def _typed(value: Any) -> Any:
    return [Typed(one) for one in value] if isinstance(value, list) else Typed(value)


def several(value: Any) -> list[str]:
    """Write the value of a field as the texts that a browser would send for it."""
    if value is None or value is False:
        return []
    if value is True:
        return ["true"]
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(text for one in value for text in several(one))
    text = str(value).replace("\r\n", "\n").strip()
    return [text] if text else []


def as_lists(schema: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make a list of what a form sent once for a field that takes several."""
    several_ = {name for name, f in schema.load_fields.items() if hasattr(f, "inner")}
    return {
        name: [value] if name in several_ and isinstance(value, Typed) else value
        for name, value in values.items()
    }


def is_long(schema: Schema) -> bool:
    """Say whether so much is written in a form that a draft of it is worth keeping."""
    fields = schema.load_fields.values()
    return len(fields) >= MANY_FIELDS or any(
        isinstance(f, Text) and f.max >= LONG_TEXT for f in fields
    )
