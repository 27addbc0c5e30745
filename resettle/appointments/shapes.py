"""Appointments as pages tell them: in local times and words, with what to think of before."""

from collections.abc import Mapping, Sequence
from typing import Any

from resettle.appointments import queries, schemas
from resettle.appointments.models import Appointment, Gender, Kind, Outcome, Transport
from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork
from resettle.web.frame import plain

Shown = dict[str, Any]
SHAPE = schemas.AppointmentShape()
SPELLED: Mapping[str, str] = {
    "work_and_income": "Work and Income",
    "ird": "Inland Revenue",
    "ece": "Early childhood education",
    "gp": "GP",
    "inz": "Immigration New Zealand",
}
KINDS = [(kind.value, SPELLED.get(kind.value, plain(kind.value))) for kind in Kind]
TRANSPORTS = [(each.value, plain(each.value)) for each in Transport]
GENDERS = [(each.value, f"A {each.value}") for each in Gender]
OUTCOMES = {
    Outcome.ATTENDED.value: "They were there",
    Outcome.LATE.value: "They came late",
    Outcome.DID_NOT_ATTEND.value: "Nobody came",
    Outcome.CANCELLED.value: "It was cancelled",
    Outcome.RESCHEDULED.value: "It was put off",
}


def told(uow: UnitOfWork, rows: Sequence[Appointment]) -> list[Shown]:
    """Tell appointments in local times and words, each with what to think of before it."""
    uow.unlock({row.household_id for row in rows})
    warned = queries.warnings(uow, rows)
    shown = SHAPE.many_of(uow, rows)
    return [{**_in_words(each), "warnings": warned.get(each["id"], ())} for each in shown]


def _in_words(row: Shown) -> Shown:
    begins = row["starts_at"].astimezone(AUCKLAND)
    ends = row["ends_at"].astimezone(AUCKLAND)
    kind = row.get("kind") or ""
    return {
        **row,
        "on": begins.date(),
        "at": f"{begins:%H:%M}",
        "until": f"{ends:%H:%M}",
        "minutes": int((row["ends_at"] - row["starts_at"]).total_seconds()) // 60,
        "kind_title": dict(KINDS).get(kind, plain(kind)),
        "planned": row["outcome"] == Outcome.PLANNED,
        "outcome_title": OUTCOMES.get(row["outcome"], "To come"),
    }
