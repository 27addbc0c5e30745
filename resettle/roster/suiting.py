"""Who of a group suits a shift: who may do it, has time then, and speaks with the household."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from resettle.core.clock import AUCKLAND, day_of
from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import Phrase, plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.roster import queries
from resettle.roster.models import Shift
from resettle.roster.rules import part_of_week
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.shapes import MemberShape

Options = list[tuple[UUID, str]]
BRINGS = MemberShape(only=("id", "name", "languages", "availability"))
SPOKEN = HouseholdShape(only=("primary_language",))


def for_shift(uow: UnitOfWork, shift: Shift) -> Options:
    """Name who could do it: on that day, and for a lift with that car. Who suits best is first."""
    day = day_of(shift.starts_at)
    found = queries.fit(uow, shift.household_id, shift.group_id, day)
    able = [member for member in found if not queries.faults_of(uow, shift, member)]
    return _options(uow, shift.household_id, able, shift.starts_at)


def for_plan(uow: UnitOfWork, household_id: UUID, group_id: UUID) -> Options:
    """Name whom the reader may put on a shift: oneself, or anybody fit for who leads."""
    found = queries.fit(uow, household_id, group_id, uow.today)
    if not uow.allows(Permission.ROSTER_LEAD):
        found = [member for member in found if member.user_id == uow.actor.user_id]
    return _options(uow, household_id, found, None)


def _options(
    uow: UnitOfWork, household_id: UUID, found: Sequence[SponsorMember], at: datetime | None
) -> Options:
    home = uow.get(Household, household_id, to=Permission.ROSTER_READ)
    spoken = SPOKEN.one(uow, home).get("primary_language")
    part = None if at is None else part_of_week(at.astimezone(AUCKLAND))
    rows = [row for row in BRINGS.many_of(uow, found) if "name" in row]
    rows.sort(key=lambda row: (part not in _has(row), spoken not in _speaks(row)))
    return [(row["id"], _told(row, spoken, part)) for row in rows]


def _has(row: Mapping[str, Any]) -> Sequence[str]:
    return row.get("availability") or ()


def _speaks(row: Mapping[str, Any]) -> Sequence[str]:
    return row.get("languages") or ()


def _told(row: Mapping[str, Any], spoken: str | None, part: str | None) -> str:
    """Say beside a name what speaks for it: the language, and time then or the usual times."""
    name, said = row["name"], language(spoken) if spoken in _speaks(row) else ""
    if part is None and _has(row):
        time = ", ".join(plain(each) for each in _has(row))
        if said:
            return Phrase(
                "%(name)s: speaks %(language)s, usually has time %(time)s",
                name=name,
                language=said,
                time=time,
            )
        return Phrase("%(name)s: usually has time %(time)s", name=name, time=time)
    return _told_then(name, said, has_time=part in _has(row))


def _told_then(name: str, said: str, *, has_time: bool) -> str:
    if has_time and said:
        return Phrase(
            "%(name)s: speaks %(language)s, usually has time then", name=name, language=said
        )
    if has_time:
        return Phrase("%(name)s: usually has time then", name=name)
    return Phrase("%(name)s: speaks %(language)s", name=name, language=said) if said else name
