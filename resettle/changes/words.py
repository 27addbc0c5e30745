"""What the sentences of a change are made of: areas, rows with what they were before, names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue

PEOPLE, FILE, STEPS, HANDS = "People", "The file", "Milestones", "Caseworkers"
HOME, SUPPORT, CONSENTS, TASKS = "Home", "Sponsor group", "Consents", "Tasks"
APPOINTMENTS, PLAN, PAPERS = "Appointments", "Plan", "Papers asked for"
REMINDERS, CASE, OTHER = "Reminders", "Case", "Other records"
AREAS = (
    PEOPLE,
    FILE,
    HOME,
    HANDS,
    SUPPORT,
    STEPS,
    APPOINTMENTS,
    TASKS,
    PLAN,
    PAPERS,
    CONSENTS,
    REMINDERS,
    CASE,
    OTHER,
)


@dataclass(frozen=True, slots=True)
class Touched:
    """A row with what it was before the whole change, whatever happened to it in between."""

    row: Any
    made: bool
    before: Mapping[str, Any]

    def changed(self, name: str) -> bool:
        return name in self.before and self.before[name] != getattr(self.row, name)


@dataclass(frozen=True, slots=True)
class Words:
    """The names that the sentences need."""

    uow: UnitOfWork
    people: Mapping[UUID, str]
    files: Mapping[UUID, str]
    users: Mapping[UUID, str]

    def person(self, person_id: UUID | None) -> str:
        return "the household" if person_id is None else self.people.get(person_id, "somebody")

    def place(self, code: str | None) -> str:
        known = self.uow.use(Catalogue).locations.get(code or "")
        return (code or "no place") if known is None else known.name


Sentences = Iterator[tuple[str, str]]
