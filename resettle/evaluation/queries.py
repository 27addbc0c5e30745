"""Questions about the programme as a whole, answered from aggregates only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_

from resettle.cases.models import ResettlementCase
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import rules
from resettle.evaluation.definition import Dimension, Evaluation, IndicatorDefinition
from resettle.evaluation.rules import SELECTION_WARNING, Share
from resettle.households.models import Household, HouseholdMember
from resettle.milestones.models import Milestone, Status
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme

LEAST_FOR_PERCENT = 30
NOBODY: Sequence[tuple[Any, ...]] = [()] * 5


@dataclass(frozen=True, slots=True)
class StageFigures:
    """How many stand at a stage, and for how many days: the middle and the longest."""

    code: str
    title: str
    households: int
    persons: int
    median_days: int | None
    longest_days: int | None


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    code: str
    title: str
    households: int
    persons: int
    stages: tuple[StageFigures, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    label: str
    persons: int
    households: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the team's own view."""

    code: str
    title: str
    as_at: str
    cells: tuple[TableCell, ...]
    total: TableCell


@dataclass(frozen=True, slots=True)
class StreamShare:
    stream: str
    numerator: int
    denominator: int
    unknown: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A result with all that is needed to read it honestly."""

    code: str
    title: str
    as_at: str
    by_stream: tuple[StreamShare, ...]
    warning: str


def pipeline(uow: UnitOfWork) -> Sequence[ProgrammeFigures]:
    """Count households and persons by programme and stage, in the programme's own order."""
    case = ResettlementCase
    query = uow.figures(
        Permission.PIPELINE_READ,
        case.programme_code,
        case.stage,
        case.stage_since,
        func.count().label("households"),
        func.sum(case.case_size).label("persons"),
        over=[case],
    ).group_by(case.programme_code, case.stage, case.stage_since)
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows: Sequence[Any] = uow.rows(query)
    for row in rows:
        found[row[0]][row[1]].append(row)
    catalogue = uow.use(Catalogue)
    return [
        _programme(_newest(catalogue, code), found[code], uow.today)
        for code in catalogue.codes
        if code in found
    ]


def _newest(catalogue: Catalogue, code: str) -> Programme:
    return catalogue.versions(code)[-1]


def _programme(
    programme: Programme, found: Mapping[str, Sequence[Any]], today: date
) -> ProgrammeFigures:
    titles = {stage.code: stage.title for stage in programme.stages}
    order = [*titles, *sorted(found.keys() - titles.keys())]
    stages = [_stage(code, titles.get(code, code), found.get(code, ()), today) for code in order]
    return ProgrammeFigures(
        code=programme.code,
        title=programme.title,
        households=sum(stage.households for stage in stages),
        persons=sum(stage.persons for stage in stages),
        stages=tuple(stages),
    )


def _stage(code: str, title: str, here: Sequence[Any], today: date) -> StageFigures:
    """Reckon a stage from its rows, one for each day that somebody came into it.

    A country has thousands of them, so they are taken by the column.
    """
    _programmes, _stages, since, households, persons = zip(*here, strict=True) if here else NOBODY
    days = [(today - day).days for day in since]
    return StageFigures(
        code=code,
        title=title,
        households=sum(households),
        persons=int(sum(persons)),
        median_days=rules.median([*zip(days, households, strict=True)]),
        longest_days=max(days, default=None),
    )


def table(uow: UnitOfWork, code: str, programme_code: str) -> Table:
    """Count a table for the team itself. Raises NotFound if there is none, or no such programme.

    For any other reader there is `releases`.
    """
    definition = uow.use(Evaluation).tables.get(code)
    if definition is None or programme_code not in uow.use(Catalogue).codes:
        raise NotFound("There is no such table.")
    cells = _cells(uow, definition.dimension, programme_code)
    return Table(
        code=code,
        title=definition.title,
        as_at=uow.today.isoformat(),
        cells=tuple(cells),
        total=TableCell(
            "Total", sum(cell.persons for cell in cells), sum(cell.households for cell in cells)
        ),
    )


def _cells(uow: UnitOfWork, dimension: Dimension, programme_code: str) -> Sequence[TableCell]:
    household, member = Household, HouseholdMember
    column = household.location if dimension is Dimension.LOCATION else household.programme_code
    query = (
        uow.figures(
            Permission.INDICATOR_READ,
            column.label("label"),
            func.count(member.id).label("persons"),
            func.count(household.id.distinct()).label("households"),
            over=[household, member],
        )
        .join(member, member.household_id == household.id)
        .where(
            household.programme_code == programme_code,
            household.placed_on.is_not(None),
            household.exited_on.is_(None),
            or_(member.left_on.is_(None), member.left_on > uow.today),
        )
        .group_by(column)
        .order_by(column)
    )
    return [
        TableCell(row.label or "not known", row.persons, row.households) for row in uow.rows(query)
    ]


def indicator(uow: UnitOfWork, code: str) -> Indicator:
    """Work out an indicator as at today. Raises NotFound if there is no such indicator."""
    definition = uow.use(Evaluation).indicators.get(code)
    if definition is None or not definition.milestone:
        raise NotFound("There is no such indicator.")
    shares = _shares(uow, definition)
    return Indicator(
        code=code,
        title=definition.title,
        as_at=uow.today.isoformat(),
        by_stream=tuple(
            StreamShare(
                stream,
                share.numerator,
                share.denominator,
                share.unknown,
                share.percent(LEAST_FOR_PERCENT),
            )
            for stream, share in sorted(shares.items())
        ),
        warning=SELECTION_WARNING,
    )


def _shares(uow: UnitOfWork, definition: IndicatorDefinition) -> Mapping[str, Share]:
    """Count who met the milestone in time, among those who moved in long enough ago."""
    household, milestone = Household, Milestone
    anchor = household.placed_on if definition.anchor == "placed" else household.arrived_on
    query = (
        uow.figures(
            Permission.INDICATOR_READ,
            household.stream,
            anchor.label("anchor"),
            milestone.met_on,
            milestone.status,
            func.count(milestone.id).label("people"),
            over=[household, milestone],
        )
        .join(milestone, milestone.household_id == household.id)
        .where(
            milestone.code == definition.milestone,
            milestone.round == 1,
            anchor <= uow.today - timedelta(days=definition.within_days),
        )
        .group_by(household.stream, anchor, milestone.met_on, milestone.status)
    )
    shares: dict[str, Share] = {}
    for row in uow.rows(query):
        before = shares.get(row.stream, Share(0, 0, 0))
        shares[row.stream] = _with(before, row, definition.within_days)
    return shares


def _with(share: Share, row: Any, within_days: int) -> Share:
    if row.status is Status.NOT_APPLICABLE:
        return Share(share.numerator, share.denominator, share.unknown + row.people)
    in_time = row.met_on is not None and row.met_on <= row.anchor + timedelta(days=within_days)
    met = row.people if in_time else 0
    return Share(share.numerator + met, share.denominator + row.people, share.unknown)
