"""What an application shows to its group and to whoever decides, each look asked for."""

from collections.abc import Sequence
from uuid import UUID

from resettle.applications import queries
from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    ApplicationScore,
    GroupApplication,
)
from resettle.applications.rules import Lack
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors.models import SponsorGroup

READ = Permission.APPLICATION_READ


def attempts(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupApplication]:
    return queries.all_of(uow, uow.get(SponsorGroup, group_id, to=READ).id)


def one(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, to: Permission = READ
) -> GroupApplication:
    """Fetch an application under the address of its group."""
    application = uow.get(GroupApplication, application_id, to=to)
    if application.group_id != group_id:
        raise NotFound("The group has no such application.")
    return application


def lacks(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[Lack]:
    """Tell what is missing; of one that was sent, nothing is."""
    application = one(uow, group_id, application_id)
    if not application.is_open:
        return []
    return queries.lacks(uow, uow.get(SponsorGroup, group_id, to=READ), application)


def plan(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationPart]:
    return queries.parts_of(uow, one(uow, group_id, application_id).id)


def budget(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationLine]:
    return queries.lines_of(uow, one(uow, group_id, application_id).id)


def questions(
    uow: UnitOfWork, group_id: UUID, application_id: UUID
) -> Sequence[ApplicationQuestion]:
    return queries.questions_of(uow, one(uow, group_id, application_id).id)


def scores(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationScore]:
    application = one(uow, group_id, application_id, to=Permission.APPLICATION_ASSESS)
    return queries.scores_of(uow, application.id)
