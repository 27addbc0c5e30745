"""`resettle backup`, `restore` and `retention`: what is kept, and what is not."""

from pathlib import Path
from typing import Any

import click

from resettle.core.crypto import Unsealable
from resettle.operations import backup, restore, retention
from resettle.operations.sealing import BadKey

KEEP_DAYS = 35
REFUSALS = (backup.Refused, BadKey, Unsealable, OSError)
folder = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.command(name="backup")
@folder
@click.option("--keep-days", default=KEEP_DAYS, show_default=True, help="Older ones are deleted.")
@click.pass_obj
def backup_(service: Any, folder: Path, keep_days: int) -> None:
    """Back up rows, keys and files while the service runs, and prove it by restoring."""
    engine = service.app.extensions["engine"]
    try:
        made = backup.make(service.transactions, engine, folder, keep_days)
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    click.echo(
        f"{made.data.name}: {made.rows} rows, restored and found whole; {made.documents} new files "
        f"copied, {made.forgotten} old backups deleted."
    )


@click.command(name="restore")
@folder
@click.option(
    "--identity",
    required=True,
    type=click.File(),
    help="A file with the private half of the backup key; - reads it from the terminal.",
)
@click.option("--data", type=click.Path(exists=True, path_type=Path), help="Else the newest.")
@click.pass_obj
def restore_(service: Any, folder: Path, identity: Any, data: Path | None) -> None:
    """Fill an empty database from a folder of backups, and check all of it."""
    try:
        done = restore.restore(service.settings, folder, identity.read(), data)
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{done.data.name}: {done.rows} rows and {done.documents} files are back; the audit trail "
        f"is sound ({done.trail} rows), and every key opens."
    )


@click.group(name="retention")
def retention_() -> None:
    """Let go of what is past its time of keeping."""


@retention_.command()
@click.pass_obj
def report(service: Any) -> None:
    """Count what is past its time, and change nothing."""
    for name, count in retention.report(service.transactions).items():
        click.echo(f"{name:14}{count:8}")


@retention_.command()
@click.confirmation_option(prompt="What is swept cannot be brought back. Go on?")
@click.pass_obj
def sweep(service: Any) -> None:
    """Take away what the last report has counted."""
    try:
        swept = retention.sweep(service.transactions)
    except retention.NotReported as error:
        raise click.ClickException(str(error)) from error
    for name, count in swept.items():
        click.echo(f"{name:14}{count:8}")
