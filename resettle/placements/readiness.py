"""What still stands in the way of a sponsorship running, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements import queries, rules
from resettle.placements.models import Sponsorship
from resettle.programmes.facts import Fact
from resettle.sponsors import queries as sponsors


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still stands in the way of a sponsorship of a household."""

    household_id: UUID
    missing: Mapping[str, str]


def readiness(uow: UnitOfWork, sponsorship_id: UUID) -> Readiness:
    sponsorship = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    return Readiness(sponsorship.household_id, missing_for(uow, sponsorship))


def missing_for(uow: UnitOfWork, sponsorship: Sponsorship) -> Mapping[str, str]:
    """Tell what still stands in the way of a sponsorship running, fact by fact."""
    group = sponsors.group_of(uow, sponsorship.group_id)
    adults = queries.adults_of(uow, sponsorship)
    missing = {
        Fact.HOUSEHOLD_ACCEPTED: rules.unanswered(queries.asked_of(uow, sponsorship)),
        Fact.CONSENTS: rules.unshared(adults, queries.NAME),
    }
    holds = {
        Fact.ACCEPTED: sponsorship.accepted_on is not None,
        Fact.SPONSOR_READY: group is not None and sponsors.is_ready(group, uow.today),
        Fact.VETTING: sponsors.all_vetted(uow, sponsorship.group_id),
        Fact.DEED: sponsors.deed_in_force(uow, sponsorship.group_id, uow.today) is not None,
    }
    told = {fact.value: sentence for fact, sentence in missing.items() if sentence}
    return told | {fact.value: fact.missing for fact, held in holds.items() if not held}
