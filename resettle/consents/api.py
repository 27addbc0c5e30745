"""Consents over JSON: given under a person, withdrawn under their own address."""

from uuid import UUID

from resettle.consents import acts, queries, schemas, service, shapes
from resettle.consents.models import ConsentEntry
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("consents_api", __name__, url_prefix="/api")
CONSENTS = "/persons/<uuid:person_id>/consents"


@api.reads(CONSENTS, permission=Permission.CONSENT_READ, returns=shapes.LedgerShape())
def ledger(uow: UnitOfWork, person_id: UUID) -> queries.Ledger:
    """Show what a person agreed to share, and what they took back."""
    return queries.ledger(uow, person_id)


@api.does(
    "POST",
    CONSENTS,
    permission=Permission.CONSENT_RECORD,
    body=schemas.RecordConsentSchema(),
    returns=shapes.ConsentShape(),
    status=201,
)
def record(uow: UnitOfWork, person_id: UUID, command: acts.RecordConsent) -> ConsentEntry:
    """Record that a person agrees to share one thing."""
    return service.record(uow, person_id, command)


@api.does(
    "POST",
    "/consents/<uuid:entry_id>/withdrawal",
    permission=Permission.CONSENT_WITHDRAW,
    body=schemas.WithdrawConsentSchema(),
    returns=shapes.ConsentShape(),
)
def withdraw(uow: UnitOfWork, entry_id: UUID, command: acts.WithdrawConsent) -> ConsentEntry:
    """Take a consent back, at once."""
    return service.withdraw(uow, entry_id, command)
