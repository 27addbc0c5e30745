"""The team leader's board: who has what, what is late or silent or put off, and what nobody has.

It is the same queue, looked at over all households of the team; shown of each is its file number
and counts, never who lives there or what is to be done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import rules
from resettle.day.looks import Home, Look, colleagues_away, look, stands
from resettle.day.queries import Line, lines
from resettle.day.rules import Group, Part, Source, Stand
from resettle.desk import words

# What concerns protection or consent is no count for somebody who may not open the file.
COUNTED = (
    Source.CONTINUITY,
    Source.CONTACT,
    Source.TASK,
    Source.MILESTONE,
    Source.REPORT,
    Source.HOLD,
    Source.CHECKLIST,
)
MOST = 200


@dataclass(frozen=True, slots=True)
class TeamHousehold:
    """One household as a team leader sees it: by its number. `why` is set where nobody has it."""

    household_id: UUID
    reference: str
    place: str
    stage: str
    whose: str
    late: int
    silent_days: int
    why: str


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """What one caseworker has: as the one in charge, and standing in."""

    user_id: UUID
    name: str
    households: int
    stands_in: int
    late: int
    silent: int
    put_off: int
    away_until: date | None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A line that somebody put off: of which kind, until when, and the reason as it was ticked."""

    household_id: UUID
    reference: str
    kind: str
    until_on: date
    reason_code: str
    whose: str


@dataclass(frozen=True, slots=True)
class Board:
    unattended: Sequence[TeamHousehold]
    workers: Sequence[WorkerLoad]
    behind: Sequence[TeamHousehold]
    put_off: Sequence[PutOff]


def board(uow: UnitOfWork) -> Board:
    """Look at the whole team, in a constant number of queries."""
    uow.require(Permission.TEAM_LEAD)
    seen = look(uow, team=True)
    at_work = stands(seen)
    found: dict[UUID, list[Line]] = {home: [] for home in seen.homes}
    for line in lines(seen, COUNTED):
        found[line.household_id].append(line)
    homes = [_household(seen, home, at_work[home.id], found[home.id]) for home in _open(seen)]
    homes.sort(key=lambda row: (-row.silent_days, -row.late, row.reference))
    return Board(
        unattended=sorted((row for row in homes if row.why), key=lambda row: row.reference),
        workers=_loads(seen, at_work, found),
        behind=[row for row in homes if row.silent_days or row.late][:MOST],
        put_off=sorted(_put_off(found), key=lambda row: (row.until_on, row.reference))[:MOST],
    )


def unattended(uow: UnitOfWork) -> list[TeamHousehold]:
    """Name the households of the team that nobody attends to; for who leads no team, none."""
    uow.require(Permission.QUEUE_READ)
    if not uow.allows(Permission.TEAM_LEAD):
        return []
    seen = look(uow, team=True)
    at_work = stands(seen)
    homes = [_household(seen, home, at_work[home.id], ()) for home in _open(seen)]
    return [home for home in homes if home.why]


def _open(seen: Look) -> Iterable[Home]:
    return (home for home in seen.homes.values() if not home.is_over)


def _household(
    seen: Look, home: Home, at_home: Sequence[Stand], found: Sequence[Line]
) -> TeamHousehold:
    here = rules.attending(at_home)
    return TeamHousehold(
        household_id=home.id,
        reference=home.reference,
        place=words.place(seen.uow, home.location),
        stage=home.stage,
        whose=", ".join(stand.name for stand in here),
        late=_late(found),
        silent_days=max((line.late_days for line in found if _is_silent(line)), default=0),
        why="" if here else rules.why_nobody(at_home),
    )


def _late(found: Iterable[Line]) -> int:
    return sum(1 for line in found if line.group is Group.NOW)


def _is_silent(line: Line) -> bool:
    return line.source is Source.CONTACT and line.late_days > 0


def _put_off(found: Mapping[UUID, Sequence[Line]]) -> Iterable[PutOff]:
    for line in (each for of_home in found.values() for each in of_home):
        if line.snoozed_until is not None:
            yield PutOff(
                line.household_id,
                line.reference,
                rules.TITLES[line.source],
                line.snoozed_until,
                line.snooze_reason or "",
                line.whose,
            )


def _loads(
    seen: Look, at_work: Mapping[UUID, Sequence[Stand]], found: Mapping[UUID, Sequence[Line]]
) -> list[WorkerLoad]:
    """Count for each caseworker who works here still, those who are away too."""
    away = colleagues_away(seen)
    of_worker: dict[UUID, list[tuple[UUID, Stand]]] = {}
    for home, at_home in at_work.items():
        for stand in at_home:
            if stand.works and not seen.homes[home].is_over:
                of_worker.setdefault(stand.user_id, []).append((home, stand))
    made = [_load(mine, found, away.get(user_id)) for user_id, mine in of_worker.items()]
    return sorted(made, key=lambda load: (load.name, load.user_id.hex))


def _load(
    mine: Sequence[tuple[UUID, Stand]],
    found: Mapping[UUID, Sequence[Line]],
    away_until: date | None,
) -> WorkerLoad:
    stand = mine[0][1]
    own = [line for home, _ in mine for line in found[home] if line.is_of(stand.user_id)]
    return WorkerLoad(
        user_id=stand.user_id,
        name=stand.name,
        households=sum(1 for _, each in mine if each.part is Part.PRIMARY),
        stands_in=sum(1 for _, each in mine if each.part is Part.COVER),
        late=_late(own),
        silent=sum(1 for line in own if _is_silent(line)),
        put_off=sum(1 for line in own if line.snoozed_until is not None),
        away_until=away_until,
    )
