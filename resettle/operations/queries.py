"""Questions to the audit trail and to the job table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, literal, select, tuple_
from sqlalchemy.orm import aliased

from resettle.accounts.models import UserAccount
from resettle.core import chain
from resettle.core.actor import BY_LINK, Role
from resettle.core.audit import AuditEntry, AuditSeen
from resettle.core.jobs import Job
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

TRAIL_SORTS: Mapping[str, Sequence[Any]] = {"-at": (AuditEntry.at,)}
JOB_SORTS: Mapping[str, Sequence[Any]] = {"run_after": (Job.run_after,)}


@dataclass(frozen=True, slots=True)
class TrailFilters:
    household: UUID | None = None
    actor: UUID | None = None
    change: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class JobFilters:
    dead: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnLooks:
    """What the people of a household want to see of the looks at their file."""

    show: str = "others"


EVERYTHING = OwnLooks("all")


def who_saw(uow: UnitOfWork, household_id: UUID, wanted: OwnLooks = EVERYTHING) -> Select[Any]:
    """List who looked at or changed a household's file, by name and role, newest first."""
    uow.get(Household, household_id, to=Permission.WHO_SAW)
    # Names of those who acted on this very file, whichever accounts the reader may see else.
    # A row of a list names several; here it is shown as one of the household that asks.
    this = literal(household_id, Uuid()).label("household_id")
    named = _trail(AuditEntry, this, UserAccount.name.label("actor_name"))
    joined = named.outerjoin(UserAccount, UserAccount.id == AuditEntry.actor_ref)
    query = joined.where(_names(household_id), *_shown(uow, wanted))
    return query.execution_options(covered=frozenset({UserAccount}))


def _shown(uow: UnitOfWork, wanted: OwnLooks) -> Sequence[ColumnElement[bool]]:
    match wanted.show:
        case "others":
            own = AuditEntry.actor_ref.is_distinct_from(uow.actor.user_id)
            return [own, AuditEntry.actor_role != Role.SYSTEM]
        case "changes":
            return [AuditEntry.change.in_(["created", "updated", "deleted"])]
        case _:
            return []


def search(uow: UnitOfWork, wanted: TrailFilters) -> Select[Any]:
    """Search the trail by references; it holds no names and no values."""
    uow.require(Permission.AUDIT_SEARCH)
    query = _trail(AuditEntry, AuditEntry.household_ref.label("household_id"))
    if wanted.household is not None:
        query = query.where(_names(wanted.household))
    asked = {
        AuditEntry.actor_ref: wanted.actor,
        AuditEntry.change: wanted.change,
        AuditEntry.outcome: wanted.outcome,
    }
    for column, value in asked.items():
        query = query if value is None else query.where(column == value)
    return query


def _names(household_id: UUID) -> ColumnElement[bool]:
    """Keep to rows that name a household: alone, or among those of a list."""
    alone, listed = aliased(AuditEntry), AuditSeen
    found = select(alone.chain, alone.seq).where(alone.household_ref == household_id)
    among = select(listed.chain, listed.seq).where(listed.household_ref == household_id)
    return tuple_(AuditEntry.chain, AuditEntry.seq).in_(found.union_all(among))


def _trail(entry: type[AuditEntry], *more: Any) -> Select[Any]:
    columns: list[Any] = [
        entry.seq,
        entry.chain,
        entry.at,
        entry.actor_ref,
        entry.actor_role,
        entry.action,
        entry.change,
        entry.resource,
        entry.record_ref,
        entry.classes,
        entry.fields,
        entry.outcome,
        entry.route,
        entry.count.label("rows"),
        entry.session_ref.startswith(BY_LINK).label("by_link"),
        *more,
    ]
    made: Select[Any] = select(*columns)
    return made


def verdict(uow: UnitOfWork) -> chain.Verdict:
    """Compute the trail again."""
    uow.require(Permission.AUDIT_VERIFY)
    return chain.verify(uow.session)


def jobs(uow: UnitOfWork, wanted: JobFilters) -> Select[Any]:
    """List jobs that wait or have failed for good; their payload is nobody's to read here."""
    uow.require(Permission.JOB_READ)
    columns: list[Any] = [
        Job.id,
        Job.name,
        Job.run_after,
        Job.leased_until,
        Job.tries,
        Job.dead,
        Job.fault,
    ]
    query: Select[Any] = select(*columns)
    return query if wanted.dead is None else query.where(Job.dead.is_(wanted.dead))
