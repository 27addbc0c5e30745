"""`resettle audit`, `keys`, `db` and `worker`: what an operator does with the service."""

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import IntegrityError

from resettle.core import chain as trail
from resettle.core.actor import SYSTEM
from resettle.core.jobs import Runners, run_next
from resettle.core.late import alembic_commands
from resettle.operations import doctor, retention, roles, tables
from resettle.operations import keys as rotation
from resettle.operations.findings import exit_of, wrong
from resettle.operations.sealing import new_pair
from resettle.settings import BadSettings

TAMPERED = 2
IDLE_SECONDS = 2.0


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.pass_obj
def verify(service: Any, *, as_json: bool) -> None:
    """Compute the trail again: exit 0 if it is sound, 2 if it was tampered with."""
    with service.transactions.begin(SYSTEM, "audit:verify", read_only=True) as uow:
        verdict = trail.verify(uow.session)
    if as_json:
        found = {
            "sound": verdict.sound,
            "rows": verdict.rows,
            "chain": verdict.chain,
            "first_bad_seq": verdict.bad_seq,
            "fault": verdict.fault,
        }
        click.echo(json.dumps(found))
    elif verdict.sound:
        click.echo(f"The audit trail is sound: {verdict.rows} rows.")
    else:
        click.echo(
            f"The audit trail was tampered with. First bad sequence number: {verdict.bad_seq} "
            f"(chain {verdict.chain}): {verdict.fault}."
        )
    sys.exit(0 if verdict.sound else TAMPERED)


@click.group()
def keys() -> None:
    """Look after the keys that seal personal data."""


@keys.command()
@click.option("--number", default=1, show_default=True, help="The number of the master key.")
def new(number: int) -> None:
    """Print fresh secrets as settings. Keep them apart from the database and its backups."""
    for name, value in rotation.new_secrets(number).items():
        click.echo(f"{name}={value}")


@keys.command()
@click.pass_obj
def rotate(service: Any) -> None:
    """Wrap every data key under the newest master key; may be stopped and run again."""
    turned = rotation.rotate(service.transactions)
    click.echo(f"{turned.wrapped} data keys wrapped anew; all {turned.sound} open.")


@keys.command(name="backup")
@click.option(
    "--identity",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the private half goes: away from this machine, into a safe.",
)
def pair(identity: Path) -> None:
    """Make the pair of keys for backups: one half seals them here, the other opens them."""
    recipient, private = new_pair()
    with os.fdopen(os.open(identity, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{private}\n")
    click.echo(f"RESETTLE_BACKUP_RECIPIENT={recipient}")


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.argument("revision", default="head")
@click.pass_obj
def upgrade(service: Any, revision: str) -> None:
    """Bring the tables up to this release, or to a named revision."""
    try:
        tables.upgrade(service.settings.database_url, revision, click.echo)
    except tables.Held as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database is at {revision}.")


@db.command()
@click.argument("revision")
@click.confirmation_option(prompt="Going down drops tables and what is in them. Go on?")
@click.pass_obj
def downgrade(service: Any, revision: str) -> None:
    """Take the tables down to a named revision."""
    alembic_commands.downgrade(tables.alembic_config(service.settings.database_url), revision)
    click.echo(f"The database is at {revision}.")


@db.command(name="roles")
@click.option("--apply", "is_applied", is_flag=True, help="Do it, as the owner of the tables.")
@click.pass_obj
def roles_(service: Any, *, is_applied: bool) -> None:
    """Print the SQL of PostgreSQL's roles: who may read and write what."""
    if service.settings.database_url.startswith("sqlite"):
        raise click.ClickException("SQLite has no roles: guard the file itself.")
    if not is_applied:
        click.echo("\n".join(f"{statement};" for statement in roles.statements()))
        return
    with tables.opened(service.settings.database_url) as engine:
        roles.apply(engine)
    click.echo(f"The roles may do what they must: {', '.join(roles.ROLES)}.")


@click.command()
@click.option("--until-idle", is_flag=True, help="Stop when no job is due.")
@click.pass_obj
def worker(service: Any, *, until_idle: bool) -> None:
    """Work off the jobs that are due, until told to stop; a job under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _n, _f: stop.set())
    done = work(service, stop, until_idle=until_idle)
    click.echo(f"{done} jobs done.")


def work(service: Any, stop: threading.Event, *, until_idle: bool = False) -> int:
    """Work off jobs until told to stop. Gives how many were run."""
    runners: Runners = service.app.extensions["runners"]
    _expect(service)
    done = 0
    while not stop.is_set():
        if run_next(service.transactions, runners):
            done += 1
        elif until_idle:
            break
        else:
            stop.wait(IDLE_SECONDS)
    return done


def _expect(service: Any) -> None:
    """Leave what comes again and again, unless it waits already or another worker just left it."""
    with suppress(IntegrityError), service.transactions.begin(SYSTEM, "worker:start") as uow:
        retention.expect_night(uow)
        for expect in service.app.extensions["schedule"]:
            expect(uow)


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.pass_obj
def doctor_(service: Any, *, as_json: bool) -> None:
    """Say what is wrong with this installation: exit 0 well, 1 doubtful, 10 and more wrong."""
    try:
        found = doctor.examine(service.settings)
    except BadSettings as error:
        found = [wrong("settings", fault) for fault in error.faults]
    if as_json:
        told = [{"about": f.about, "health": f.health.name, "told": f.sentence} for f in found]
        click.echo(json.dumps(told))
    else:
        for finding in found:
            click.echo(f"{finding.health.name:9}{finding.about:11}{finding.sentence}")
    sys.exit(exit_of(found))
