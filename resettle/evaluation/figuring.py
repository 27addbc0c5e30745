"""Indicators as figures that may be told: each a table of outcomes on the one release path."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.evaluation import averages, facts, homes, livings, outcomes, reported, wholes
from resettle.evaluation.definition import Evaluation, IndicatorDefinition, Measure
from resettle.evaluation.heeding import OF_A_HOME, Heard, heard
from resettle.evaluation.indicators import frameworks
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET, Outcome
from resettle.evaluation.rules import SELECTION_WARNING
from resettle.programmes.catalogue import Catalogue
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.making import Kind, Made, Task, plain, shown, table_of
from resettle.releases.population import NOT_KNOWN as NO_TRAIT
from resettle.releases.population import Subject
from resettle.releases.protect import Axes, Protected
from resettle.releases.rules import share
from resettle.releases.telling import Counted, Hidden
from resettle.surveys import results

USUAL = "stream"
COLUMNS = (MET, NOT_MET, NOT_KNOWN)
ALL = "All"
# What a household has as a whole; the other dimensions are of persons.
OF_HOUSEHOLD = frozenset(
    {"stream", "programme", "island", "location", "arrival_year", "language", "household_type"}
)
PERSONAL = frozenset({"person", "adult", "child"})
NOT_AGREED = "; or they (of a household, all its adults) did not agree to evaluation"
INTERVAL = "where it is in 19 of 20 cases"
WHOLE = "none: it is counted whole, and chance has no part in it"


def title(uow: UnitOfWork, code: str, by: str, audience: str) -> str:
    """Name an indicator. Raises Invalid where there is none, or it may not be parted so."""
    definition = of(uow, code)
    if not uow.use(ReleaseCatalogue).allows(audience, (by or USUAL, "outcome")):
        raise Invalid({"by": ["This audience is not told people by that."]})
    if definition.level not in PERSONAL and (by or USUAL) not in OF_HOUSEHOLD:
        raise Invalid({"by": [f"This counts a {definition.level}, which has no such thing."]})
    return definition.title


def of(uow: UnitOfWork, code: str) -> IndicatorDefinition:
    """Find an indicator. Raises Invalid if there is none."""
    definition = uow.use(Evaluation).indicators.get(code)
    if definition is None:
        raise Invalid({"code": ["There is no such indicator."]})
    return definition


def make(uow: UnitOfWork, task: Task) -> Made:
    """Work an indicator out as at a day. Raises Refused if it may not be told."""
    definition = of(uow, task.code)
    average = AVERAGES.get(definition.measure)
    if average is not None:
        made = average(uow, task, definition)
        figures = {**made.figures, "warning": _warning(task.by or USUAL)}
        return Made(figures, made.told, _meaning(uow, definition), made.counted)
    people = {each.person: each for each in task.people}
    found = _found(uow, task, definition, people)
    counted = _counted(task, found, heard(uow, definition, task))
    by = task.by or USUAL
    task, population = _heeding(task, definition)
    table = table_of(uow, task, counted, Axes(by, "outcome", population))
    figures = {**shown(table), **_told(uow, task, definition, table), "warning": _warning(by)}
    return Made(figures, table.told, _meaning(uow, definition), counted)


def _told(
    uow: UnitOfWork, task: Task, definition: IndicatorDefinition, table: Protected
) -> dict[str, Any]:
    """Give the share of each group; of places, what there is of them against their cap."""
    shares = _shares(table)
    if not definition.is_whole:
        return {"shares": shares}
    words = WORDS[definition.measure]
    named = {"columns": [words[column] for column in table.columns]}
    if definition.measure is Measure.PLACES:
        return named | {"places": wholes.against_caps(uow, shares, task.as_at)}
    return named | {"shares": [{**row, "low": None, "high": None} for row in shares]}


def _heeding(task: Task, definition: IndicatorDefinition) -> tuple[Task, str]:
    """Name who is counted; answers are compared with what was told of the same question."""
    if definition.measure is not Measure.ANSWERS:
        return task, f"indicator {task.code}"
    asked = definition.question
    return results.of_question(task, asked), results.population(asked, task.code)


def _found(
    uow: UnitOfWork,
    task: Task,
    definition: IndicatorDefinition,
    people: Mapping[str, Subject],
) -> Sequence[Outcome]:
    match definition.measure:
        case Measure.MILESTONE:
            return outcomes.by_milestone(uow, definition, people, task.as_at)
        case Measure.ANSWERS:
            return facts.answers(uow, definition, task)
        case measure if measure in LIVINGS:
            return LIVINGS[measure](uow, definition, people, task.as_at)
        case measure:
            return FACTS[measure](uow, definition, task.as_at)


def _counted(task: Task, found: Sequence[Outcome], heard: Heard) -> list[Counted]:
    """Put each outcome into its group. Of who did not agree to evaluation nothing is known."""
    people = {each.person: each for each in task.people}
    homes = {each.household: each for each in task.people}
    counted = []
    for each in found:
        of_whom = people.get(each.person) or homes.get(each.household)
        trait = NO_TRAIT if of_whom is None else of_whom.traits[task.by or USUAL]
        said = each.outcome if heard(each.person, each.household) else NOT_KNOWN
        counted.append(Counted(each.unit, each.household, trait, said))
    return counted


def _shares(table: Protected) -> list[dict[str, Any]]:
    """Work out the share of each group from what is told of it, and of nothing else."""
    rows = [(row, {c: table.cells[row, c] for c in table.columns}) for row in table.rows]
    rows.append((ALL, dict(table.column_totals)))
    return [_share(group, told) for group, told in rows]


def _share(group: str, told: Mapping[str, int | Hidden]) -> dict[str, Any]:
    met, not_met = (told.get(name, 0) for name in (MET, NOT_MET))
    known = met + not_met if isinstance(met, int) and isinstance(not_met, int) else None
    found = share(met, known)
    return {
        "group": group,
        "n": known,
        "met": plain(met),
        "unknown": plain(told.get(NOT_KNOWN, 0)),
        "percent": found and found.percent,
        "low": found and found.low,
        "high": found and found.high,
    }


def _warning(by: str) -> str | None:
    return SELECTION_WARNING if by in {"stream", "programme"} else None


def _meaning(uow: UnitOfWork, definition: IndicatorDefinition) -> dict[str, Any]:
    """Say what the figures mean, with the outcome under the name of each framework."""
    return {
        "rows": "Group",
        "code": definition.code,
        "level": definition.level,
        "official": definition.official,
        "numerator": definition.numerator,
        "denominator": definition.denominator,
        "window": definition.when,
        "unknowns": _unknowns(uow, definition),
        "interval": WHOLE if definition.is_whole else INTERVAL,
        "outcomes": {
            code: framework.outcomes.get(definition.outcome, "")
            for code, framework in frameworks(uow.use(Catalogue)).items()
        },
    }


def _unknowns(uow: UnitOfWork, definition: IndicatorDefinition) -> str:
    """Say of whom nothing is known, consent to evaluation included where it is asked for."""
    asked = definition.level in PERSONAL | OF_A_HOME and uow.use(Evaluation).consent_needed
    silent = NOT_AGREED if asked else ""
    return f"{definition.unknowns}{silent}: in no numerator and no denominator"


FACTS: Mapping[Measure, Callable[[UnitOfWork, IndicatorDefinition, date], Sequence[Outcome]]] = {
    Measure.BREAKDOWN: outcomes.breakdowns,
    Measure.ON_TIME: outcomes.on_time,
    Measure.ACKNOWLEDGED: facts.acknowledged,
    Measure.RETURNED: facts.returned,
    Measure.RATINGS: homes.ratings,
    Measure.RENT: homes.rents,
    Measure.REPORTS: reported.in_time,
    Measure.WELL: reported.all_well,
    Measure.FAMILIES: reported.families,
}
LIVINGS = {
    Measure.STATUS: livings.by_status,
    Measure.HOME_STATUS: livings.of_homes,
    Measure.GAIN: livings.gains,
    Measure.LEAVING: livings.leavers,
    Measure.PLACES: wholes.places,
    Measure.RECORDS: wholes.records,
}
WORDS = {Measure.PLACES: wholes.OF_PLACES, Measure.RECORDS: wholes.OF_RECORDS}
AVERAGES = {Measure.DAYS: averages.of_days, **dict.fromkeys(averages.MEANS, averages.of_means)}
INDICATORS = Kind(title, make)
