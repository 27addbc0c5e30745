"""Two records of one person become one, as one asks and a second person confirms; and two again."""

import json
from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import facts, moving, photos
from resettle.duplicates.acts import ProposeMerge, ProposeParting, Side
from resettle.duplicates.events import HouseholdEmptied, HouseholdFilled
from resettle.duplicates.models import (
    ONE_RECORD,
    DuplicateCandidate,
    MergeStatus,
    PersonMerge,
    Verdict,
)
from resettle.households import rules as household_rules
from resettle.households.models import Household, HouseholdMember, MemberRole, Person
from resettle.households.queries import current_members, household_of, principal_of

SECOND_PERSON = "Somebody else must confirm this: ask a colleague who looks after this person too."
LEADS = (
    "The record that would go leads a household in which others live. Keep that record instead, "
    "or name another principal applicant first."
)
NOT_BOTH = "Only who looks after both people can make their records one."
CHANGED = "One of the records was changed since. Withdraw this, look again, and propose it anew."


def propose(uow: UnitOfWork, candidate_id: UUID, command: ProposeMerge) -> PersonMerge:
    """Ask for two records to become one. Nothing changes until a second person confirms."""
    candidate = uow.get(DuplicateCandidate, candidate_id, to=Permission.PERSON_MERGE)
    this, other = _both(uow, candidate.person_id, candidate.other_id)
    if unknown := {*command.take} - {*facts.CHOICES, photos.PHOTO}:
        raise Invalid({"take": [f"There is no such fact: {', '.join(sorted(unknown))[:80]}."]})
    kept, gone = (this, other) if command.keep is Side.THIS else (other, this)
    _check_lead(uow, gone)
    return uow.add(
        PersonMerge(
            candidate_id=candidate.id,
            kept_id=kept.id,
            gone_id=gone.id,
            taken=[*dict.fromkeys(command.take)],
            kept_version=kept.version,
            gone_version=gone.version,
            proposed_by=uow.actor.user_id,
            reason=command.reason,
        )
    )


def _both(uow: UnitOfWork, one_id: UUID, other_id: UUID) -> tuple[Person, Person]:
    """Fetch two records, locked. Raises Conflict if one of them is not the actor's to see.

    They are locked in one order whichever is kept, so that no two merges wait for each other, and
    so that nobody adds to a record while its rows move to the other.
    """
    try:
        found = {
            id_: uow.edit(Person, id_, to=Permission.PERSON_MERGE, alone=True)
            for id_ in sorted((one_id, other_id))
        }
    except NotFound as error:
        raise Conflict(NOT_BOTH) from error
    return found[one_id], found[other_id]


def _check_lead(uow: UnitOfWork, gone: Person) -> None:
    """Leave no household without its principal applicant."""
    stay = moving.open_stay(uow, gone.id)
    if stay is None or stay.role is not MemberRole.PRINCIPAL:
        return
    if len(current_members(uow, stay.household_id)) > 1:
        raise Conflict(LEADS)


def confirm(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Confirm as the second person what the first has asked for: the merge, or its undoing."""
    merge = uow.edit(PersonMerge, merge_id, to=Permission.PERSON_MERGE)
    match merge.status:
        case MergeStatus.PROPOSED:
            _check_second(uow, merge.proposed_by)
            _merge(uow, merge)
        case MergeStatus.PARTING:
            _check_second(uow, merge.parting_by)
            _part(uow, merge)
        case _:
            raise Conflict("There is nothing to confirm here any more.")
    return merge


def _check_second(uow: UnitOfWork, first: UUID | None) -> None:
    if uow.actor.user_id == first:
        raise Conflict(SECOND_PERSON)


def _merge(uow: UnitOfWork, merge: PersonMerge) -> None:
    kept, gone = _both(uow, merge.kept_id, merge.gone_id)
    if (kept.version, gone.version) != (merge.kept_version, merge.gone_version):
        raise Conflict(CHANGED)
    _check_lead(uow, gone)
    before, of_gone = (facts.written(facts.facts_of(person)) for person in (kept, gone))
    facts.take(kept, gone, [name for name in merge.taken if name != photos.PHOTO])
    photo = photos.exchange(uow, kept.id, gone.id) if photos.PHOTO in merge.taken else None
    after = facts.written(facts.facts_of(kept))
    # Before anything moves, while whoever confirms still sees the pair.
    _settle(uow, merge, Verdict.SAME)
    moved = [one.told() for one in moving.move(uow, gone.id, kept.id)]
    merge.before = facts.dumped(kept=before, gone=of_gone, after=after, moved=moved, photo=photo)
    merge.status, merge.merged_by, merge.merged_at = MergeStatus.MERGED, uow.actor.user_id, uow.now
    _rename(uow, kept)
    if (home := emptied(uow, merge)) is not None and home.exited_on is None:
        uow.emit(HouseholdEmptied(home.id))


def emptied(uow: UnitOfWork, merge: PersonMerge) -> Household | None:
    """Name the household in which nobody lives any more since two records are one, if there is."""
    uow.require(Permission.PERSON_MERGE)
    if merge.status not in ONE_RECORD:
        return None
    moved = json.loads(merge.before)["moved"]
    ended = [UUID(row["id"]) for row in moved if row["table"] == "household_member" and row["was"]]
    for stay in uow.all(uow.select(HouseholdMember).where(HouseholdMember.id.in_(ended))):
        home = uow.find(Household, stay.household_id)
        if home is not None and not current_members(uow, home.id):
            return home
    return None


def _settle(uow: UnitOfWork, merge: PersonMerge, verdict: Verdict) -> None:
    candidate = uow.find(DuplicateCandidate, merge.candidate_id)
    if candidate is not None:
        reopened = verdict is Verdict.OPEN
        candidate.verdict = verdict
        candidate.decided_at = None if reopened else uow.now
        candidate.decided_by = None if reopened else uow.actor.user_id


def _rename(uow: UnitOfWork, person: Person) -> None:
    """Let the household bear the name that its principal applicant has now."""
    household_id = household_of(uow, person.id)
    principal = None if household_id is None else principal_of(uow, household_id)
    if principal is not None and principal.person_id == person.id:
        household = uow.get(Household, principal.household_id, to=Permission.HOUSEHOLD_READ)
        name = household_rules.household_name(person.family_name, person.given_name)
        household.display_name = name


def withdraw(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Take back what was asked for and not confirmed yet: the merge, or its undoing."""
    merge = uow.edit(PersonMerge, merge_id, to=Permission.PERSON_MERGE)
    match merge.status:
        case MergeStatus.PROPOSED:
            merge.status = MergeStatus.WITHDRAWN
        case MergeStatus.PARTING:
            merge.status, merge.parting_by = MergeStatus.MERGED, None
        case _:
            raise Conflict("There is nothing to withdraw here any more.")
    return merge


def propose_parting(uow: UnitOfWork, merge_id: UUID, command: ProposeParting) -> PersonMerge:
    """Ask for two records that were made one to be two again."""
    merge = uow.edit(PersonMerge, merge_id, to=Permission.PERSON_MERGE)
    if merge.status is not MergeStatus.MERGED:
        raise Conflict("Only records that are merged can be taken apart.")
    merge.status, merge.parting_by = MergeStatus.PARTING, uow.actor.user_id
    merge.reason = command.reason
    return merge


def _part(uow: UnitOfWork, merge: PersonMerge) -> None:
    """Give each record back what it had. What was added since stays with the one that was kept."""
    kept = uow.edit(Person, merge.kept_id, to=Permission.PERSON_MERGE)
    told = json.loads(merge.before)
    empty = emptied(uow, merge)
    facts.give_back(kept, told["kept"], told["after"])
    moving.move_back(uow, told["moved"], merge.gone_id)
    photos.give_back(uow, merge.kept_id, merge.gone_id, told.get("photo"))
    merge.status, merge.parted_by, merge.parted_at = MergeStatus.PARTED, uow.actor.user_id, uow.now
    _settle(uow, merge, Verdict.OPEN)
    _rename(uow, kept)
    if empty is not None:
        uow.emit(HouseholdFilled(empty.id))
