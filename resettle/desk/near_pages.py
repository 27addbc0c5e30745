"""The first pages of sponsor groups and of the people whom the service is about."""

from typing import Any

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import home, near
from resettle.web.pages import Pages

ours = Pages("our_household", __name__, template_folder="templates")
mine = Pages("my_household", __name__, template_folder="templates")


@ours.page(
    "/our-household",
    permission=Permission.HOUSEHOLD_OURS,
    template="desk/our_household.html",
    filters=near.MatchWantedSchema(),
)
def show(uow: UnitOfWork, wanted: near.MatchWanted) -> dict[str, Any]:
    """Tell a group of each household it is matched with what that household agreed to."""
    return {
        **near.matched(uow, wanted),
        "may_record": uow.allows(Permission.MILESTONE_RECORD),
        "preview": False,
        "in_good_standing": bool(uow.actor.group_ids),
    }


@mine.page("/my-household", permission=Permission.HOUSEHOLD_MINE, template="desk/my_household.html")
def show_mine(uow: UnitOfWork) -> dict[str, Any]:
    """Tell a family who helps it, what happens next, and what it has agreed to."""
    return {"found": home.own(uow)}
