"""Lists are made here, a block at a time, with the authority that their asker has by now."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select

from resettle.accounts.loader import acting_as
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports import datasets, rules, service, shapes
from resettle.exports.datasets import DATASETS, Dataset
from resettle.exports.models import ListExport
from resettle.exports.rules import State
from resettle.exports.writing import Taken, file_of
from resettle.web.frame import moment

SCOPES = {
    Role.CASEWORKER: "Households that the taker looks after",
    Role.PROGRAMME_MANAGER: "All groups of the programmes",
}


def step(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Gather one block. Who may no longer take the list gets none."""
    export = uow.find(ListExport, UUID(payload["export_id"]))
    if export is None or export.state not in {State.WAITING, State.MAKING}:
        return
    dataset = DATASETS[export.dataset]
    with acting_as(uow, export.user_id) as asker:
        may = asker is not None and uow.allows(Permission.LIST_EXPORT)
        if may and uow.allows(dataset.permission):
            _gather(uow, dataset, export)
        else:
            export.state, export.gathered = State.REFUSED, None
    if export.state is State.MAKING:
        service.expect_step(uow, export)
    if export.ready_until is not None:
        service.expect_forgetting(uow, export, export.ready_until)


def _gather(uow: UnitOfWork, dataset: Dataset, export: ListExport) -> None:
    query = datasets.chosen(uow, dataset, export)
    if export.state is State.WAITING:
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        covered = query.get_execution_options()["covered"]
        export.rows_total = uow.session.scalar(counted.execution_options(covered=covered)) or 0
    key = dataset.model.id
    after = query if export.last_id is None else query.where(key > export.last_id)
    room = min(rules.BLOCK, rules.ROWS_MOST - export.rows_done)
    rows = uow.all(after.order_by(key).limit(room))
    before = orjson.loads(export.gathered or b"[]")
    told = before + shapes.cells(uow, dataset, rows, export.columns)
    export.households = sorted({*export.households, *datasets.homes(dataset, rows)})
    export.rows_done = len(told)
    if len(rows) < room or export.rows_done >= rules.ROWS_MOST:
        _finish(uow, dataset, export, told)
        return
    export.state, export.gathered, export.last_id = State.MAKING, orjson.dumps(told), rows[-1].id


def _finish(uow: UnitOfWork, dataset: Dataset, export: ListExport, told: list[Any]) -> None:
    taken = Taken(uow.actor.name, moment(uow.now), SCOPES.get(uow.actor.role, ""))
    export.content = file_of(dataset, export, told, taken)
    export.gathered, export.state = None, State.READY
    export.ready_until = uow.now + rules.VALID


def forget(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Forget the file after a day; that it was made stays on record."""
    export = uow.find(ListExport, UUID(payload["export_id"]))
    if export is not None:
        export.content, export.state = None, State.FORGOTTEN
