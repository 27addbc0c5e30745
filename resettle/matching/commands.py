"""`resettle match`: measure the placement on a year of files, with the product's own code."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from resettle.matching.ahead import Outlook, in_batches
from resettle.matching.assign import assign, greedy
from resettle.matching.problem import TIME_LIMIT, Assignment, Objective, Wishes
from resettle.matching.years import BadYear, CapacityColumn, Year, read, same_places

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
UNREADABLE = 2


@click.group()
def match() -> None:
    """Measure how households are matched with places."""


@match.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--objective",
    type=click.Choice([each.value for each in Objective]),
    default=Objective.PERSONS_FIRST.value,
    show_default=True,
    help="As many persons as possible and then the weight, or the weight alone.",
)
@click.option(
    "--capacity-column",
    type=click.Choice([each.value for each in CapacityColumn]),
    default=CapacityColumn.STATED.value,
    show_default=True,
    help="The places that were stated beforehand, or those that were taken in the end.",
)
@click.option("--batch", type=click.IntRange(min=1), help="Cases arrive so many at a time.")
@click.option("--history", type=FOLDER, help="Another year's folder, for the past.")
@click.option(
    "--announced",
    type=click.IntRange(min=0),
    help="How many persons are announced for the year; as many as come, if not said.",
)
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=TIME_LIMIT, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def benchmark(  # noqa: PLR0913  # one for each option
    folder: Path,
    *,
    objective: str,
    capacity_column: str,
    batch: int | None,
    history: Path | None,
    announced: int | None,
    time_limit: float,
    seed: int,
    as_json: bool,
) -> None:
    """Place the cases of a year, and say how many persons that places and how well.

    FOLDER holds size.csv, capacity.csv, compatibility.csv and employment_weight.csv. With --batch
    the cases arrive in the order of the file, and of later ones only their announced number of
    persons is known.
    """
    aim, column = Objective(objective), CapacityColumn(capacity_column)
    try:
        year = read(folder, column)
        past = None if history is None else same_places(read(history, column), year)
    except BadYear as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNREADABLE) from error
    if batch is None:
        wishes = Wishes(objective=aim, time_limit=time_limit, seed=seed)
        found = assign(year.problem, wishes)
    else:
        expected = year.persons if announced is None else announced
        found = in_batches(year.problem, batch, aim, Outlook(expected, past, seed=seed))
        hindsight = assign(year.problem, Wishes(objective=aim, time_limit=time_limit))
        found = replace(found, gap=_behind(found, hindsight))
    _tell(year, found, greedy(year.problem), as_json=as_json)


def _behind(found: Assignment, hindsight: Assignment) -> float:
    """Say what part of the weight that hindsight reaches was not reached."""
    return max(1 - found.weight / hindsight.weight, 0.0) if hindsight.weight else 0.0


def _tell(year: Year, found: Assignment, by_hand: Assignment, *, as_json: bool) -> None:
    for remark in year.remarks:
        click.echo(remark, err=True)
    figures = {
        "placed_cases": found.households,
        "placed_persons": found.persons,
        "weight": round(found.weight, 6),
        "seconds": round(found.seconds, 3),
        "gap": found.gap,
        "greedy_weight": round(by_hand.weight, 6),
    }
    click.echo(json.dumps(figures) if as_json else "\n".join(_lines(year, figures)))


def _lines(year: Year, figures: dict[str, float]) -> Sequence[str]:
    cases = len(year.problem.sizes)
    placed = f"{figures['placed_cases']} of {cases} households"
    return [
        f"Placed {placed}, {figures['placed_persons']} of {year.persons} persons.",
        f"Weight {figures['weight']:.4f}; one by one it would be {figures['greedy_weight']:.4f}.",
        f"Found in {figures['seconds']:.1f} s, at most {figures['gap']:.2%} from the best.",
    ]
