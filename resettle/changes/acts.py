"""What people ask of this chapter: one command for each kind of change."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from resettle.changes.models import Kind
from resettle.core.errors import Invalid
from resettle.households import acts as households
from resettle.households.rules import Coded

Birth = households.RecordBirth


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody on the way into a household, and what they are to its principal applicant."""

    person_id: UUID
    relationship: str


Newcomer = households.JoinHousehold


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody leaves the household for no other file. If they led it, somebody else does."""

    member_id: UUID
    left: households.RecordDeparture


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """Somebody has died. If they led the household, somebody else does from that day."""

    on: date
    person_id: UUID
    successor_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marriage:
    """A member marries another member, somebody known from another household, or somebody new.

    Who is new or comes from elsewhere joins the household, and needs a relationship to its head.
    """

    on: date
    person_id: UUID
    partner_id: UUID | None = None
    partner: households.PersonFacts | None = None
    relationship: str | None = None
    marital_status: str = "MA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Some of a household move out and have a file of their own from then on.

    Tasks about the whole household stay, but for those named here. Unless a caseworker is named,
    the same caseworkers look after both.
    """

    on: date
    people: Sequence[Going]
    successor_id: UUID | None = None
    location: str | None = None
    caseworker_id: UUID | None = None
    task_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Two members separate. Who moves out, if somebody does, has a file of their own."""

    on: date
    person_id: UUID
    partner_id: UUID
    marital_status: str = "SR"
    people: Sequence[Going] = ()
    successor_id: UUID | None = None
    location: str | None = None
    caseworker_id: UUID | None = None
    task_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Everybody of another household moves in, and that household's file is closed."""

    on: date
    other_id: UUID
    people: Sequence[Going]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The household moves to another place. `outcome` says what becomes of a group's support."""

    on: date
    overseas: bool = False
    location: str | None = None
    dwelling_id: UUID | None = None
    outcome: str | None = None
    reasons: Sequence[str] = ()
    caseworker_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProvider:
    """All active households of some places go to another provider on a day."""

    locations: Sequence[str]
    from_provider: str
    to_provider: str
    on: date
    user_ids: Sequence[UUID]
    reason: str


# What is recorded under addresses of its own, and by no kind that is named.
Apart = Newcomer | Departure
Act = Birth | Death | Marriage | Split | Separation | Join | Move

MADE: Mapping[Kind, type[Act]] = {
    Kind.BIRTH: Birth,
    Kind.DEATH: Death,
    Kind.MARRIAGE: Marriage,
    Kind.SEPARATION: Separation,
    Kind.SPLIT: Split,
    Kind.JOIN: Join,
    Kind.MOVE: Move,
}
ELSEWHERE = "This does not belong to this kind of change. Leave it out."
NEEDED = "Fill this in."


@dataclass(frozen=True, slots=True)
class Asked:
    """Any change as it was asked for, before it is known to hold together."""

    kind: Kind
    values: Mapping[str, Any]
    version: int | None = None

    def act(self) -> Act:
        """Make the command. Raises Invalid for what its kind does not have, or cannot lack."""
        made = MADE[self.kind]
        values, known = dict(self.values), fields(made)
        faults = {name: [ELSEWHERE] for name in values.keys() - {f.name for f in known}}
        needed = [f.name for f in known if f.default is MISSING]
        faults |= {name: [NEEDED] for name in needed if name not in values}
        if faults:
            raise Invalid(faults)
        if made is Birth:
            values["relationship"] = Coded(values["relationship"])
        return made(**values)
