"""What is done about links: made for one person, and revoked."""

from uuid import UUID

from resettle.accounts import by_links
from resettle.accounts.by_links import LinkFor, MadeLink, Whom
from resettle.accounts.models import FamilyLink
from resettle.accounts.queries import names
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.households.queries import household_of
from resettle.households.rules import is_asked_themselves
from resettle.links import queries, rules
from resettle.links.acts import MakeLink
from resettle.links.queries import LinkSeen
from resettle.links.rules import LinkState
from resettle.settings import Settings

TOO_YOUNG = "For a child under 16 a guardian looks. Make the link for the guardian."
ELSEWHERE = "This person belongs to no household at the moment."
OVER = "This link opens nothing any more."


def make(uow: UnitOfWork, person_id: UUID, command: MakeLink) -> MadeLink:
    """Make a link for one person, told here once.

    Raises Conflict for a child, who has a guardian to look for them.
    """
    person = uow.get(Person, person_id, to=Permission.LINK_MAKE)
    settings = uow.use(Settings)
    hours = command.hours or settings.link_hours
    if faults := rules.hours_fault(hours, max(rules.LONGEST_HOURS, settings.link_hours)):
        raise Invalid(faults)
    if not is_asked_themselves(uow.today, person.born_on):
        raise Conflict(TOO_YOUNG)
    household_id = household_of(uow, person.id)
    if household_id is None:
        raise Conflict(ELSEWHERE)
    whom = Whom(person.id, household_id)
    return by_links.make(uow, whom, LinkFor(command.purpose, command.language, hours))


def revoke(uow: UnitOfWork, link_id: UUID) -> LinkSeen:
    """Let a link open nothing any more; a session that it has begun goes on until it ends.

    Raises Conflict for a link that opens nothing as it is.
    """
    link = uow.edit(FamilyLink, link_id, to=Permission.LINK_REVOKE)
    if queries.seen(uow, link, "").state is not LinkState.WAITING:
        raise Conflict(OVER)
    link.revoked_at = uow.now
    return queries.seen(uow, link, names(uow, [link.made_by]).get(link.made_by, ""))
