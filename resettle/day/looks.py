"""Which households are looked at for a queue, and who works with each of them today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases.absences import Absence
from resettle.cases.assigning import of_team
from resettle.cases.models import Assignment, ResettlementCase
from resettle.cases.newest import newest_case
from resettle.casework.models import Channel, ContactNote
from resettle.core.actor import Role
from resettle.core.clock import day_of
from resettle.core.work import UnitOfWork
from resettle.day import rules
from resettle.day.rules import Part, Source, Stand
from resettle.desk import words
from resettle.households.models import DenyListed, Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.settings import Settings

# Who talks with another office has not heard from the household.
HEARD = tuple(each for each in Channel if each not in {Channel.INTERAGENCY, Channel.HANDOVER})


@dataclass(frozen=True, slots=True)
class Home:
    """A household as a queue knows it."""

    id: UUID
    reference: str
    name: str
    location: str | None
    stage: str
    last_contact_on: date | None
    contact_due_on: date | None
    every: int | None
    is_over: bool
    programme: Programme | None = None

    def working_day(self, uow: UnitOfWork, days: int) -> date:
        """Give the day after so many, or the first after it on which people work there."""
        catalogue = uow.use(Catalogue)
        place = catalogue.locations.get(self.location or "")
        region = None if place is None else place.region
        day = uow.today + timedelta(days=days)
        return catalogue.working_days.add_working_days(day, 0, region)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that waits, as its source tells of it; `way_id` is what its page is asked with."""

    source: Source
    subject_id: UUID
    household_id: UUID
    title: str
    due_on: date | None
    why: str = ""
    # Whom of the household it is for, where it is for one alone.
    person_id: UUID | None = None
    owner_id: UUID | None = None
    way_id: UUID | None = None
    version: int | None = None
    safety: bool = False
    blocked: bool = False
    may_be_seen: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the households of the reader; or at those of a team, by file number only."""

    uow: UnitOfWork
    homes: Mapping[UUID, Home]
    team: bool = False

    @property
    def today(self) -> date:
        return self.uow.today

    def columns(self, model: Any, *columns: Any) -> Select[Any]:
        """Start a query of columns over rows of the households that are looked at."""
        if not self.team:
            return self.uow.columns(model, *columns)
        query: Select[Any] = select(*columns).select_from(model)
        return self.uow.touching(query, model)

    def also(self, query: Select[Any], *models: Any) -> Select[Any]:
        """Let a query touch further models, as far as the reader may know of them."""
        return self.uow.touching(query, *models) if self.team else self.uow.along(query, *models)

    def rows(self, query: Select[Any]) -> Iterable[Any]:
        """Give the rows of a query that are about one of the households looked at."""
        for row in self.uow.rows(query):
            if row.household_id in self.homes:
                yield row


def look(uow: UnitOfWork, *, team: bool = False) -> Look:
    """Look at all households that have not left: one query whatever their number."""
    contact = _last_contact(uow, team=team).scalar_subquery().label("heard_at")
    columns = (
        Household.id.label("id"),
        Household.reference.label("reference"),
        Household.display_name.label("display_name"),
        Household.location.label("location"),
        Household.arrived_on.label("arrived_on"),
        Household.programme_code.label("code"),
        Household.programme_version.label("version"),
        ResettlementCase.stage.label("stage"),
        ResettlementCase.stage_since.label("since"),
        contact,
    )
    query = _households(uow, *columns, team=team).outerjoin(ResettlementCase, newest_case())
    query = uow.touching(query, ResettlementCase, ContactNote)
    rows = uow.rows(query.where(Household.exited_on.is_(None)))
    return Look(uow, {row.id: _home(uow, row) for row in rows}, team)


def _households(uow: UnitOfWork, *columns: Any, team: bool) -> Select[Any]:
    if not team:
        return uow.columns(Household, *columns)
    query: Select[Any] = select(*columns).select_from(Household).where(of_team(uow))
    return uow.touching(query, Household, DenyListed)


def _last_contact(uow: UnitOfWork, *, team: bool) -> Select[Any]:
    newest = func.max(ContactNote.occurred_at)
    query: Select[Any] = select(newest) if team else uow.subquery(ContactNote, newest)
    return query.where(
        ContactNote.household_id == Household.id, ContactNote.channel.in_(HEARD)
    ).correlate(Household)


def _home(uow: UnitOfWork, row: Any) -> Home:
    found = words.programme(uow, row.code, row.version)
    stages = {} if found is None else {stage.code: stage for stage in found.stages}
    stage = stages.get(row.stage)
    usual = uow.use(Settings).silence_days
    said = None if stage is None else stage.silence_days
    every = rules.silence(said, usual, arrived=row.arrived_on is not None)
    return Home(
        id=row.id,
        reference=row.reference,
        name=row.display_name,
        location=row.location,
        stage=words.stage(found, row.stage),
        last_contact_on=None if row.heard_at is None else day_of(row.heard_at),
        contact_due_on=_due(row.heard_at, row.arrived_on or row.since, every),
        every=every,
        is_over=stage is not None and stage.final,
        programme=found,
    )


def _due(heard_at: datetime | None, since: date | None, every: int | None) -> date | None:
    """Tell by when somebody ought to be in touch: counted from the last time, or the beginning."""
    begun = since if heard_at is None else day_of(heard_at)
    return None if every is None or begun is None else begun + timedelta(days=every)


def colleagues_away(look: Look) -> Mapping[UUID, date]:
    """Tell of those who work with the households and are away today, until when."""
    columns: tuple[Any, ...] = (Absence.user_id, func.max(Absence.until_on).label("until_on"))
    query: Select[Any] = select(*columns).where(Absence.live_on(look.today))
    rows = look.uow.rows(look.uow.touching(query.group_by(Absence.user_id), Absence))
    return {row.user_id: row.until_on for row in rows}


def stands(look: Look) -> Mapping[UUID, Sequence[Stand]]:
    """Name the caseworkers of each household today, with who of them is away or has left."""
    away = exists().where(Absence.user_id == Assignment.user_id, Absence.live_on(look.today))
    works = exists().where(
        RoleGrant.user_id == Assignment.user_id,
        RoleGrant.role == Role.CASEWORKER,
        RoleGrant.until_at.is_(None),
    )
    leave, absent = aliased(Absence), aliased(UserAccount)
    query = (
        look.columns(
            Assignment,
            Assignment.household_id.label("household_id"),
            Assignment.user_id.label("user_id"),
            Assignment.kind.label("kind"),
            Assignment.until_on.label("until_on"),
            UserAccount.name.label("name"),
            UserAccount.status.label("status"),
            absent.name.label("instead_of"),
            away.label("away"),
            works.label("works"),
        )
        .join(UserAccount, UserAccount.id == Assignment.user_id)
        .outerjoin(leave, leave.id == Assignment.absence_id)
        .outerjoin(absent, and_(absent.id == leave.user_id))
        .where(Assignment.live_on(look.today))
    )
    found: dict[UUID, list[Stand]] = {home: [] for home in look.homes}
    for row in look.rows(look.uow.touching(query, UserAccount, RoleGrant, Absence)):
        found[row.household_id].append(_stand(row))
    return found


def _stand(row: Any) -> Stand:
    return Stand(
        user_id=row.user_id,
        name=row.name,
        part=Part(row.kind.value),
        works=bool(row.works) and row.status is AccountStatus.ACTIVE,
        away=bool(row.away),
        until_on=row.until_on,
        instead_of=row.instead_of or "",
    )
