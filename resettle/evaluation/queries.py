"""Questions about the programme as a whole, answered from aggregates only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import String, cast, func, or_

from resettle.cases.models import ResettlementCase
from resettle.core.crypto import Keyring
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import rules
from resettle.evaluation.definition import Dimension, Evaluation, IndicatorDefinition
from resettle.evaluation.rules import Cell, Guard, Share
from resettle.households.models import Household, HouseholdMember
from resettle.milestones.models import Milestone, Status
from resettle.programmes.blocks import Rounding
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme

LEAST_FOR_PERCENT = 30
FEW_THERE = "Places with few households"
SELECTION_WARNING = (
    "Sponsorship selects on age, English and work history; the quota does not. "
    "A raw difference between the two is not an effect."
)


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
    persons: str
    households: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may leave the team: small numbers hidden, the rest rounded if so ruled."""

    code: str
    title: str
    view: str
    as_at: str
    cells: tuple[TableCell, ...]
    total: TableCell
    footer: str


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
        func.count(case.id).label("households"),
        func.sum(case.case_size).label("persons"),
        over=[case],
    ).group_by(case.programme_code, case.stage, case.stage_since)
    rows = uow.rows(query)
    catalogue = uow.use(Catalogue)
    return [
        _programme(
            uow, _newest(catalogue, code), [row for row in rows if row.programme_code == code]
        )
        for code in catalogue.codes
        if any(row.programme_code == code for row in rows)
    ]


def _newest(catalogue: Catalogue, code: str) -> Programme:
    return catalogue.versions(code)[-1]


def _programme(uow: UnitOfWork, programme: Programme, rows: Sequence[Any]) -> ProgrammeFigures:
    titles = {stage.code: stage.title for stage in programme.stages}
    order = [*titles, *sorted({row.stage for row in rows} - titles.keys())]
    by_stage: dict[str, list[Any]] = {}
    for row in rows:
        by_stage.setdefault(row.stage, []).append(row)
    stages = [_stage(uow, c, titles.get(c, c), by_stage.get(c, [])) for c in order]
    return ProgrammeFigures(
        code=programme.code,
        title=programme.title,
        households=sum(row.households for row in rows),
        persons=sum(int(row.persons) for row in rows),
        stages=tuple(stages),
    )


def _stage(uow: UnitOfWork, code: str, title: str, here: Sequence[Any]) -> StageFigures:
    days = [((uow.today - row.stage_since).days, row.households) for row in here]
    return StageFigures(
        code=code,
        title=title,
        households=sum(row.households for row in here),
        persons=sum(int(row.persons) for row in here),
        median_days=rules.median(days),
        longest_days=max((day for day, _ in days), default=None),
    )


def table(uow: UnitOfWork, code: str, view: str, programme_code: str) -> Table:
    """Make a table of the catalogue for a kind of reader. Raises NotFound for any other."""
    definition = uow.use(Evaluation).tables.get(code)
    if definition is None:
        raise NotFound("There is no such table.")
    guard = _guard(uow, view, programme_code)
    counted = _cells(uow, definition.dimension, programme_code)
    told, total = rules.protect(counted, guard)
    return Table(
        code=code,
        title=definition.title,
        view=view,
        as_at=uow.today.isoformat(),
        cells=tuple(_rows(definition.dimension, told)),
        total=_shown("Total", total),
        footer=_footer(guard),
    )


def _guard(uow: UnitOfWork, view: str, programme_code: str) -> Guard:
    catalogue = uow.use(Catalogue)
    policies = (
        _newest(catalogue, programme_code).small_counts if programme_code in catalogue.codes else ()
    )
    policy = next((p for p in policies if p.view == view), None)
    if policy is None:
        raise NotFound("There is no such programme, or it has no rule for this kind of reader.")
    return Guard(
        least_persons=policy.threshold,
        least_households=uow.use(Evaluation).least_households,
        show_zero=policy.show_zero,
        rounded=policy.rounding is not Rounding.NONE,
        key=uow.use(Keyring).index_key,
    )


def _cells(uow: UnitOfWork, dimension: Dimension, programme_code: str) -> Mapping[str, Cell]:
    household, member = Household, HouseholdMember
    column = household.location if dimension is Dimension.LOCATION else household.programme_code
    text = cast(household.id, String)
    query = (
        uow.figures(
            Permission.INDICATOR_READ,
            column.label("label"),
            func.count(member.id).label("persons"),
            func.count(household.id.distinct()).label("households"),
            func.min(text).label("first"),
            func.max(text).label("last"),
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
    return {
        row.label or "not known": Cell(row.persons, row.households, f"{row.first}|{row.last}")
        for row in uow.rows(query)
    }


def _rows(dimension: Dimension, told: Mapping[str, rules.Told]) -> Iterator[TableCell]:
    """Show the cells. Places that are hidden are not named: that somebody lives there is told too.

    There is one row for them all, and no sum, which would tell how many they are.
    """
    hidden = {label for label, cell in told.items() if cell is rules.SECRET}
    unnamed = hidden if dimension is Dimension.LOCATION else frozenset()
    yield from (_shown(label, cell) for label, cell in told.items() if label not in unnamed)
    if unnamed:
        yield _shown(FEW_THERE, rules.SECRET)


def _shown(label: str, told: rules.Told) -> TableCell:
    households = rules.HIDDEN if told.households is None else str(told.households)
    return TableCell(label, told.words, households)


def _footer(guard: Guard) -> str:
    parts = []
    if guard.rounded:
        parts.append(f"Numbers are rounded to base {rules.BASE}; rows may not add up.")
    if guard.least_persons:
        parts.append(
            f"{rules.HIDDEN}: fewer than {guard.least_persons} people or "
            f"{guard.least_households} households."
        )
    return " ".join(parts)


def indicator(uow: UnitOfWork, code: str) -> Indicator:
    """Work out an indicator as at today. Raises NotFound if there is no such indicator."""
    definition = uow.use(Evaluation).indicators.get(code)
    if definition is None:
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
    query = (
        uow.figures(
            Permission.INDICATOR_READ,
            household.stream,
            household.placed_on,
            milestone.met_on,
            milestone.status,
            func.count(milestone.id).label("people"),
            over=[household, milestone],
        )
        .join(milestone, milestone.household_id == household.id)
        .where(
            milestone.code == definition.milestone,
            milestone.round == 1,
            household.placed_on <= uow.today - timedelta(days=definition.within_days),
        )
        .group_by(household.stream, household.placed_on, milestone.met_on, milestone.status)
    )
    shares: dict[str, Share] = {}
    for row in uow.rows(query):
        before = shares.get(row.stream, Share(0, 0, 0))
        shares[row.stream] = _with(before, row, definition.within_days)
    return shares


def _with(share: Share, row: Any, within_days: int) -> Share:
    if row.status is Status.NOT_APPLICABLE:
        return Share(share.numerator, share.denominator, share.unknown + row.people)
    in_time = row.met_on is not None and row.met_on <= row.placed_on + timedelta(days=within_days)
    met = row.people if in_time else 0
    return Share(share.numerator + met, share.denominator + row.people, share.unknown)
