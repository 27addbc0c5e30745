"""`resettle import errf`: check case files, or take them in.

A check asks for nothing: no settings, no database; it works on a machine fresh from the box.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from resettle import errf as forms
from resettle.accounts.loader import of_user
from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.clock import day_of, system_clock
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import Transactions
from resettle.errf import report
from resettle.errf.reader import MAX_FILE
from resettle.interchange import queries, rules, service
from resettle.interchange.acts import QUOTA, STREAMS, ImportFile
from resettle.interchange.rules import Report

GOOD, FAULTY, UNREADABLE = 0, 1, 2
PROGRAMME_BY_STREAM = {stream.value: code for code, stream in STREAMS.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: for the exit, for programs and for people."""

    code: int
    body: dict[str, Any]
    text: str


@click.group(name="import")
def import_() -> None:
    """Take in what others have written down."""


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Store nothing; needs no database.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--programme", type=click.Choice([*STREAMS]), help="Whom the cases are for.")
@click.option("--stream", type=click.Choice([*PROGRAMME_BY_STREAM]), help="The same, by stream.")
@click.option("--submitted", type=click.DateTime(["%Y-%m-%d"]), help="When UNHCR submitted them.")
@click.option("--as", "email", help="The caseworker who takes the cases on.")
@click.pass_obj
def errf(app: Any, /, files: Sequence[Path], **given: Any) -> None:
    """Check UNHCR case files (eRRF), or import them, each whole or not at all.

    Exit 0 without errors, 1 with errors, 2 if a file is no eRRF that can be read.
    """
    command = _command(given)
    if given["only_check"]:
        outcomes = [_checked(file) for file in files]
    else:
        transactions = app.transactions
        actor = _actor(transactions, given["email"])
        outcomes = [_imported(transactions, actor, file, command) for file in files]
    _tell(files, outcomes, as_json=given["as_json"])
    sys.exit(max(outcome.code for outcome in outcomes))


def _command(given: dict[str, Any]) -> ImportFile:
    by_stream = PROGRAMME_BY_STREAM.get(given["stream"] or "")
    if by_stream and given["programme"] and by_stream != given["programme"]:
        raise click.UsageError("The stream is not that of the programme: give one of the two.")
    submitted = given["submitted"]
    return ImportFile(
        programme=given["programme"] or by_stream or QUOTA,
        submitted_on=submitted.date() if submitted else None,
    )


def _checked(file: Path) -> Outcome:
    try:
        checked = forms.check(_content(file), day_of(system_clock()))
    except forms.Unreadable as error:
        return _unreadable(str(error))
    code = FAULTY if checked.errors else GOOD
    return Outcome(code, report.as_json(checked), report.as_text(checked))


def _content(file: Path) -> bytes:
    """Read a file, but no more of it than a case file may hold."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_FILE + 1)
    except OSError as error:
        raise forms.Unreadable(f"The file cannot be read: {error.strerror}.") from error


def _unreadable(sentence: str) -> Outcome:
    return Outcome(UNREADABLE, _refusal(rules.UNREADABLE, sentence), sentence)


def _refusal(rule: str, sentence: str) -> dict[str, Any]:
    error = {
        "rule": rule,
        "record": "submission",
        "field": "",
        "value": "",
        "message": sentence,
    }
    return {"errors": [error], "warnings": [], "cases": []}


def _actor(transactions: Transactions, email: str | None) -> Actor:
    if email is None:
        return SYSTEM
    with transactions.begin(SYSTEM, "import:as", read_only=True) as uow:
        query = uow.select(UserAccount).where(UserAccount.status == AccountStatus.ACTIVE)
        account = uow.first(query.where(UserAccount.email == email.lower()))
        actor = None if account is None else of_user(uow, account.id)
    if actor is None or actor.role is not Role.CASEWORKER:
        raise click.BadParameter("There is no active caseworker with this address.")
    return actor


def _imported(transactions: Transactions, actor: Actor, file: Path, command: ImportFile) -> Outcome:
    try:
        return _stored(transactions, actor, _content(file), command)
    except (forms.Unreadable, service.UnreadableFile) as error:
        return _unreadable(str(error))
    except service.FaultyFile as error:
        lines = [str(error), *(f"  {each['message']}" for each in error.report.errors)]
        return Outcome(FAULTY, dict(error.told), "\n".join(lines))
    except (Conflict, Invalid) as error:
        return _refused(error)


def _stored(transactions: Transactions, actor: Actor, data: bytes, command: ImportFile) -> Outcome:
    with transactions.begin(actor, Permission.IMPORT_COMMIT) as uow:
        found = service.check(uow, data)
        batch = service.import_file(uow, data, command)
        return _good(found, queries.import_file(uow, batch.id))


def _refused(error: Conflict | Invalid) -> Outcome:
    sentence = str(error)
    if isinstance(error, Invalid):
        sentence = " ".join(each for given in error.errors.values() for each in given)
    return Outcome(FAULTY, _refusal(error.slug, sentence), sentence)


def _good(found: Report, made: queries.ImportFile) -> Outcome:
    households = [
        {
            "reference": case.reference,
            "household_id": str(case.household_id),
            "case_id": str(case.case_id),
            "stage": case.stage,
            "people": case.people,
        }
        for case in made.cases
    ]
    body = {
        "errors": [],
        "warnings": found.warnings,
        "cases": found.cases,
        "imported": {
            "id": str(made.batch.id),
            "households": households,
            "possible_duplicates": len(made.possible_duplicates),
        },
    }
    return Outcome(GOOD, body, "\n".join(_lines(found, made)))


def _lines(found: Report, made: queries.ImportFile) -> Iterator[str]:
    for case in made.cases:
        people = "1 person" if case.people == 1 else f"{case.people} people"
        yield f"{case.reference}: {people}, {case.stage}."
    for warning in found.warnings:
        yield f"Look at this: {warning['message']}"
    if made.possible_duplicates:
        yield f"People who may be on record already: {len(made.possible_duplicates)}."


def _tell(files: Sequence[Path], outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Say what came of each file; what cannot be read is also said on the error output."""
    several = len(files) > 1
    for file, outcome in zip(files, outcomes, strict=True):
        unreadable = outcome.code == UNREADABLE
        if not as_json or unreadable:
            text = f"{file.name}: {outcome.text}" if several else outcome.text
            click.echo(text, err=unreadable)
    if as_json and several:
        bodies = [{"file": f.name, **o.body} for f, o in zip(files, outcomes, strict=True)]
        click.echo(json.dumps({"files": bodies}, ensure_ascii=False))
    elif as_json:
        click.echo(json.dumps(outcomes[0].body, ensure_ascii=False))
