"""A milestone becomes a task: with one press, for whoever presses, due when the milestone is."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.queries import people_at_home
from resettle.milestones.models import Milestone
from resettle.milestones.queries import title_of
from resettle.milestones.service import SETTLED
from resettle.tasks import service as tasks
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category, Task, TaskOrigin
from resettle.tasks.queries import open_from

CATEGORIES: Mapping[str, Category] = {
    "HOU": Category.HOUSE,
    "HEA": Category.HEALTH,
    "EDU": Category.SCHOOL,
    "EMP": Category.JOB_SEARCH,
}
# What a step on health is about stands in the sealed detail, not in the title.
NEUTRAL = "A step on health"


def make_task(uow: UnitOfWork, milestone_id: UUID) -> Task:
    """Make a task of an open milestone that has none yet. What is late is due today."""
    milestone = uow.get(Milestone, milestone_id, to=Permission.MILESTONE_READ)
    if milestone.status in SETTLED:
        raise Conflict("This milestone is settled. There is nothing left to do for it.")
    if open_from(uow, milestone.id) is not None:
        raise Conflict("There is an open task for this milestone already.")
    title = title_of(uow, milestone)
    return tasks.add(
        uow,
        milestone.household_id,
        AddTask(
            title=NEUTRAL if milestone.restricted else title,
            detail=title if milestone.restricted else None,
            category=CATEGORIES.get(milestone.domain, Category.OTHER),
            due_on=max(milestone.due_on, uow.today),
            person_id=_at_home(uow, milestone),
        ),
        created_from=TaskOrigin.MILESTONE,
        source_id=milestone.id,
    )


def _at_home(uow: UnitOfWork, milestone: Milestone) -> UUID | None:
    home = {stay.person_id for stay in people_at_home(uow, milestone.household_id, uow.today)}
    return milestone.person_id if milestone.person_id in home else None
