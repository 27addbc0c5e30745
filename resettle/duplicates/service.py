"""What is done about possible duplicates: they are noted, and a person decides."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import queries
from resettle.duplicates.acts import DecideDuplicate
from resettle.duplicates.models import DuplicateCandidate, Verdict
from resettle.households.models import Person


def note_duplicates(uow: UnitOfWork, person_id: UUID) -> list[DuplicateCandidate]:
    """Note every record that may be of this person. A pair that is on the list stays as it is."""
    return note_duplicates_of_all(uow, [person_id])


def note_duplicates_of_all(uow: UnitOfWork, person_ids: Sequence[UUID]) -> list[DuplicateCandidate]:
    """Note for each of several people every record that may be of them, person by person."""
    uow.get_all(Person, person_ids, to=Permission.DUPLICATE_READ)
    found = queries.possible_duplicates_of_all(uow, person_ids)
    known = queries.pairs_of_all(uow, person_ids)
    pairs = [(id_, pair) for id_ in person_ids for pair in found[id_]]
    new = {
        (id_, pair.person_id): DuplicateCandidate(
            person_id=id_, other_id=pair.person_id, score=pair.score, reasons=pair.reasons
        )
        for id_, pair in pairs
        if (id_, pair.person_id) not in known
    }
    uow.add_all(new.values())
    noted = known | new
    return [noted[id_, pair.person_id] for id_, pair in pairs]


def decide(uow: UnitOfWork, candidate_id: UUID, command: DecideDuplicate) -> DuplicateCandidate:
    """Say whether two records are of one person, or open the question again. Nothing is merged."""
    candidate = uow.edit(DuplicateCandidate, candidate_id, to=Permission.DUPLICATE_DECIDE)
    candidate.verdict = command.verdict
    candidate.reason = command.reason
    reopened = command.verdict is Verdict.OPEN
    candidate.decided_at = None if reopened else uow.now
    candidate.decided_by = None if reopened else uow.actor.user_id
    return candidate
