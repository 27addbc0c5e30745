"""What is done with exports: asked for with a purpose, made, opened a few times, forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports import datasets, rules
from resettle.exports.acts import AskExport
from resettle.exports.datasets import DATASETS, Dataset
from resettle.exports.models import ListExport
from resettle.exports.rules import State

STEP = "exports:step"
FORGET = "exports:forget"
DAY = timedelta(days=1)
MOST = 50
NO_LONGER = "This file can no longer be opened. Ask for a new one."


def dataset_of(uow: UnitOfWork, code: str) -> Dataset:
    """Find a list that the reader may take out. Raises NotFound for any other."""
    uow.require(Permission.LIST_EXPORT)
    dataset = DATASETS.get(code)
    if dataset is None or not uow.allows(dataset.permission):
        raise NotFound("There is no such list.")
    return dataset


def ask(uow: UnitOfWork, command: AskExport) -> ListExport:
    """Ask for a list. It is made by a job, block by block, as its asker may see it then."""
    uow.require(Permission.LIST_EXPORT)
    dataset = next((d for d in datasets.offered(uow) if d.code == command.dataset), None)
    if dataset is None:
        raise Invalid({"dataset": ["There is no such list."]})
    if uow.actor.scopes is not None or uow.actor.user_id is None:
        raise Forbidden("A list is asked for by a person who is signed in, not by a program.")
    span = (command.from_on, command.until_on)
    if faults := rules.faults(command.columns, dataset.columns.keys(), span):
        raise Invalid(faults)
    today = uow.count(
        ListExport, ListExport.user_id == uow.actor.user_id, ListExport.created_at > uow.now - DAY
    )
    if today >= rules.A_DAY_MOST:
        raise TooMany("You have asked for as many lists as one may in a day.", 3600)
    export = uow.add(
        ListExport(
            user_id=uow.actor.user_id,
            dataset=dataset.code,
            columns=[column for column in dataset.columns if column in command.columns],
            format=command.format,
            from_on=command.from_on,
            until_on=command.until_on,
            purpose=command.purpose,
            recipient=command.recipient,
        )
    )
    expect_step(uow, export)
    return export


def expect_step(uow: UnitOfWork, export: ListExport) -> None:
    """Leave the job that gathers the next block of rows."""
    uow.require(Permission.LIST_EXPORT)
    uow.later(STEP, export_id=str(export.id))


def expect_forgetting(uow: UnitOfWork, export: ListExport, at: datetime) -> None:
    """Leave the job that forgets the file."""
    uow.require(Permission.LIST_EXPORT)
    uow.later(FORGET, at=at, export_id=str(export.id))


def own(uow: UnitOfWork) -> Sequence[ListExport]:
    """List what the reader has asked for, the newest first."""
    uow.require(Permission.LIST_EXPORT)
    query = uow.select(ListExport).where(ListExport.user_id == uow.actor.user_id)
    found = uow.all(query.order_by(ListExport.created_at.desc(), ListExport.id).limit(MOST))
    uow.unlock([export.id for export in found])
    return found


def open_once(uow: UnitOfWork, export_id: UUID) -> ListExport:
    """Open a file for a minute, one of three times. Raises Conflict when it is no longer good."""
    export = uow.edit(ListExport, export_id, to=Permission.LIST_EXPORT)
    good = rules.is_good(export.ready_until, export.downloads, uow.now)
    if export.state is not State.READY or not good:
        raise Conflict(NO_LONGER)
    export.downloads += 1
    export.opened_until = uow.now + rules.OPEN_FOR
    return export
