"""What is done about possible duplicates: they are noted, and a person decides."""

from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates.acts import DecideDuplicate
from resettle.duplicates.models import DuplicateCandidate, Verdict
from resettle.duplicates.queries import PossibleDuplicate, possible_duplicates
from resettle.households.models import Person


def note_duplicates(uow: UnitOfWork, person_id: UUID) -> list[DuplicateCandidate]:
    """Note every record that may be of this person. A pair that is on the list stays as it is."""
    person = uow.get(Person, person_id, to=Permission.DUPLICATE_READ)
    return [_noted(uow, person, found) for found in possible_duplicates(uow, person)]


def _noted(uow: UnitOfWork, person: Person, found: PossibleDuplicate) -> DuplicateCandidate:
    query = uow.select(DuplicateCandidate).where(
        DuplicateCandidate.person_id == person.id, DuplicateCandidate.other_id == found.person_id
    )
    known = uow.first(query)
    if known is not None:
        return known
    return uow.add(
        DuplicateCandidate(
            person_id=person.id,
            other_id=found.person_id,
            score=found.score,
            reasons=found.reasons,
        )
    )


def decide(uow: UnitOfWork, candidate_id: UUID, command: DecideDuplicate) -> DuplicateCandidate:
    """Say whether two records are of one person, or open the question again. Nothing is merged."""
    candidate = uow.edit(DuplicateCandidate, candidate_id, to=Permission.DUPLICATE_DECIDE)
    candidate.verdict = command.verdict
    candidate.reason = command.reason
    reopened = command.verdict is Verdict.OPEN
    candidate.decided_at = None if reopened else uow.now
    candidate.decided_by = None if reopened else uow.actor.user_id
    return candidate
