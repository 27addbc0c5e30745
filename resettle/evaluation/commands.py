"""`resettle evaluate`: the product's statistics and protection, on files."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from resettle.evaluation.files import BadTable, content, observations, people, together
from resettle.evaluation.survival import Curve, common_time, curve, log_rank
from resettle.releases.protect import Protected, protect
from resettle.releases.telling import POLICIES, PUBLIC, Hidden, Number, Refused

FILE: Final = click.Path(path_type=Path)
UNREADABLE, REFUSED = 2, 1


@click.group()
def evaluate() -> None:
    """Evaluate on files what the service evaluates on its own records."""


@evaluate.command()
@click.argument("file", type=FILE)
@click.option("--until", type=click.FloatRange(min=0), help="Where the restricted means end.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def survival(file: Path, *, until: float | None, as_json: bool) -> None:
    """Tell how long it took, group by group: Kaplan-Meier curves and a log-rank test.

    FILE has the columns time, event (1 reached, 0 censored) and group. With a column stratum the
    test compares within strata only. Restricted means end, if not said, where the first group does.
    """
    try:
        strata = observations(file)
    except BadTable as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNREADABLE) from error
    groups = together(strata)
    end = common_time(groups) if until is None else until
    curves = {name: curve(each, end) for name, each in groups.items()}
    test = log_rank(strata)
    if as_json:
        told = {name: _curve(each) for name, each in curves.items()}
        figures = {"groups": told, "log_rank": test and asdict(test), "until": end}
        click.echo(json.dumps(figures, allow_nan=False))
        return
    for name, each in curves.items():
        median = "not reached" if each.median is None else f"{each.median:g}"
        told_of = f"{name}: {each.events} of {each.n} reached it; median {median}"
        click.echo(f"{told_of}; mean within {end:g}: {each.rmst:.2f}")
    if test is not None:
        within = " within strata" if len(strata) > 1 else ""
        click.echo(f"Log-rank{within}: χ² {test.chi2:.4f}, {test.df} df, p = {test.p:.4g}")


def _curve(found: Curve) -> dict[str, Any]:
    return {
        "n": found.n,
        "events": found.events,
        "median": found.median,
        "rmst": found.rmst,
        "curve": [asdict(point) for point in found.points],
    }


@evaluate.command("protect")
@click.argument("file", type=FILE)
@click.option("--rows", required=True, help="The column whose values are the rows.")
@click.option("--cols", "columns", required=True, help="The column whose values are the columns.")
@click.option(
    "--policy", "name", type=click.Choice([*POLICIES]), default=PUBLIC.name, show_default=True
)
@click.option("--key-file", type=FILE, help="The release's key, so that a series rounds alike.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def protect_command(
    file: Path, *, rows: str, columns: str, name: str, key_file: Path | None, as_json: bool
) -> None:
    """Count persons in a table that gives nobody away.

    FILE has a row a person, with the columns person and household. S is a cell of few persons or
    households; a dash is a margin that is withheld, since a cell could be worked out from it.
    Without a key of the release, the rounding is keyed by the file itself.
    """
    try:
        counted = people(file, rows, columns)
        key = content(key_file or file)
        table = protect(counted, POLICIES[name], hashlib.sha256(key).digest())
    except BadTable as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNREADABLE) from error
    except Refused as error:
        click.echo(str(error), err=True)
        raise SystemExit(REFUSED) from error
    click.echo(json.dumps(_figures(table, name)) if as_json else "\n".join(_lines(table)))


def _figures(table: Protected, policy: str) -> dict[str, Any]:
    return {
        "policy": policy,
        "rows": table.rows,
        "columns": table.columns,
        "cells": [[_plain(table.cells[r, c]) for c in table.columns] for r in table.rows],
        "row_totals": [_plain(table.row_totals[r]) for r in table.rows],
        "column_totals": [_plain(table.column_totals[c]) for c in table.columns],
        "total": _plain(table.total),
        "footer": table.footer,
    }


def _plain(number: Number) -> int | str | None:
    return None if number is Hidden.WITHHELD else number


def _lines(table: Protected) -> Sequence[str]:
    body = [
        [r, *(str(table.cells[r, c]) for c in table.columns), str(table.row_totals[r])]
        for r in table.rows
    ]
    totals: Mapping[str, Number] = table.column_totals
    foot = ["Total", *(str(totals[c]) for c in table.columns), str(table.total)]
    lines = [["", *table.columns, "Total"], *body, foot]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    told = [
        "  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True))
        for line in lines
    ]
    return [*told, table.footer]
