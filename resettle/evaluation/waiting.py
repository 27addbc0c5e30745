"""What households wait for where they stand: which facts their next stage needs and lack.

The team's own view, like overview.py: by reference, for programme managers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func

from resettle.cases.models import ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import lacking
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact

READ = Permission.PIPELINE_READ
ON_HOLD = "It is on hold."
LOOK_AGAIN = "The day has passed on which its hold was to be looked at again."
ELSEWHERE = "What is missing, if anything, stands in its file, for its caseworkers."
NOTHING = "Nothing is missing: it can move on."
# Words of our own where less is counted than the fact asks for.
SAID = {Fact.HOUSE_READY: "No house has been found."}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that households at a stage wait for, and how many of them do."""

    programme_code: str
    programme: str
    stage_code: str
    stage: str
    code: str
    reason: str
    households: int


def reasons(uow: UnitOfWork) -> Sequence[Reason]:
    """Count what households wait for, stage by stage in the programme's order, most first."""
    case, catalogue = ResettlementCase, uow.use(Catalogue)
    found: dict[tuple[str, str, str], int] = {}
    for row in counted(uow, case.programme_code, case.programme_version, case.stage):
        for code, households in _lacked(uow, row).items():
            key = (row.programme_code, row.stage, code)
            found[key] = found.get(key, 0) + households
    newest = [catalogue.versions(code)[-1] for code in catalogue.codes]
    return [
        Reason(p.code, p.title, stage.code, stage.title, code, words(code), households)
        for p in newest
        for stage in p.stages
        for code, households in _most_first(found, p.code, stage.code)
    ]


def _most_first(
    found: Mapping[tuple[str, str, str], int], programme: str, stage: str
) -> Sequence[tuple[str, int]]:
    here = [(key[2], many) for key, many in found.items() if key[:2] == (programme, stage)]
    return sorted(here, key=lambda pair: (-pair[1], words(pair[0])))


def words(code: str) -> str:
    """Say what a household waits for by its code: a fact's name, or one of a hold."""
    of_holds = {lacking.HELD: ON_HOLD, lacking.LOOK_AGAIN: LOOK_AGAIN}
    if code in of_holds:
        return of_holds[code]
    return SAID.get(Fact[code], Fact[code].missing)


def needing(catalogue: Catalogue, fact: Fact) -> Sequence[tuple[str, int, str]]:
    """Name the stages of programmes and their versions whose way on needs a fact."""
    return [
        (p.code, p.version, stage.code)
        for p in catalogue.programmes.values()
        for stage in p.stages
        if stage.moves and fact in stage.moves[0].needs
    ]


def of_cases(uow: UnitOfWork, rows: Sequence[Any]) -> Sequence[Sequence[str]]:
    """Say of each row of a list of cases what its household waits for."""
    case = ResettlementCase
    keys = (case.household_id, case.programme_code, case.programme_version, case.stage)
    homes = {row.household_id for row in rows}
    found: dict[tuple[UUID, str], Sequence[str]] = {}
    for row in counted(uow, *keys, only=homes):
        found[row.household_id, row.stage] = [words(code) for code in _lacked(uow, row)] or [
            _otherwise(uow, row)
        ]
    return [found.get((row.household_id, row.stage), ()) for row in rows]


def _otherwise(uow: UnitOfWork, row: Any) -> str:
    """Say what there is to say where nothing is lacking of what may be told here."""
    untold = [fact for fact in _needs(uow, row) if fact.name not in row._fields]
    return ELSEWHERE if untold else NOTHING


def counted(uow: UnitOfWork, *keys: Any, only: Collection[UUID] | None = None) -> Sequence[Any]:
    """Count for groups of cases how many lack each fact, in one question."""
    case = ResettlementCase
    counts = [
        func.count(case.id).filter(clause).label(name)
        for name, clause in lacking.clauses(uow).items()
    ]
    query = (
        uow.figures(READ, *keys, *counts, over=lacking.OVER)
        .select_from(case)
        .join(Household, Household.id == case.household_id)
        .where(case.stage.not_in(finals(uow.use(Catalogue))))
        .group_by(*keys)
    )
    return uow.rows(query if only is None else query.where(case.household_id.in_(only)))


def finals(catalogue: Catalogue) -> Collection[str]:
    """Name the stages that are an end, where nobody waits any more."""
    return {s.code for p in catalogue.programmes.values() for s in p.stages if s.final}


def _lacked(uow: UnitOfWork, row: Any) -> Mapping[str, int]:
    """Name what a group of cases lacks for the way on, with how many of them lack it."""
    found = {lacking.HELD: row.held, lacking.LOOK_AGAIN: row.look_again}
    for fact in _needs(uow, row):
        found[fact.name] = getattr(row, fact.name, 0)
    return {code: households for code, households in found.items() if households}


def _needs(uow: UnitOfWork, row: Any) -> Sequence[Fact]:
    """Name the facts that the way on from a stage needs; beside the way there is none."""
    programme = uow.use(Catalogue).get(row.programme_code, row.programme_version)
    moves = programme.stage(row.stage).moves
    return moves[0].needs if moves else ()
