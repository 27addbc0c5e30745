"""Papers of the invented households: passports that run out, certificates, a tenancy agreement."""

from datetime import date, timedelta
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past, known
from resettle.documents import service
from resettle.documents.acts import KeepDocument
from resettle.documents.rules import Kind
from resettle.households.models import Household
from resettle.households.queries import current_members

PAPER = "An invented paper for the demonstration.\n{}: {}\n"
MOST, YEARS = 4, 900


def file_papers(past: Past, household_id: UUID, number: int, today: date) -> None:
    """File what a household would have brought, and what it signed here."""
    with past.on(today) as uow:
        for place, member in enumerate(current_members(uow, household_id)[:MOST]):
            runs_out = today + timedelta(days=(number * 37 + place * 211) % YEARS - 20)
            kind = (Kind.PASSPORT, Kind.TRAVEL_DOCUMENT, Kind.BIRTH_CERT, Kind.ID_CARD)[place]
            expires_on = None if kind is Kind.BIRTH_CERT else runs_out
            _file(uow, household_id, kind, member.person_id, expires_on)
        if known(uow, Household, household_id).placed_on is not None:
            _file(uow, household_id, Kind.TENANCY, None, today + timedelta(days=10 + number * 5))


def _file(
    uow: UnitOfWork,
    household_id: UUID,
    kind: Kind,
    person_id: UUID | None,
    expires_on: date | None,
) -> None:
    content = PAPER.format(kind.value, person_id or household_id).encode()
    command = KeepDocument(
        kind=kind, person_id=person_id, expires_on=expires_on, original_seen=person_id is not None
    )
    service.keep(uow, household_id, content, command)
