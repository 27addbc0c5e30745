"""`resettle programmes`: check the files, try a programme out, show it, release it."""

from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from resettle.programmes import printed
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.programmes.family import Member, NotUnderstood, household
from resettle.programmes.loader import SHIPPED, BadDefinition, inspect, load_all
from resettle.programmes.release import changed, release
from resettle.programmes.simulate import Question, simulate
from resettle.programmes.working_days import UnknownRegion

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
DAY: Final = click.DateTime(["%Y-%m-%d"])


@click.group()
def programmes() -> None:
    """Check, try out, show and release programme definitions."""


@programmes.command()
@click.argument("folder", type=FOLDER, default=SHIPPED)
def check(folder: Path) -> None:
    """Tell everything that is wrong with the definitions, with file, key and reason."""
    catalogue, faults = inspect(folder)
    for fault in (*faults, *changed(folder)):
        click.echo(str(fault))
    if faults or any(changed(folder)):
        raise SystemExit(1)
    labels = ", ".join(p.label for p in catalogue.programmes.values())
    click.echo(f"{len(catalogue.programmes)} programme versions are sound: {labels}.")


@programmes.command("simulate")
@click.argument("programme")
@click.option("--arrives", type=DAY, required=True, help="The day of arrival, YYYY-MM-DD.")
@click.option("--household", "words", required=True, help='Such as "2 adults, child 7".')
@click.option("--placed", type=DAY, help="The day of moving in, if not straight after reception.")
@click.option("--version", type=int, help="The version, if not the one in force.")
@click.option("--region", help="Whose public holidays hold, such as AUK or WKO.")
@click.option("--folder", type=FOLDER, default=SHIPPED, help="Where the definitions are.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def simulate_command(  # noqa: PLR0913  # one for each option
    programme: str,
    arrives: datetime,
    words: str,
    *,
    placed: datetime | None,
    version: int | None,
    region: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Print the calendar of a household, week by week, with who owes what.

    PROGRAMME is a code such as rqp, or the label of a version such as CORS-2021.
    """
    moved_in = placed and placed.date()
    if moved_in and moved_in < arrives.date():
        raise click.BadParameter("is before the day of arrival", param_hint="--placed")
    question = Question(
        programme=programme,
        arrives=arrives.date(),
        members=_members(words),
        version=version,
        placed=moved_in,
        region=region,
    )
    try:
        found = simulate(_catalogue(folder), question)
    except (UnknownProgramme, UnknownRegion) as error:
        raise click.UsageError(str(error)) from error
    except OverflowError as error:
        raise click.UsageError("The calendar would leave the years that can be told.") from error
    click.echo(printed.as_json(found) if as_json else printed.calendar(found))


@programmes.command()
@click.argument("programme")
@click.option("--folder", type=FOLDER, default=SHIPPED, help="Where the definitions are.")
@click.option("--on", type=DAY, help="The version in force on this day; the latest without it.")
def show(programme: str, on: datetime | None, folder: Path) -> None:
    """Print the stages of a programme and what each move needs."""
    try:
        found = _named(_catalogue(folder), programme.lower(), on and on.date())
    except UnknownProgramme as error:
        raise click.UsageError(str(error)) from error
    click.echo(printed.programme(found))


@programmes.command("release")
@click.argument("folder", type=FOLDER, default=SHIPPED)
def release_command(folder: Path) -> None:
    """Record the new files as released: from then on they never change."""
    _, faults = inspect(folder)
    for fault in (*faults, *changed(folder)):
        click.echo(str(fault))
    if faults or any(changed(folder)):
        raise SystemExit(1)
    for name in release(folder):
        click.echo(f"released {name}")


def _members(words: str) -> tuple[Member, ...]:
    try:
        return household(words)
    except NotUnderstood as error:
        raise click.BadParameter(str(error), param_hint="--household") from error


def _named(catalogue: Catalogue, name: str, day: date | None) -> Programme:
    labelled = catalogue.labelled(name)
    if labelled and name not in catalogue.codes:
        return labelled
    return catalogue.in_force(name, day) if day else catalogue.versions(name)[-1]


def _catalogue(folder: Path) -> Catalogue:
    try:
        return load_all(folder)
    except BadDefinition as error:
        raise click.ClickException(str(error)) from error
