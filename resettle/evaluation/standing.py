"""Lists of households by reference, behind the numbers of a manager's first page.

The team's own view, like overview.py: where each stands and since when, for programme managers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_

from resettle.cases.models import ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import lacking, months, waiting
from resettle.evaluation.capacity import later
from resettle.evaluation.lacking import Clause
from resettle.households.models import Household
from resettle.milestones.models import Milestone
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact

READ = Permission.PIPELINE_READ
SORTS: Mapping[str, Sequence[Any]] = {"since": (ResettlementCase.stage_since,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which households to list: of a programme, at a stage, arrived or expected in a month.

    `lacks` is what they wait for, by the code of `waiting.Reason`.
    """

    programme: str | None = None
    stage: str | None = None
    arrived: date | None = None
    expected: date | None = None
    lacks: str | None = None


def standing(uow: UnitOfWork, wanted: Standing) -> Select[Any]:
    """List households by reference, with the stage where each stands and since when."""
    uow.require(READ)
    case = ResettlementCase
    query = uow.columns(
        case,
        case.id.label("id"),
        case.household_id.label("household_id"),
        Household.reference.label("reference"),
        case.programme_code.label("programme_code"),
        case.stage.label("stage"),
        case.stage_since.label("stage_since"),
    ).join(Household, Household.id == case.household_id)
    query = uow.touching(uow.along(query, Household), Milestone, *lacking.OVER)
    return query.where(*_clauses(uow, wanted))


def _clauses(uow: UnitOfWork, wanted: Standing) -> list[Clause]:
    case, found = ResettlementCase, []
    if wanted.programme is not None:
        found.append(case.programme_code == wanted.programme)
    if wanted.stage is not None:
        found.append(case.stage == wanted.stage)
    if wanted.arrived is not None:
        first = wanted.arrived.replace(day=1)
        found.append(and_(Household.arrived_on >= first, Household.arrived_on < later(first, 1)))
    if wanted.expected is not None:
        found.append(months.expected_in(uow, wanted.expected))
    if wanted.lacks is not None:
        found.append(_lacking(uow, wanted.lacks))
    return found


def _lacking(uow: UnitOfWork, code: str) -> Clause:
    """Say that a case lacks something that the way on needs, as the reasons are counted."""
    case, catalogue = ResettlementCase, uow.use(Catalogue)
    clause = lacking.clauses(uow)[code] & case.stage.not_in(waiting.finals(catalogue))
    if code in lacking.OF_HOLDS:
        return clause
    needed = [
        and_(case.programme_code == p, case.programme_version == version, case.stage == stage)
        for p, version, stage in waiting.needing(catalogue, Fact[code])
    ]
    return clause & or_(*needed)


def named(uow: UnitOfWork, wanted: Standing) -> Sequence[str]:
    """Say in words which households a list is of."""
    uow.require(READ)
    catalogue = uow.use(Catalogue)
    titles = {code: catalogue.versions(code)[-1].title for code in catalogue.codes}
    stages = {s.code: s.title for p in catalogue.programmes.values() for s in p.stages}
    found = [
        wanted.programme and titles.get(wanted.programme, wanted.programme),
        wanted.stage and stages.get(wanted.stage, wanted.stage),
        wanted.arrived and f"arrived in {wanted.arrived:%B %Y}",
        wanted.expected and f"expected in {wanted.expected:%B %Y}",
        wanted.lacks and waiting.words(wanted.lacks),
    ]
    return [words for words in found if words]
