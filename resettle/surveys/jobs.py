"""When a point comes: sponsors are asked, and the caseworker is to hand the family its links."""

from datetime import date
from typing import Any
from uuid import UUID

from resettle.cases.queries import primary
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import adults_at_home, supporting_group
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.queries import trusted_on
from resettle.surveys import queries, service
from resettle.surveys.models import SurveyInvitation
from resettle.surveys.rules import Audience, Window
from resettle.tasks.models import Category, Task

HAND_OVER = "Hand over the links to the short survey, or have it read out"


def ask(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask at a point of a household. A point that has moved since has a job of its own."""
    household = uow.find(Household, UUID(payload["household_id"]))
    opens_on = date.fromisoformat(payload["opens_on"])
    if household is None or household.exited_on is not None:
        return
    now = [w for w in queries.windows_of(uow, household) if w.opens_on == opens_on]
    for window in now:
        if window.is_open(uow.today):
            _ask_sponsors(uow, household, window)
            _leave_task(uow, household, window)


def _ask_sponsors(uow: UnitOfWork, household: Household, window: Window) -> None:
    """Ask each member whom somebody has confirmed, with a job each that mails the link."""
    group_id = supporting_group(uow, household.id)
    query = uow.select(SponsorMember).where(
        SponsorMember.group_id == group_id,
        SponsorMember.user_id.is_not(None),
        trusted_on(uow.today),
    )
    for member in uow.all(query.order_by(SponsorMember.id)):
        whom = {"user_id": member.user_id, "group_id": group_id}
        if not _is_asked(uow, household, window, member.user_id):
            made = service.invitation_to(uow, household, window, Audience.SPONSORS, **whom)
            invitation = uow.add(made)
            service.expect_mail(uow, invitation)


def _is_asked(uow: UnitOfWork, household: Household, window: Window, user_id: UUID | None) -> bool:
    return bool(
        uow.count(
            SurveyInvitation,
            SurveyInvitation.household_id == household.id,
            SurveyInvitation.user_id == user_id,
            SurveyInvitation.point_days == window.point_days,
        )
    )


def _leave_task(uow: UnitOfWork, household: Household, window: Window) -> None:
    """Have the caseworker hand the links over, if any adult agrees to be asked."""
    adults = adults_at_home(uow, household.id, uow.today)
    if not any(queries.agrees_to_evaluation(uow, person_id) for person_id in adults):
        return
    worker = primary(uow, household.id)
    uow.add(
        Task(
            household_id=household.id,
            title=HAND_OVER,
            category=Category.ADMIN,
            due_on=window.closes_on,
            assignee_id=None if worker is None else worker.user_id,
        )
    )
