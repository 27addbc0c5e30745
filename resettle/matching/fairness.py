"""How fairly a run gave places, over all of its households: only protected figures come out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import HouseholdMember, MemberRole, Person
from resettle.households.rules import is_adult, value_of
from resettle.matching.assign import UNPLACED
from resettle.matching.equity import Group, Placed, told
from resettle.matching.facts import Family, Spot
from resettle.matching.freezing import Frozen, thaw
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind

NATIONALITY, SEX, SINGLE, DISABILITY = "nationality", "sex", "single_parent", "disability"
DIMENSIONS = (NATIONALITY, SEX, SINGLE, DISABILITY)
YES, NO, UNKNOWN = "yes", "no", "unknown"
DISABLED = "DS"


def newest(uow: UnitOfWork) -> MatchRun | None:
    """Find the newest run that is done and no scenario; figures of it are told to managers too."""
    uow.require(Permission.MATCH_FIGURES)
    query: Any = select(MatchRun).where(
        MatchRun.status == RunStatus.DONE, MatchRun.base_id.is_(None)
    )
    every = uow.touching(query, MatchRun)
    return uow.first(every.order_by(MatchRun.created_at.desc(), MatchRun.id))


def of_run(uow: UnitOfWork, run: MatchRun) -> Sequence[Group]:
    """Tell how a run treats groups. It looks at everybody in it, and tells of nobody."""
    uow.require(Permission.MATCH_FIGURES)
    frozen = thaw(uow, run)
    groups = _groups(uow, [row.household_id for row in frozen.households], run.for_on)
    return told(_placed(frozen, groups), DIMENSIONS)


def _placed(frozen: Frozen, groups: Mapping[UUID, Mapping[str, str]]) -> Sequence[Placed]:
    setting, day = frozen.setting, frozen.run.for_on
    return [
        Placed(
            household=family.id,
            persons=family.persons,
            groups=groups.get(row.household_id, {}),
            wait_days=(day - date.fromisoformat(family.waits_since or day.isoformat())).days,
            placed=place != UNPLACED,
            near_ties=_near(family, None if place == UNPLACED else setting.spots[place]),
            fit=row.weight / family.persons,
        )
        for family, row, place in zip(
            setting.families, frozen.households, frozen.found, strict=True
        )
    ]


def _near(family: Family, spot: Spot | None) -> bool | None:
    if not family.ties:
        return None
    return spot is not None and not {*family.ties}.isdisjoint({spot.location, *spot.near})


def _groups(
    uow: UnitOfWork, household_ids: Sequence[UUID], day: date
) -> Mapping[UUID, Mapping[str, str]]:
    """Say to which groups households belong: by their principal applicant and who is at home."""
    member = HouseholdMember
    columns: tuple[Any, ...] = (member.household_id, member.role, Person)
    query: Any = (
        select(*columns)
        .join(Person, Person.id == member.person_id)
        .where(member.household_id.in_(household_ids), member.left_on.is_(None))
    )
    rows = uow.rows(uow.touching(query, member, Person))
    uow.unlock({row.Person.id for row in rows})
    disabled = _disabled(uow, [row.Person.id for row in rows])
    homes: dict[UUID, list[Any]] = {}
    for row in rows:
        homes.setdefault(row.household_id, []).append(row)
    return {home: _of_home(people, disabled, day) for home, people in homes.items()}


def _of_home(people: Sequence[Any], disabled: frozenset[UUID], day: date) -> Mapping[str, str]:
    leads = next((row.Person for row in people if row.role is MemberRole.PRINCIPAL), None)
    adults = [row for row in people if is_adult(day, row.Person.born_on)]
    alone = len(adults) == 1 and len(people) > 1
    return {
        NATIONALITY: (value_of(leads.nationality) if leads else None) or UNKNOWN,
        SEX: leads.sex.value if leads else UNKNOWN,
        SINGLE: YES if alone else NO,
        DISABILITY: YES if any(row.Person.id in disabled for row in people) else NO,
    }


def _disabled(uow: UnitOfWork, person_ids: Sequence[UUID]) -> frozenset[UUID]:
    query: Any = select(SpecificNeed).where(
        SpecificNeed.person_id.in_(person_ids),
        SpecificNeed.kind == NeedKind.HEALTH,
        SpecificNeed.active.is_(True),
    )
    needs = uow.all(uow.touching(query, SpecificNeed))
    return frozenset(
        need.person_id for need in needs if (value_of(need.code) or "").startswith(DISABLED)
    )
