"""How each household stands to its caseworkers and to its group, and what its people share."""

from datetime import timedelta
from itertools import product
from uuid import UUID

from resettle.cases.models import Assignment, AssignmentKind
from resettle.casework.models import ContactNote, SharedNote, Visibility
from resettle.consents.rules import Decision
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, Household, Person
from resettle.logs.models import LogEntry
from resettle.logs.rules import Side
from resettle.sponsors.models import ReportDue
from tests import world
from tests.access import group_files, report_files, week_files
from tests.access.cast import HOUSEHOLDS, LONG_AGO, World
from tests.access.files import Ids


def look_after(uow: UnitOfWork, made: World, name: str, household: Household) -> None:
    """Assign the household's caseworkers, and keep away those who are kept from it."""
    planted = HOUSEHOLDS[name]
    if planted.worker:
        _assign(uow, made, name, household, planted.worker)
    if name == "main":
        for user in ("team-leader", "denied-caseworker", "deactivated"):
            _assign(uow, made, name, household, user)
        _deny(uow, made, name, household, "denied-caseworker")
    if name == "kept":
        _deny(uow, made, name, household, "caseworker")
        _deny(uow, made, name, household, "sponsor-member")


def _assign(uow: UnitOfWork, made: World, name: str, household: Household, user: str) -> None:
    planted = HOUSEHOLDS[name]
    row = Assignment(
        household_id=household.id,
        user_id=made.users[user]["user_id"],
        kind=planted.kind if user == planted.worker else AssignmentKind.SECOND,
        from_on=LONG_AGO,
        until_on=planted.until_on,
    )
    uow.add(made.canaries.fill(row, name))


def _deny(uow: UnitOfWork, made: World, name: str, household: Household, user: str) -> None:
    row = DenyListed(household_id=household.id, user_id=made.users[user]["user_id"])
    uow.add(made.canaries.fill(row, name))


def match(
    uow: UnitOfWork, made: World, name: str, household: Household, ids: dict[str, Ids]
) -> Ids:
    """Match the household with its group, and let its people answer and share."""
    planted = HOUSEHOLDS[name]
    group_id = made.groups[planted.group]["group_id"]
    match = group_files.matched(uow, made.canaries, name, household, group_id, planted.status)
    for who in planted.shares:
        _share(uow, made, name, who, ids)
    return {
        "sponsorship_id": match.id,
        "shared_note_id": _told_both(uow, made, name, household, group_id),
        **week_files.of_match(uow, made.canaries, name, household, group_id),
        "log_entry_id": _written_down(uow, made, name, household, group_id),
        **group_files.answered(uow, made.canaries, name, match, ids),
        **report_files.reported(uow, made.canaries, name, _due(uow, household), ids),
    }


def _due(uow: UnitOfWork, household: Household) -> ReportDue:
    due = uow.first(uow.select(ReportDue).where(ReportDue.household_id == household.id))
    assert due is not None
    return due


def _told_both(
    uow: UnitOfWork, made: World, name: str, household: Household, group_id: UUID
) -> UUID:
    """Share a text with the group and the household, beside a note of its own."""
    note = uow.first(
        uow.select(ContactNote).where(
            ContactNote.household_id == household.id,
            ContactNote.visibility == Visibility.STAFF_AND_SPONSOR,
        )
    )
    assert note is not None
    shared = SharedNote(household_id=household.id, note_id=note.id, group_id=group_id)
    shared.shared_at = uow.now
    id_: UUID = uow.add(made.canaries.fill(shared, name)).id
    return id_


def _written_down(
    uow: UnitOfWork, made: World, name: str, household: Household, group_id: UUID
) -> UUID:
    """Let the coordinator write something down for all to read."""
    entry = LogEntry(household_id=household.id, side=Side.SPONSOR, group_id=group_id)
    entry.with_family, entry.happened_on = True, uow.today
    entry.author_id = made.users["sponsor-coordinator"]["user_id"]
    id_: UUID = uow.add(made.canaries.fill(entry, name)).id
    return id_


def _share(uow: UnitOfWork, made: World, name: str, who: str, ids: dict[str, Ids]) -> None:
    planted = HOUSEHOLDS[name]
    household = uow.find(Household, ids[""]["household_id"])
    person = uow.find(Person, ids[who]["person_id"])
    assert household is not None
    assert person is not None
    decisions = [Decision.GIVE, *[Decision.WITHDRAW] * (who in planted.withdrawn)]
    said = product(planted.shares[who], decisions)
    for seq, (item, decision) in enumerate(said, start=2):
        entry = world.a_consent(
            uow,
            household,
            person,
            item,
            seq=seq,
            decision=decision,
            recipient_id=made.groups[planted.group]["group_id"],
            valid_from=uow.now - timedelta(days=2),
            expires_on=planted.expires_on,
        )
        made.canaries.fill(entry, name, who)
        if decision is Decision.GIVE:
            ids[who][f"entry:{item.value}"] = entry.id
