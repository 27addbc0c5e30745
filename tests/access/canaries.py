"""Canaries: in every text of the planted world stands a mark of its own, to be found anywhere."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, String, inspect

from resettle.core.classes import DataClass
from resettle.core.db import Base
from resettle.core.sealed import Sealed, SealedContent, sealed_names
from resettle.households.rules import Coded

MARKED = frozenset(DataClass) - {DataClass.OPS, DataClass.AUDIT}
"""The classes whose texts carry a canary."""

# What can hold no 32 letters, since it is a code, a day or a yes that the service reads.
NO_TEXT: Mapping[str, frozenset[str]] = {
    "household": frozenset({"primary_language", "location"}),
    "person": frozenset({"stateless", "asylum_arrived_on", "registered_on"}),
    "person_language": frozenset({"language"}),
    "relative": frozenset({"born_on", "deceased", "wants_reunification"}),
    "resettlement_case": frozenset({"travel_on"}),
    "eligibility_facts": frozenset(
        {"mandate_confirmed", "other_category", "region_accepted", "asylum_country"}
    ),
    "milestone": frozenset({"code", "domain"}),
    "plan_goal": frozenset({"domain"}),
    "plan_rating": frozenset({"domain"}),
    "contact_note": frozenset({"domains"}),
    "household_change": frozenset({"kind"}),
    "user_account": frozenset({"email", "password_hash"}),
    "voice": frozenset({"language"}),
    "family_link": frozenset({"token_hash"}),
    "api_token": frozenset({"token_hash"}),
    "calendar_feed": frozenset({"token_hash"}),
    "incident": frozenset({"follow_ups"}),
    "match_household": frozenset({"facts", "closed"}),
    "placement_wish": frozenset({"needs", "wants"}),
    "complaint": frozenset({"language"}),
    "crisis": frozenset({"location", "language", "nationality"}),
    "invitation": frozenset({"token_hash"}),
    "user_session": frozenset({"token_hash"}),
}
# Facts that are kept with the code that they came from.
CODED: Mapping[str, frozenset[str]] = {
    "person": frozenset(
        {"nationality", "birth_country", "origin_country", "asylum_country", "ethnicity"}
    )
    | {"religion"},
    "relative": frozenset({"relationship_code", "nationality", "residence_country"}),
    "specific_need": frozenset({"health_code", "protection_code"}),
}
# Facts that are kept as JSON.
LISTED: Mapping[str, frozenset[str]] = {
    "contact_note": frozenset({"present"}),
    "imported_case": frozenset({"as_submitted"}),
    "imported_person": frozenset({"other_facts"}),
    "milestone": frozenset({"private"}),
}


# What was typed in a form, by field.
TYPED: Mapping[str, frozenset[str]] = {"draft": frozenset({"content"})}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a canary stands: whose it is, in which column, and how dangerous that column is."""

    text: str
    household: str
    person: str
    table: str
    column: str
    data_class: DataClass

    @property
    def place(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass
class Canaries:
    """Every canary that was planted. The same each time, so that a failure can be looked at."""

    marks: dict[str, Mark] = field(default_factory=dict)
    _random: random.Random = field(default_factory=lambda: random.Random(20260302))

    def make(
        self, household: str, person: str, table: str, column: str, data_class: DataClass
    ) -> str:
        text = f"{self._random.getrandbits(128):032x}"
        self.marks[text] = Mark(text, household, person, table, column, data_class)
        return text

    def fill(
        self, entity: Any, household: str, person: str = "", keep: tuple[str, ...] = ()
    ) -> Any:
        """Write a canary into every text of a row, but for those to keep."""
        table = entity.__tablename__
        for name, data_class, kind in texts(type(entity)):
            if name in keep or name in NO_TEXT.get(table, ()):
                continue
            text = self.make(household, person, table, name, data_class)
            setattr(entity, name, _written(table, name, kind, text))
        return entity


def texts(model: type[Base]) -> Iterator[tuple[str, DataClass, str]]:
    """Name the attributes of a model that can hold words and tell of somebody, with their class."""
    for name in sealed_names(model):
        sealed: Sealed = getattr(model, name)
        kind = "content" if isinstance(sealed, SealedContent) else "text"
        yield name, sealed.data_class, kind
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        data_class = column.info["class"]
        if data_class in MARKED and (kind := _kind(column.type)):
            yield attribute.key, data_class, kind


def _kind(type_: Any) -> str:
    if type(type_) is String:
        return "text"
    return "list" if isinstance(type_, JSON) else ""


def _written(table: str, name: str, kind: str, text: str) -> Any:  # noqa: PLR0911  # one a kind
    if name in CODED.get(table, ()):
        return Coded(text).text
    if name in LISTED.get(table, ()):
        return json.dumps([text])
    if name in TYPED.get(table, ()):
        return json.dumps({"values": {"name": text}, "was": {}, "version": None})
    match kind:
        case "content":
            return text.encode()
        case "list":
            return {"canary": text} if name in {"source_codes", "links"} else [text]
        case _:
            return text
