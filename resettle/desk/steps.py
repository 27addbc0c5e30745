"""A household's steps of settling in, as pages tell them: what is due, how late, who owes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from marshmallow import fields

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import words
from resettle.milestones import rules
from resettle.milestones.models import Milestone
from resettle.statuses.definition import Statuses
from resettle.web import charts
from resettle.web.schema import Shape

Told = dict[str, Any]
MONTHS = 24
WORDS: Mapping[str, tuple[str, charts.Tone]] = {
    "not_started": ("Not started", "quiet"),
    "in_progress": ("In progress", "open"),
    "met": ("Met", "done"),
    "met_late": ("Met late", "done"),
    "blocked": ("Blocked", "late"),
}


class StepShape(Shape):
    class Meta:
        model = Milestone

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    code = fields.String()
    domain = fields.String()
    programme_code = fields.String()
    programme_version = fields.Integer()
    deadline = fields.Boolean()
    due_on = fields.Date()
    due_overridden = fields.Boolean()
    status = fields.String()
    met_on = fields.Date()
    evidence = fields.String()
    reason = fields.String()
    version = fields.Integer()


def steps(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell every step of a household that the reader may know of, the earliest first."""
    query = uow.select(Milestone).where(Milestone.household_id == household_id)
    return tell(uow, uow.all(query.order_by(Milestone.due_on, Milestone.code, Milestone.id)))


def tell(uow: UnitOfWork, found: Sequence[Milestone]) -> list[Told]:
    """Tell milestones in words, as far as the reader sees them."""
    may_record = uow.allows(Permission.STATUS_RECORD)
    kinds = uow.use(Statuses)
    return [
        # What a step brings with it, such as work, is dated and coded of the person it is for.
        told | {"asked": kinds.asked_at(told["code"]) if may_record and told["person_id"] else []}
        for told in (_told(uow, row) for row in StepShape().many_of(uow, found))
    ]


def _told(uow: UnitOfWork, row: Told) -> Told:
    found = words.programme(uow, row["programme_code"], row["programme_version"])
    standing = _standing(row)
    overdue = rules.is_overdue(standing, uow.today)
    return {
        **row,
        "title": words.step(found, row["code"]),
        "domain_title": words.domain(found, row["domain"]),
        "owed": words.owed(found, row["code"]),
        "parties": words.parties(found, row["code"]),
        "state": rules.state(standing),
        "open": row["status"] in rules.OPEN,
        "late_days": (uow.today - row["due_on"]).days if overdue else 0,
    }


def _standing(row: Told) -> rules.Standing:
    return rules.Standing(str(row["status"]), row["due_on"], row["met_on"], row["deadline"])


def due_next(told: Iterable[Told], most: int = 5) -> list[Told]:
    """Name the open steps that come first; what is late stands before what is to come."""
    waiting = [step for step in told if step["open"]]
    return sorted(waiting, key=lambda step: (-step["late_days"], step["due_on"]))[:most]


def owed_by(told: Iterable[Told], party: str) -> list[Told]:
    """Keep the steps that somebody owes, alone or with others."""
    return [step for step in told if party in step["parties"]]


def progress(household_id: UUID, told: Iterable[Told], day: date) -> rules.Progress:
    return rules.progress(household_id, [_standing(step) for step in told], day)


def by_domain(told: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """Sort steps into their domains, each in the order of the days."""
    found: dict[str, list[Told]] = {}
    for step in told:
        found.setdefault(step["domain_title"], []).append(step)
    return sorted(found.items())


def line(starts_on: date, today: date, told: Sequence[Told]) -> charts.MonthLine:
    """Lay the steps along 24 months; those that come to several people share a place.

    What is asked for years later has no place on it.
    """
    ends_on = starts_on + relativedelta(months=MONTHS)
    points: dict[tuple[date, str, str], charts.Point] = {}
    for step in told:
        word, tone = WORDS.get(step["state"], ("", "quiet"))
        if not word or step["due_on"] > ends_on:
            continue
        shown: charts.Tone = "late" if step["late_days"] else tone
        said = f"{step['late_days']} days late" if step["late_days"] else word
        key = step["due_on"], step["title"], said
        points[key] = charts.Point(step["title"], step["due_on"], shown, said)
    return charts.month_line(starts_on, today, points.values(), months=MONTHS)
