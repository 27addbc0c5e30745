"""What presses, for the first pages of those who lead: complaints by their clock, crisis checks."""

from typing import Any

from resettle.complaints import queries as complaints
from resettle.complaints.schemas import ComplaintShape
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.crises import queries as crises
from resettle.crises.schemas import CrisisShape
from resettle.crises.wording import whom
from resettle.programmes.catalogue import Catalogue

Shown = dict[str, Any]
COMPLAINT = ComplaintShape(only=("id", "household_id", "due_on"))
CRISIS = CrisisShape(
    only=("id", "reason", "location", "language", "nationality", "raised_at", "ends_on")
)


def told(uow: UnitOfWork) -> Shown:
    """Tell each reader what they may know of: complaints only to those who answer them."""
    uow.require(Permission.CRISIS_READ)
    return {
        "complaints": _complaints(uow) if uow.allows(Permission.COMPLAINT_DECIDE) else None,
        "flags": _flags(uow),
    }


def _complaints(uow: UnitOfWork) -> Shown:
    found = complaints.waiting(uow)
    known = complaints.references(uow, {each.household_id for each in found.first})
    return {
        "to_acknowledge": found.to_acknowledge,
        "late": found.late,
        "to_decide": found.to_decide,
        "first": [
            {
                **row,
                "reference": known.get(each.household_id, ""),
                "clock": each.clock.words(uow.today),
                "late": bool(each.clock.late_days(uow.today)),
            }
            for each, row in zip(found.first, COMPLAINT.many_of(uow, found.first), strict=True)
        ],
    }


def _flags(uow: UnitOfWork) -> list[Shown]:
    found, places = crises.up(uow), uow.use(Catalogue)
    rows = CRISIS.many_of(uow, [crisis for crisis, _ in found])
    return [
        {
            **row,
            "whom": whom(places, row),
            "done": count.done,
            "open": count.open,
            "number": count.number,
        }
        for row, (_, count) in zip(rows, found, strict=True)
    ]
