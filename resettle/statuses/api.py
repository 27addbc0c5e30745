"""The statuses of people over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.statuses import acts, queries, schemas, service
from resettle.statuses.models import PersonStatus
from resettle.web.api import Api

api = Api("statuses_api", __name__, url_prefix="/api")
OF_PERSON = "/persons/<uuid:person_id>/statuses"
STATUS = "/statuses/<uuid:status_id>"
SHAPE = schemas.StatusShape()


@api.reads(OF_PERSON, permission=Permission.STATUS_READ, returns=SHAPE, many=True)
def statuses(uow: UnitOfWork, person_id: UUID) -> Sequence[PersonStatus]:
    """Tell what was recorded of a person, the latest first, corrected rows included."""
    return queries.statuses(uow, person_id)


@api.does(
    "POST",
    OF_PERSON,
    permission=Permission.STATUS_RECORD,
    body=schemas.RecordStatusSchema(),
    returns=SHAPE,
    status=201,
)
def record(uow: UnitOfWork, person_id: UUID, command: acts.RecordStatus) -> PersonStatus:
    """Record what is so of a person since a day."""
    return service.record(uow, person_id, command)


@api.does(
    "POST",
    STATUS + "/correction",
    permission=Permission.STATUS_RECORD,
    body=schemas.CorrectStatusSchema(),
    returns=SHAPE,
    status=201,
)
def correct(uow: UnitOfWork, status_id: UUID, command: acts.CorrectStatus) -> PersonStatus:
    """Record what should have stood in the place of a status, which stays on record."""
    return service.correct(uow, status_id, command)


@api.does(
    "POST",
    STATUS + "/taking-back",
    permission=Permission.STATUS_RECORD,
    body=schemas.TakeBackStatusSchema(),
    returns=SHAPE,
)
def take_back(uow: UnitOfWork, status_id: UUID, command: acts.TakeBackStatus) -> PersonStatus:
    """Let a status that was recorded in error count no more."""
    return service.take_back(uow, status_id, command)


@api.does(
    "POST",
    STATUS + "/confirmation",
    permission=Permission.STATUS_RECORD,
    body=schemas.StillSoSchema(),
    returns=SHAPE,
)
def still_so(uow: UnitOfWork, status_id: UUID, command: acts.StillSo) -> PersonStatus:
    """Note that a status was found unchanged."""
    return service.still_so(uow, status_id, command)
