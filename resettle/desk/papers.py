"""The documents of a household's file: what is there, what runs out, what is still asked for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.desk import file
from resettle.documents import queries, rules
from resettle.documents.rules import Kind
from resettle.documents.schemas import DocumentShape, RequiredShape

Told = dict[str, Any]
DOCUMENT = DocumentShape(exclude=("reason",))
STANDINGS: Mapping[str, tuple[str, str, str]] = {
    "on_file": ("On file", "done", "done"),
    "expired": ("Expired", "late", "late"),
    "waived": ("Waived", "quiet", "skipped"),
    "to_follow": ("To follow", "open", "half"),
    "answered": ("Answered as met", "done", "done"),
    "missing": ("Missing", "late", "open"),
}


def on_file(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    rows = DOCUMENT.many_of(uow, queries.on_file(uow, household_id))
    return [told(row, uow.today) for row in rows]


def removed(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell what was taken off the file, and what of it can still be put back."""
    rows = DOCUMENT.many_of(uow, queries.removed(uow, household_id))
    return [
        {
            **told(row, uow.today),
            "may_restore": row["state"] != "refused"
            and rules.may_restore(row["removed_at"], uow.now),
        }
        for row in rows
    ]


def told(row: Told, today: date) -> Told:
    return {
        **row,
        "what": rules.TITLES[Kind(row["kind"])],
        "runs_out": _runs_out(row["expires_on"], today),
        "size_shown": f"{max(1, row['size'] // 1024):,} kB",
    }


def _runs_out(expires_on: date | None, today: date) -> str:
    if expires_on is None or expires_on > today + rules.AHEAD:
        return ""
    return "expired" if expires_on < today else "soon"


def asked_for(uow: UnitOfWork, household_id: UUID) -> Sequence[Told]:
    """Tell what the stages of the household's case ask for, list by list."""
    case = file.case_of(uow, household_id)
    if case is None:
        return []
    rows = RequiredShape().many_of(uow, queries.required(uow, case))
    return [
        {
            **row,
            "shown": STANDINGS[row["standing"]],
            "by": ", ".join(row["stages"]),
            "files": row["kind"] in Kind.__members__,
        }
        for row in rows
    ]
