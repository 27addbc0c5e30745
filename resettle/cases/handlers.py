"""What cases do when something happens in a household."""

from resettle.cases import queries
from resettle.cases.acts import AssignCaseworker
from resettle.cases.assigning import look_after
from resettle.cases.models import AssignmentKind
from resettle.cases.opening import add_lines
from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdOpened, MemberJoined

OPENED_IT = "Opened the household’s file."


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
