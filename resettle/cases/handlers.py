"""What cases do when something happens in a household."""

from resettle.cases import ending, queries
from resettle.cases.acts import AssignCaseworker
from resettle.cases.assigning import look_after
from resettle.cases.models import AssignmentKind
from resettle.cases.opening import add_lines
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdClosed, HouseholdOpened, MemberJoined, MemberLeft
from resettle.households.models import Household

OPENED_IT = "Opened the household’s file."
LEFT = "Is no longer a member of the household."
ASKED_FOR = (ItemStatus.OPEN, ItemStatus.TO_FOLLOW)


def assign_opener(uow: UnitOfWork, event: HouseholdOpened) -> None:
    """Let whoever opened a file look after it, since otherwise nobody could see it."""
    if event.opened_by is None or queries.primary(uow, event.household_id) is not None:
        return
    look_after(
        uow,
        event.household_id,
        AssignCaseworker(
            user_id=event.opened_by,
            kind=AssignmentKind.PRIMARY,
            from_on=uow.today,
            reason=OPENED_IT,
        ),
    )


def complete_checklists(uow: UnitOfWork, event: MemberJoined) -> None:
    """Ask for the papers of somebody who joins before the application is lodged."""
    for case in queries.of_household(uow, event.household_id):
        if case.lodged_on is None:
            add_lines(uow, case, queries.programme_of(uow, case))


def stop_asking_of_member(uow: UnitOfWork, event: MemberLeft) -> None:
    """Ask no more for the papers of somebody who left, so that they hold nobody up."""
    query = uow.select(ChecklistItem).where(
        ChecklistItem.household_id == event.household_id,
        ChecklistItem.person_id == event.person_id,
        ChecklistItem.status.in_(ASKED_FOR),
    )
    for item in uow.all(query.order_by(ChecklistItem.id)):
        item.status, item.note = ItemStatus.WAIVED, LEFT


def end_with_household(uow: UnitOfWork, event: HouseholdClosed) -> None:
    """Let the case be over with its household, and what it still asks for."""
    household = uow.find(Household, event.household_id)
    assert household is not None
    ending.end(uow, household, event.on, event.reason, event.why)
    query = uow.select(ChecklistItem).where(
        ChecklistItem.household_id == event.household_id, ChecklistItem.status.in_(ASKED_FOR)
    )
    for item in uow.all(query.order_by(ChecklistItem.id)):
        item.status, item.note = ItemStatus.WAIVED, event.why
