"""How fairly places were given, over everybody who was matched: only protected figures come out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import HouseholdMember, MemberRole, Person
from resettle.households.rules import is_adult, value_of
from resettle.matching.equity import Group, Placed, told
from resettle.matching.facts import Family, Spot, read
from resettle.matching.freezing import measure_of_run, spot_of
from resettle.matching.models import Allocation
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.matching.scoring import weight
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind

NATIONALITY, SEX, SINGLE, DISABILITY = "nationality", "sex", "single_parent", "disability"
DIMENSIONS = (NATIONALITY, SEX, SINGLE, DISABILITY)
YES, NO, UNKNOWN = "yes", "no", "unknown"
DISABLED = "DS"


@dataclass(frozen=True, slots=True)
class _Given:
    """What is needed to judge where a household went: its place, the measure, and since when."""

    row: MatchHousehold
    run: MatchRun
    place_id: UUID | None
    on: date


def of_placements(uow: UnitOfWork) -> Sequence[Group]:
    """Tell how all placements treat groups. It looks at everybody matched, and tells of nobody.

    Each household counts once, as its last run knew it: in the place that a person gave it, with
    its wait until that day; else in the place that the run proposes.
    """
    uow.require(Permission.MATCH_FIGURES)
    given = _given(uow)
    spots = _spots(uow, {each.run.id for each in given})
    groups = _groups(uow, {each.row.household_id: each.on for each in given})
    return told([_placed(each, spots, groups) for each in given], DIMENSIONS)


def _given(uow: UnitOfWork) -> Sequence[_Given]:
    """Name everybody who was matched, each in the last run that is done and no scenario."""
    query: Any = (
        select(MatchHousehold, MatchRun)
        .join(MatchRun, MatchRun.id == MatchHousehold.run_id)
        .where(MatchRun.status == RunStatus.DONE, MatchRun.base_id.is_(None))
        .order_by(MatchRun.created_at, MatchRun.id, MatchHousehold.household_id)
    )
    last = {
        row.MatchHousehold.household_id: (row.MatchHousehold, row.MatchRun)
        for row in uow.rows(uow.touching(query, MatchHousehold, MatchRun))
    }
    taken = _taken(uow)
    return [
        _Given(row, run, *taken.get(id_, (row.place_id, run.for_on)))
        for id_, (row, run) in last.items()
    ]


def _taken(uow: UnitOfWork) -> Mapping[UUID, tuple[UUID, date]]:
    """Tell which place each household has that a person gave it, and from which day on."""
    query: Any = select(Allocation).where(Allocation.released_on.is_(None))
    rows = uow.all(uow.touching(query, Allocation).order_by(Allocation.id))
    return {row.household_id: (row.place_id, row.for_on) for row in rows}


def _spots(uow: UnitOfWork, run_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], Spot]:
    rows = uow.all(uow.select(MatchPlace).where(MatchPlace.run_id.in_(run_ids)))
    return {(row.run_id, row.place_id): spot_of(row) for row in rows}


def _placed(
    given: _Given,
    spots: Mapping[tuple[UUID, UUID], Spot],
    groups: Mapping[UUID, Mapping[str, str]],
) -> Placed:
    family, run = read(Family, given.row.facts), given.run
    spot = None if given.place_id is None else spots.get((run.id, given.place_id))
    since = date.fromisoformat(family.waits_since or given.on.isoformat())
    fit = 0.0 if spot is None else weight(family, spot, measure_of_run(run))
    return Placed(
        household=family.id,
        persons=family.persons,
        groups=groups.get(given.row.household_id, {}),
        wait_days=max((given.on - since).days, 0),
        placed=given.place_id is not None,
        near_ties=_near(family, spot),
        fit=fit / family.persons,
    )


def _near(family: Family, spot: Spot | None) -> bool | None:
    if not family.ties:
        return None
    return spot is not None and not {*family.ties}.isdisjoint({spot.location, *spot.near})


def _groups(uow: UnitOfWork, days: Mapping[UUID, date]) -> Mapping[UUID, Mapping[str, str]]:
    """Say to which groups households belong: by their principal applicant and who is at home."""
    member = HouseholdMember
    columns: tuple[Any, ...] = (member.household_id, member.role, Person)
    query: Any = (
        select(*columns)
        .join(Person, Person.id == member.person_id)
        .where(member.household_id.in_(days), member.left_on.is_(None))
    )
    rows = uow.rows(uow.touching(query, member, Person))
    uow.unlock({row.Person.id for row in rows})
    disabled = _disabled(uow, [row.Person.id for row in rows])
    homes: dict[UUID, list[Any]] = {}
    for row in rows:
        homes.setdefault(row.household_id, []).append(row)
    return {home: _of_home(people, disabled, days[home]) for home, people in homes.items()}


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
