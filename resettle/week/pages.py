"""The first page of sponsor groups: their week."""

from typing import Any

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.strain.queries import waiting
from resettle.strain.schemas import GroupMessageShape
from resettle.web.pages import Pages
from resettle.week import board

pages = Pages("week", __name__, template_folder="templates")


@pages.page("/our-week", permission=Permission.HOUSEHOLD_OURS, template="week/our_week.html")
def show(uow: UnitOfWork) -> dict[str, Any]:
    """Tell a group what is due this week, and who does it."""
    return {
        "week": board.week(uow),
        "messages": GroupMessageShape().many_of(uow, waiting(uow)),
        "in_good_standing": bool(uow.actor.group_ids),
        "may_record": uow.allows(Permission.MILESTONE_RECORD),
    }
