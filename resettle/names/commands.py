"""`resettle search`: looking after the index in which people are found."""

from typing import Any
from uuid import UUID

import click

from resettle.core.actor import SYSTEM
from resettle.core.work import Transactions
from resettle.households.models import Person
from resettle.names import keys

BATCH = 500


@click.group()
def search() -> None:
    """Look after the index in which people are found."""


@search.command()
@click.pass_obj
def rebuild(service: Any) -> None:
    """Write the index of names and numbers anew; needed once after the upgrade that brings it."""
    click.echo(f"The index of {rewrite(service.transactions)} people is written anew.")


def rewrite(transactions: Transactions) -> int:
    """Write the index of every person anew, batch by batch; may be stopped and run again."""
    done, last = 0, None
    while found := _rewrite_batch(transactions, last):
        done, last = done + len(found), found[-1]
    return done


def _rewrite_batch(transactions: Transactions, after: UUID | None) -> list[UUID]:
    with transactions.begin(SYSTEM, "search:rebuild") as uow:
        query = uow.select(Person).order_by(Person.id).limit(BATCH)
        people = uow.all(query if after is None else query.where(Person.id > after))
        ids = [person.id for person in people]
        uow.unlock(ids)
        keys.write_anew(uow.session, people)
        return ids
