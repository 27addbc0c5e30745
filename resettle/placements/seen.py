"""Which sponsorships run now, and which let a group look at its household."""

from sqlalchemy import ColumnElement, and_, or_

from resettle.core.work import UnitOfWork
from resettle.placements import rules
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings


def runs() -> ColumnElement[bool]:
    """Keep the sponsorships by which a group supports a household now."""
    return and_(Sponsorship.status == SponsorshipStatus.CONFIRMED, Sponsorship.ended_on.is_(None))


def supporting(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep what runs, and what was completed so lately that its group still looks in.

    Any other end closes the household to its group at once.
    """
    return or_(runs(), _lately(uow))


def _lately(uow: UnitOfWork) -> ColumnElement[bool]:
    since = uow.reckoned(rules.looks_in_since, uow.use(Settings).sponsor_access_days)
    return and_(
        Sponsorship.status == SponsorshipStatus.ENDED,
        Sponsorship.ending_kind.in_(rules.AS_PLANNED),
        Sponsorship.ended_on > since,
    )


def waiting() -> ColumnElement[bool]:
    """Keep what a group is asked, or has said yes to, and nobody has confirmed yet."""
    asked = (SponsorshipStatus.PROPOSED, SponsorshipStatus.ACCEPTED)
    return and_(Sponsorship.status.in_(asked), Sponsorship.ended_on.is_(None))
