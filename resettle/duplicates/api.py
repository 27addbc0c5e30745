"""Possible duplicates over JSON: listed, compared, and decided by a person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import acts, merging, queries, schemas, service, shapes
from resettle.duplicates.models import DuplicateCandidate, PersonMerge
from resettle.web.api import Api

api = Api("duplicates_api", __name__, url_prefix="/api")
CANDIDATE = "/duplicates/<uuid:candidate_id>"
MERGE = "/merges/<uuid:merge_id>"


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


@api.does(
    "POST",
    f"{CANDIDATE}/merge",
    permission=Permission.PERSON_MERGE,
    body=schemas.ProposeMergeSchema(),
    returns=shapes.MergeShape(),
    status=201,
)
def propose_merge(uow: UnitOfWork, candidate_id: UUID, command: acts.ProposeMerge) -> PersonMerge:
    """Ask for two records to become one; a second person confirms it."""
    return merging.propose(uow, candidate_id, command)


@api.lists(
    "/merges",
    permission=Permission.PERSON_MERGE,
    returns=shapes.MergeShape(),
    sorts=queries.MERGE_SORTS,
    filters=schemas.MergeFiltersSchema(),
)
def merges(uow: UnitOfWork, wanted: queries.MergeFilters) -> Select[PersonMerge]:
    """List merges, those that wait for a second person unless asked otherwise."""
    return queries.merges(uow, wanted)


@api.reads(MERGE, permission=Permission.PERSON_MERGE, returns=shapes.MergeShape())
def merge(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Show how a merge stands."""
    return queries.merge(uow, merge_id)


@api.does(
    "POST",
    f"{MERGE}/confirmation",
    permission=Permission.PERSON_MERGE,
    returns=shapes.MergeShape(),
)
def confirm_merge(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Confirm a merge, or that it is undone, as the second person."""
    return merging.confirm(uow, merge_id)


@api.does(
    "POST", f"{MERGE}/withdrawal", permission=Permission.PERSON_MERGE, returns=shapes.MergeShape()
)
def withdraw_merge(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Take back what was asked for and is not confirmed yet."""
    return merging.withdraw(uow, merge_id)


@api.does(
    "POST",
    f"{MERGE}/parting",
    permission=Permission.PERSON_MERGE,
    body=schemas.ProposePartingSchema(),
    returns=shapes.MergeShape(),
)
def propose_parting(uow: UnitOfWork, merge_id: UUID, command: acts.ProposeParting) -> PersonMerge:
    """Ask for two records that were made one to be two again."""
    return merging.propose_parting(uow, merge_id, command)
