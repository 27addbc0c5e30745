"""Possible duplicates over JSON: listed, compared, and decided by a person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import acts, queries, schemas, service, shapes
from resettle.duplicates.models import DuplicateCandidate
from resettle.web.api import Api

api = Api("duplicates_api", __name__, url_prefix="/api")
CANDIDATE = "/duplicates/<uuid:candidate_id>"


@api.lists(
    "/duplicates",
    permission=Permission.DUPLICATE_READ,
    returns=shapes.CandidateShape(),
    sorts=queries.SORTS,
    filters=schemas.DuplicateFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.DuplicateFilters) -> Select[DuplicateCandidate]:
    """List pairs of records that may be of one person, undecided ones unless asked otherwise."""
    return queries.candidates(uow, wanted)


@api.reads(CANDIDATE, permission=Permission.DUPLICATE_READ, returns=shapes.ComparisonShape())
def compare(uow: UnitOfWork, candidate_id: UUID) -> queries.Comparison:
    """Show the two records side by side, or whom to ask about the other."""
    return queries.compare(uow, candidate_id)


@api.does(
    "POST",
    f"{CANDIDATE}/decision",
    permission=Permission.DUPLICATE_DECIDE,
    body=schemas.DecideDuplicateSchema(),
    returns=shapes.CandidateShape(),
)
def decide(
    uow: UnitOfWork, candidate_id: UUID, command: acts.DecideDuplicate
) -> DuplicateCandidate:
    """Say whether two records are of one person."""
    return service.decide(uow, candidate_id, command)


@api.does(
    "POST",
    "/persons/<uuid:person_id>/duplicates",
    permission=Permission.DUPLICATE_READ,
    returns=shapes.CandidateShape(),
    many=True,
)
def look(uow: UnitOfWork, person_id: UUID) -> Sequence[DuplicateCandidate]:
    """Look for other records of a person, and list what is found."""
    return service.note_duplicates(uow, person_id)
