"""The facts of two records of one person: compared, chosen from, kept and given back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from resettle.households.acts import PersonFacts
from resettle.households.facts import SEALED_FACTS
from resettle.households.models import Person

Facts = Mapping[str, Any]
# Which facts may be chosen one by one: all but where the record came from.
CHOICES = tuple(
    f.name for f in fields(PersonFacts) if f.name not in {"source", "source_codes", "aliases"}
)
# What goes with a fact, since it says nothing by itself.
TIED: Mapping[str, tuple[str, ...]] = {
    "born_on": ("born_is_estimate",),
    "unhcr_individual_id": ("unhcr_id_index",),
}
KEPT = (*CHOICES, *(name for tied in TIED.values() for name in tied), "source_codes", "aliases")


def facts_of(person: Person) -> dict[str, Any]:
    """Read every fact of a record."""
    return {name: getattr(person, name) for name in dict.fromkeys(KEPT)}


def written(facts: Facts) -> dict[str, Any]:
    """Write facts so that JSON keeps them."""
    return {name: _written(value) for name, value in facts.items()}


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def take(kept: Person, gone: Person, chosen: Iterable[str]) -> None:
    """Take the chosen facts from the record that goes; its names are kept as further names."""
    others = [name for name in (gone.name, gone.name_in_script, *gone.aliases) if name]
    known = [kept.name, kept.name_in_script, *kept.aliases]
    for name in with_tied(chosen):
        setattr(kept, name, getattr(gone, name))
        if name in gone.source_codes:
            kept.source_codes = {**kept.source_codes, name: gone.source_codes[name]}
    now = {kept.name, kept.name_in_script}
    aliases = [*kept.aliases, *(name for name in [*known, *others] if name)]
    kept.aliases = [name for name in dict.fromkeys(aliases) if name not in now]


def with_tied(chosen: Iterable[str]) -> list[str]:
    return [name for one in chosen for name in (one, *TIED.get(one, ()))]


def give_back(kept: Person, before: Facts, after: Facts) -> None:
    """Give a record its facts of before a merge; what was corrected since stays corrected."""
    now = written(facts_of(kept))
    for name, value in before.items():
        if value != after[name] and now[name] == after[name]:
            setattr(kept, name, _read(name, value))


def _read(name: str, value: Any) -> Any:
    if value is None or name in SEALED_FACTS or isinstance(value, dict | list):
        return value
    kind = Person.__table__.columns[name].type.python_type
    return date.fromisoformat(value) if kind is date else kind(value)


def dumped(**parts: Any) -> str:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)
