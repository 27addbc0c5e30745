"""The caseworker's households, with what is due next in each: one query whatever their number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields
from sqlalchemy import Select, func, literal, or_

from resettle.cases.models import ResettlementCase
from resettle.cases.newest import newest, newest_case
from resettle.core.classes import OPS, PLAN, PROFILE
from resettle.core.permissions import Permission
from resettle.core.reading import Question, Sorts
from resettle.core.work import UnitOfWork
from resettle.desk import words
from resettle.households.models import Household, HouseholdMember
from resettle.milestones.models import STILL_DUE, Milestone
from resettle.views.rules import SORTS
from resettle.web.api import page_of
from resettle.web.fields import Code, Text
from resettle.web.hidden import Sought
from resettle.web.paging import Page
from resettle.web.schema import Command, Shape

NEVER = date(9999, 12, 31)
BY_COLUMN: Mapping[str, tuple[Any, ...]] = {
    "name": (Household.display_name.expression,),
    "reference": (Household.reference.expression,),
}
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CaseloadFilters:
    q: str | None = None
    stage: str | None = None
    location: str | None = None


class CaseloadFiltersSchema(Command[CaseloadFilters]):
    """What an address asks of the caseload: a name is a key there."""

    makes = CaseloadFilters

    q = Sought()
    stage = Text(40)
    location = Text(80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(CaseloadFilters):
    """The filters as they are typed, with the sort that is kept."""

    sort: str | None = None


class TypedSchema(Command[Typed]):
    makes = Typed

    q = Text(100)
    sort = Code(SORTS)
    stage = Text(40)
    location = Text(80)


class CaseloadRow(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    reference = fields.String()
    display_name = fields.String(metadata={"class": "P2", "item": "name"})
    programme_code = fields.String()
    programme_version = fields.Integer()
    location = fields.String()
    arrived_on = fields.Date()
    stage = fields.String(metadata=dict(OPS))
    stage_since = fields.Date(metadata=dict(OPS))
    people = fields.Integer(metadata=dict(PROFILE))
    next_due = fields.Date(metadata=dict(PLAN))
    next_code = fields.String(metadata=dict(PLAN))
    overdue = fields.Integer(metadata=dict(PLAN))


def page(
    uow: UnitOfWork, wanted: CaseloadFilters, arguments: Mapping[str, str]
) -> tuple[Page, list[dict[str, Any]]]:
    """Give the page of the caseload that is asked for, its rows told in words."""
    listed = caseload(uow, wanted, sorts)
    offered = {} if isinstance(listed, Question) else sorts(uow)
    found = page_of(uow, listed, offered, arguments)
    return found, [_told(uow, row) for row in CaseloadRow().many_of(uow, found.rows)]


def by_column(_uow: UnitOfWork) -> Sorts:
    return BY_COLUMN


def caseload(
    uow: UnitOfWork, wanted: CaseloadFilters, by: Callable[[UnitOfWork], Sorts] = by_column
) -> Select[Any] | Question:
    """List the reader's households that have not left, with their next step and what is late."""
    uow.require(Permission.CASE_READ)
    if wanted == CaseloadFilters():
        return Question(_all, by, _chosen)
    return _filtered(_all(uow), wanted)


def _chosen(uow: UnitOfWork) -> Select[Any]:
    query = uow.columns(Household, Household.id.label("id")).where(Household.exited_on.is_(None))
    return uow.touching(query, ResettlementCase, Milestone)  # of which the sorts ask


def _all(uow: UnitOfWork) -> Select[Any]:
    people = uow.subquery(HouseholdMember, func.count()).where(
        HouseholdMember.household_id == Household.id, HouseholdMember.left_on.is_(None)
    )
    query = uow.columns(
        Household,
        Household.id.label("id"),
        Household.reference.label("reference"),
        Household.display_name.label("display_name"),
        Household.programme_code.label("programme_code"),
        Household.programme_version.label("programme_version"),
        Household.location.label("location"),
        Household.arrived_on.label("arrived_on"),
        newest(ResettlementCase.stage).label("stage"),
        newest(ResettlementCase.stage_since).label("stage_since"),
        people.scalar_subquery().label("people"),
        *_next_step(uow),
    )
    query = query.where(Household.exited_on.is_(None))
    return uow.touching(query, HouseholdMember, ResettlementCase, Milestone)


def _next_step(uow: UnitOfWork) -> list[Any]:
    first = _due(uow, Milestone.code).order_by(Milestone.due_on, Milestone.code).limit(1)
    late = _due(uow, func.count()).where(Milestone.due_on < uow.today)
    return [
        _soonest(uow).label("next_due"),
        first.scalar_subquery().label("next_code"),
        late.scalar_subquery().label("overdue"),
    ]


def _soonest(uow: UnitOfWork) -> Any:
    return _due(uow, Milestone.due_on).order_by(Milestone.due_on).limit(1).scalar_subquery()


def _due(uow: UnitOfWork, *columns: Any) -> Select[Any]:
    """Start a nested select of the household's open steps that have a day to be late on."""
    return uow.subquery(Milestone, *columns).where(
        Milestone.household_id == Household.id, STILL_DUE
    )


def _filtered(query: Select[Any], wanted: CaseloadFilters) -> Select[Any]:
    if wanted.q is not None:
        starts = Household.reference.istartswith(wanted.q.strip(), autoescape=True)
        named = Household.display_name.icontains(wanted.q.strip(), autoescape=True)
        query = query.where(or_(starts, named))
    if wanted.location is not None:
        query = query.where(Household.location == wanted.location)
    if wanted.stage is not None:
        query = query.where(newest(ResettlementCase.stage) == wanted.stage)
    return query


def sorts(uow: UnitOfWork) -> Sorts:
    """Name the sorts: what is due first, unless asked otherwise."""
    return {
        "due": (func.coalesce(_soonest(uow), literal(NEVER)),),
        **BY_COLUMN,
        "stage": (func.coalesce(newest(ResettlementCase.stage_since), literal(NEVER)),),
    }


def choices(uow: UnitOfWork) -> tuple[list[Option], list[Option]]:
    """Offer the stages and the places of the reader's households to filter by."""
    uow.require(Permission.CASE_READ)
    query = (
        uow.columns(
            Household,
            Household.location.label("location"),
            ResettlementCase.programme_code.label("code"),
            ResettlementCase.programme_version.label("version"),
            ResettlementCase.stage.label("stage"),
        )
        .outerjoin(ResettlementCase, newest_case())
        .where(Household.exited_on.is_(None))
        .distinct()
    )
    stages, places = {}, {}
    for row in uow.rows(uow.touching(query, ResettlementCase)):
        if row.stage is not None:
            found = words.programme(uow, row.code, row.version)
            stages[row.stage] = words.stage(found, row.stage)
        if row.location is not None:
            places[row.location] = words.place(uow, row.location)
    return _by_title(stages), _by_title(places)


def _by_title(titles: Mapping[str, str]) -> list[Option]:
    return sorted(titles.items(), key=lambda option: option[1])


def _told(uow: UnitOfWork, row: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a dumped row what its codes are called, and how long and how late."""
    found = words.programme(uow, row["programme_code"], row["programme_version"])
    since, due = row["stage_since"], row["next_due"]
    return {
        **row,
        "stage_title": words.stage(found, row["stage"]),
        "days_in_stage": None if since is None else (uow.today - since).days,
        "place": words.place(uow, row["location"]),
        "next_title": "" if row["next_code"] is None else words.step(found, row["next_code"]),
        "late_days": max((uow.today - due).days, 0) if due else 0,
    }
