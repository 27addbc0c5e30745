"""Sponsorships over JSON: each act of a match is a resource of its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import acts, endings, queries, readiness, schemas, shapes, sponsorships
from resettle.placements.models import Sponsorship, SponsorshipAnswer
from resettle.web.api import Api

api = Api("sponsorships_api", __name__, url_prefix="/api")
SPONSORSHIP = "/sponsorships/<uuid:sponsorship_id>"
OF_HOUSEHOLD = "/households/<uuid:household_id>/sponsorships"


@api.lists(
    "/sponsorships",
    permission=Permission.SPONSORSHIP_READ,
    returns=shapes.SponsorshipRow(),
    sorts=queries.SPONSORSHIP_SORTS,
    filters=schemas.SponsorshipFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.SponsorshipFilters) -> Select[Any]:
    """List sponsorships."""
    return queries.sponsorships(uow, wanted)


@api.lists(
    OF_HOUSEHOLD,
    permission=Permission.SPONSORSHIP_READ,
    returns=shapes.SponsorshipRow(),
    sorts=queries.SPONSORSHIP_SORTS,
    filters=schemas.SponsorshipFiltersSchema(),
)
def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: queries.SponsorshipFilters
) -> Select[Any]:
    """List the sponsorships of a household."""
    household = uow.get(Household, household_id, to=Permission.SPONSORSHIP_READ)
    return queries.sponsorships(uow, replace(wanted, household_id=household.id))


@api.does(
    "POST",
    OF_HOUSEHOLD,
    permission=Permission.SPONSORSHIP_PROPOSE,
    body=schemas.ProposeSponsorshipSchema(),
    returns=shapes.SponsorshipShape(),
    status=201,
)
def propose(uow: UnitOfWork, household_id: UUID, command: acts.ProposeSponsorship) -> Sponsorship:
    """Propose a household to a sponsor group."""
    return sponsorships.propose(uow, household_id, command)


@api.reads(SPONSORSHIP, permission=Permission.SPONSORSHIP_READ, returns=shapes.SponsorshipShape())
def show(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Show a sponsorship."""
    return uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)


@api.reads(
    SPONSORSHIP + "/readiness",
    permission=Permission.SPONSORSHIP_CONFIRM,
    returns=shapes.ReadinessShape(),
)
def missing(uow: UnitOfWork, sponsorship_id: UUID) -> readiness.Readiness:
    """Say what still stands in the way of a match."""
    return readiness.readiness(uow, sponsorship_id)


@api.reads(
    SPONSORSHIP + "/adult-answers",
    permission=Permission.SPONSORSHIP_ANSWER,
    returns=shapes.AnswerShape(),
    many=True,
)
def answers(uow: UnitOfWork, sponsorship_id: UUID) -> Sequence[SponsorshipAnswer]:
    """Show what each of the household said."""
    found = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    return queries.answers_of(uow, found.id)


@api.does(
    "POST",
    SPONSORSHIP + "/adult-answers",
    permission=Permission.SPONSORSHIP_ANSWER,
    body=schemas.AnswerProposalSchema(),
    returns=shapes.AnswerShape(),
    status=201,
)
def answer(
    uow: UnitOfWork, sponsorship_id: UUID, command: acts.AnswerProposal
) -> SponsorshipAnswer:
    """Record what somebody of the household says."""
    return sponsorships.answer(uow, sponsorship_id, command)


@api.does(
    "POST",
    SPONSORSHIP + "/acceptance",
    permission=Permission.SPONSORSHIP_ACCEPT,
    returns=shapes.SponsorshipShape(),
)
def accept(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Accept a match on behalf of the group."""
    return sponsorships.accept(uow, sponsorship_id)


@api.does(
    "POST",
    SPONSORSHIP + "/decline",
    permission=Permission.SPONSORSHIP_ACCEPT,
    body=schemas.DeclineProposalSchema(),
    returns=shapes.SponsorshipShape(),
)
def decline(uow: UnitOfWork, sponsorship_id: UUID, command: acts.DeclineProposal) -> Sponsorship:
    """Decline a match on behalf of the group."""
    return sponsorships.decline(uow, sponsorship_id, command)


@api.does(
    "POST",
    SPONSORSHIP + "/confirmation",
    permission=Permission.SPONSORSHIP_CONFIRM,
    returns=shapes.SponsorshipShape(),
)
def confirm(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Confirm a match as a second person."""
    return sponsorships.confirm(uow, sponsorship_id)


@api.does(
    "POST",
    SPONSORSHIP + "/suspension",
    permission=Permission.SPONSORSHIP_SUSPEND,
    body=schemas.GiveReasonSchema(),
    returns=shapes.SponsorshipShape(),
)
def suspend(uow: UnitOfWork, sponsorship_id: UUID, command: acts.GiveReason) -> Sponsorship:
    """Suspend a sponsorship at once."""
    return endings.suspend(uow, sponsorship_id, command)


@api.does(
    "POST",
    SPONSORSHIP + "/resumption",
    permission=Permission.SPONSORSHIP_CONFIRM,
    returns=shapes.SponsorshipShape(),
)
def resume(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Let a suspended sponsorship go on."""
    return endings.resume(uow, sponsorship_id)


@api.does(
    "POST",
    SPONSORSHIP + "/continuity-plan",
    permission=Permission.SPONSORSHIP_CONFIRM,
    body=schemas.GiveReasonSchema(),
    returns=shapes.SponsorshipShape(),
)
def plan_continuity(uow: UnitOfWork, sponsorship_id: UUID, command: acts.GiveReason) -> Sponsorship:
    """Write down who supports the household now."""
    return endings.plan_continuity(uow, sponsorship_id, command)


@api.does(
    "POST",
    SPONSORSHIP + "/end",
    permission=Permission.SPONSORSHIP_END,
    body=schemas.EndSponsorshipSchema(),
    returns=shapes.SponsorshipShape(),
)
def end(uow: UnitOfWork, sponsorship_id: UUID, command: acts.EndSponsorship) -> Sponsorship:
    """End a sponsorship."""
    return endings.end(uow, sponsorship_id, command)
