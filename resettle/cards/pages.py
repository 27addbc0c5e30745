"""The contact card as a page to look at and to print, and the form of one topic."""

from typing import Any
from uuid import UUID

from resettle.cards import queries, schemas, service
from resettle.cards.definition import ContactTopics
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.sponsors.shapes import MemberShape
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("cards", __name__, template_folder="templates")

Shown = dict[str, Any]
CARD = "/households/<uuid:household_id>/contact-card"
COVER = HouseholdShape(only=("id", "reference"))
NAMED = MemberShape(only=("id", "name"))
SHAPE = schemas.CardTopicShape()


@pages.page(CARD, permission=Permission.CARD_READ, template="cards/card.html")
def show(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show whom the family and its group call, topic by topic; made to be printed."""
    rows = {row["topic"]: row for row in SHAPE.many_of(uow, queries.card(uow, household_id))}
    household = uow.get(Household, household_id, to=Permission.CARD_READ)
    topics = uow.use(ContactTopics).topics.values()
    found = queries.suggested(uow, household_id)
    named = NAMED.many_of(uow, [*found.values()])
    names = {code: row.get("name") for code, row in zip(found, named, strict=True)}
    return {
        "household": COVER.one(uow, household),
        "lines": [
            {"title": each.title, "card": rows[each.code]} for each in topics if each.code in rows
        ],
        "missing": [
            {"title": each.title, "name": names.get(each.code)}
            for each in topics
            if each.code not in rows
        ],
        "may_write": uow.allows(Permission.CARD_WRITE),
    }


@pages.form(
    CARD + "/change",
    permission=Permission.CARD_WRITE,
    schema=schemas.WriteTopicSchema(),
    template="cards/edit.html",
)
def change(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Say whom the family and the group call about a topic."""
    if form.command:
        service.write(uow, household_id, form.command)
        return Go(".show", message="It stands on the card.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.CARD_WRITE)
    topics = uow.use(ContactTopics).topics.values()
    return {
        "household": COVER.one(uow, household),
        "topics": [(each.code, each.title) for each in topics],
    }
