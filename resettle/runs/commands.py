"""`resettle report`: a report put together at the command line, by the one path of figures."""

import json
import sys
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import click

from resettle.accounts.loader import of_user
from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import SYSTEM, Actor
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import Transactions
from resettle.runs import making, rules, service
from resettle.runs.acts import AskRun
from resettle.runs.models import ReportRun

FAULTY: Final = 2


@click.command("report")
@click.argument("name", default="ministry")
@click.option("--audience", default="ministry", show_default=True)
@click.option("--as-at", "as_at", type=click.DateTime(["%Y-%m-%d"]), help="Without it, the latest.")
@click.option("--stated", multiple=True, metavar="TABLE=TOTAL", help="A total that others state.")
@click.option("--as", "email", required=True, help="The programme manager who asks for it.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.pass_obj
def report_(app: Any, /, name: str, *, as_json: bool, **given: Any) -> None:
    """Put a report together, such as the ministry's tables, as its audience may be told it.

    It is a report run as any other: on record, and let go by a second person.
    """
    transactions: Transactions = app.transactions
    actor = _actor(transactions, given["email"])
    command = AskRun(
        report=name,
        audience=given["audience"],
        as_at=_day(given["as_at"]),
        stated=_totals(given["stated"]),
    )
    try:
        run = _made(transactions, actor, command)
    except Invalid as error:
        click.echo("; ".join(f"{k}: {v[0]}" for k, v in error.errors.items()), err=True)
        sys.exit(FAULTY)
    click.echo(json.dumps(run) if as_json else "\n".join(_lines(run)))


def _day(moment: datetime | None) -> Any:
    return None if moment is None else moment.date()


def _totals(stated: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for each in stated:
        code, _, number = each.partition("=")
        if not number.isdecimal():
            raise click.UsageError("Write a stated total as TABLE=TOTAL, such as quota=8039.")
        found[code] = int(number)
    return found


def _actor(transactions: Transactions, email: str) -> Actor:
    with transactions.begin(SYSTEM, "report:ask", read_only=True) as uow:
        query = uow.select(UserAccount).where(
            UserAccount.email == email, UserAccount.status == AccountStatus.ACTIVE
        )
        user = uow.first(query)
        actor = None if user is None else of_user(uow, user.id)
    if actor is None:
        raise click.UsageError("There is no active account with that address.")
    return actor


def _made(transactions: Transactions, actor: Actor, command: AskRun) -> dict[str, Any]:
    with transactions.begin(actor, Permission.RUN_MAKE) as uow:
        uow.require(Permission.RUN_MAKE)
        run_id: UUID = service.ask(uow, command).id
    with transactions.begin(SYSTEM, "runs:make") as uow:
        making.make(uow, {"run_id": str(run_id)})
        run = uow.find(ReportRun, run_id)
        assert run is not None
        return {"id": str(run.id), "title": run.title, "as_at": str(run.as_at), **run.told}


def _lines(run: dict[str, Any]) -> list[str]:
    found = [f"{run['title']}, as at {run['as_at']}. Report run {run['id']}."]
    for section in run["sections"]:
        found += ["", section["title"]]
        if section.get("warning"):
            found.append(section["warning"])
        if not section["figures"]:
            found.append(section["refusal"] or "")
            continue
        heads = (section["definition"]["rows"], *section["figures"]["columns"], "Total")
        found += ["\t".join(row) for row in (heads, *rules.grid(section["figures"]))]
    return found
