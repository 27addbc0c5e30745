"""The `resettle` command: nouns, then verbs."""

import sys
from dataclasses import dataclass, field
from functools import cached_property

import click
from flask import Flask

from resettle.accounts.commands import users
from resettle.app import create_app
from resettle.core.work import Transactions
from resettle.demo.commands import demo
from resettle.evaluation.commands import evaluate
from resettle.interchange.commands import import_
from resettle.matching.commands import match
from resettle.names.commands import search
from resettle.operations.commands import audit, db, doctor_, keys, worker
from resettle.operations.safekeeping import backup_, restore_, retention_
from resettle.programmes.commands import programmes
from resettle.programmes.loader import BadDefinition
from resettle.runs.commands import report_
from resettle.settings import BadSettings, Settings

CONFIGURATION_FAULT = 78


@dataclass
class Service:
    """What a command may need, made only when it is asked for."""

    given: Settings | None = field(default=None, repr=False)

    @cached_property
    def settings(self) -> Settings:
        return self.given or Settings.from_environment()

    @cached_property
    def app(self) -> Flask:
        return create_app(self.settings)

    @property
    def transactions(self) -> Transactions:
        found: Transactions = self.app.extensions["transactions"]
        return found


@click.group(name="resettle")
@click.pass_context
def cli(context: click.Context) -> None:
    """Run and look after resettle."""
    if context.obj is None:
        context.obj = Service()


OWN = (audit, backup_, db, demo, doctor_, keys, restore_, retention_, users, worker)

for command in (*OWN, evaluate, import_, match, programmes, report_, search):
    cli.add_command(command)


def main() -> None:
    """Run the command. Faults of the settings or the programmes exit with 78."""
    try:
        cli()
    except (BadSettings, BadDefinition) as error:
        click.echo(str(error), err=True)
        sys.exit(CONFIGURATION_FAULT)
