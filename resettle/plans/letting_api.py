"""Letting go over JSON: who leads what by now, and the family's own signature."""

from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import acts, letting_go, queries, schemas, shapes
from resettle.plans.models import PlanAgreement
from resettle.web.api import Api

api = Api("letting_go_api", __name__, url_prefix="/api")
PLAN = "/plans/<uuid:plan_id>"


@api.does(
    "POST",
    PLAN + "/independence",
    permission=Permission.PLAN_LET_GO,
    body=schemas.TellLeadsSchema(),
    returns=shapes.PlanShape(),
)
def tell_leads(uow: UnitOfWork, plan_id: UUID, command: acts.TellLeads) -> queries.Sheet:
    """Say who leads what the family comes to do by itself."""
    return queries.sheet_of(uow, letting_go.tell_leads(uow, plan_id, command))


@api.does(
    "POST",
    PLAN + "/signature",
    permission=Permission.PLAN_SAY,
    returns=shapes.AgreementShape(),
    status=201,
)
def sign(uow: UnitOfWork, plan_id: UUID) -> PlanAgreement:
    """Sign an exit plan for oneself; from then on nobody changes it."""
    return letting_go.sign(uow, plan_id)
