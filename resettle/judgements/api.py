"""The evaluation record over JSON."""

from collections.abc import Sequence

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.judgements import queries, schemas, service
from resettle.judgements.acts import Judge
from resettle.judgements.models import Judgement
from resettle.web.api import Api

api = Api("judgements_api", __name__, url_prefix="/api/judgements")


@api.reads(
    "",
    permission=Permission.JUDGEMENT_READ,
    returns=schemas.LineShape(),
    many=True,
    filters=schemas.RecordWantedSchema(),
)
def record(uow: UnitOfWork, wanted: schemas.RecordWanted) -> Sequence[queries.Line]:
    """Tell how each criterion is judged, with every earlier judgement."""
    return queries.record(uow, wanted.programme)


@api.does(
    "POST",
    "",
    permission=Permission.JUDGEMENT_MAKE,
    body=schemas.JudgeSchema(),
    returns=schemas.JudgementShape(),
    status=201,
)
def judge(uow: UnitOfWork, command: Judge) -> Judgement:
    """Judge a criterion on evidence. What was judged before stays."""
    return service.judge(uow, command)
