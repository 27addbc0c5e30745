"""Which sponsorships run now, and which let a group look at its household."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from resettle.core.reading import Reading
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
    since = uow.reckoned(_since)
    return and_(
        Sponsorship.status == SponsorshipStatus.ENDED,
        Sponsorship.ending_kind.in_(rules.AS_PLANNED),
        Sponsorship.ended_on > since,
    )


def _since(unit: Reading) -> date:
    return rules.looks_in_since(unit.today, unit.use(Settings).sponsor_access_days)


def waiting() -> ColumnElement[bool]:
    """Keep what a group is asked, or has said yes to, and nobody has confirmed yet."""
    asked = (SponsorshipStatus.PROPOSED, SponsorshipStatus.ACCEPTED)
    return and_(Sponsorship.status.in_(asked), Sponsorship.ended_on.is_(None))
