"""What follows when it is decided which place a household is offered, and when that is declined."""

from datetime import timedelta

from resettle.cases import places
from resettle.cases.models import ResettlementCase
from resettle.cases.queries import primary
from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching.models import Place, PlaceExclusion
from resettle.placements import endings, sponsorships
from resettle.placements.acts import ProposeSponsorship
from resettle.placements.events import MatchTakenBack, SponsorshipDeclined
from resettle.placements.models import Sponsorship
from resettle.placements.rules import ANSWERABLE, BY_HOUSEHOLD, PROGRAMME_CLOSED, TAKES_ROOM
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact
from resettle.proposals import decisions
from resettle.proposals.events import PlaceDecided, PlaceDeclined
from resettle.proposals.models import PlaceDecision
from resettle.tasks.models import Category, Task

ASK_WITHIN = 5
NOT_OPEN = "This place is not open to the household any more. Run the matching again."
BY_GROUP = "PLACE_DECLINED"
# Why room is given back, where it was not the group that could or would not go on.
RELEASED_BY = {BY_HOUSEHOLD: "HOUSEHOLD_DECLINED", PROGRAMME_CLOSED: "NOT_COMING"}


def follow_decision(uow: UnitOfWork, event: PlaceDecided) -> None:
    """Propose the household to the group, or say where it is to live and have it asked."""
    decision = _decision(uow, event)
    place = uow.find(Place, event.place_id)
    household = uow.find(Household, event.household_id)
    assert place is not None
    assert household is not None
    case = _case_of(uow, household)
    _ask_open(uow, household, place)
    _ask_places(uow, case)
    if place.group_id is not None:
        command = ProposeSponsorship(group_id=place.group_id, route=_route(case))
        match = sponsorships.propose(uow, household.id, command)
        # Who decided may not confirm as the second person.
        match.proposed_by = uow.origin_actor.user_id
        decision.sponsorship_id = match.id
        return
    _locate(uow, household, place)


def _decision(uow: UnitOfWork, event: PlaceDecided | PlaceDeclined) -> PlaceDecision:
    decision = uow.find(PlaceDecision, event.decision_id)
    assert decision is not None
    return decision


def _ask_open(uow: UnitOfWork, household: Household, place: Place) -> None:
    """See that no place was closed to the household since the run, whoever may know of that."""
    query = uow.select(PlaceExclusion).where(
        PlaceExclusion.household_id == household.id, PlaceExclusion.lifted_on.is_(None)
    )
    if any(each.location == place.location for each in uow.all(query)):
        raise Conflict(NOT_OPEN)


def _case_of(uow: UnitOfWork, household: Household) -> ResettlementCase | None:
    query = uow.select(ResettlementCase).where(ResettlementCase.household_id == household.id)
    return uow.first(query.order_by(ResettlementCase.opened_on.desc(), ResettlementCase.id))


def _ask_places(uow: UnitOfWork, case: ResettlementCase | None) -> None:
    """See that the programme has places for all of the household, beside the room of the town."""
    if case is not None and not places.has_room(uow, case):
        raise Conflict(Fact.CAP.missing)


def _route(case: ResettlementCase | None) -> str:
    if case is not None and case.route is not None:
        return case.route
    raise Conflict("Record the route of the case first: a group is approved for some routes.")


def _locate(uow: UnitOfWork, household: Household, place: Place) -> None:
    """Say where the household is to live, and let its caseworker ask what it says to that."""
    household.location = place.location
    known = uow.use(Catalogue).locations.get(place.location)
    household.provider = None if known is None else known.provider_on(uow.today)
    worker = primary(uow, household.id)
    uow.add(
        Task(
            household_id=household.id,
            title=f"Ask the household what it says to living here: {place.name}",
            category=Category.HOUSE,
            due_on=uow.today + timedelta(days=ASK_WITHIN),
            assignee_id=None if worker is None else worker.user_id,
        )
    )


def follow_decline(uow: UnitOfWork, event: PlaceDeclined) -> None:
    """Take back what followed from the decision: the proposal to a group, or the location."""
    decision = _decision(uow, event)
    if decision.sponsorship_id is not None:
        _unpropose(uow, decision)
        return
    place = uow.find(Place, decision.place_id)
    household = uow.find(Household, decision.household_id)
    assert place is not None
    assert household is not None
    if household.placed_on is None and household.location == place.location:
        household.location = household.provider = None


def _unpropose(uow: UnitOfWork, decision: PlaceDecision) -> None:
    assert decision.sponsorship_id is not None
    match = uow.find(Sponsorship, decision.sponsorship_id)
    assert match is not None
    if match.status in TAKES_ROOM:
        raise Conflict("The match is confirmed: it ends there, by those who look after it.")
    if match.status in ANSWERABLE:
        endings.take_back(uow, match, "The placement officer took the proposal back.")


def release_place(uow: UnitOfWork, event: SponsorshipDeclined | MatchTakenBack) -> None:
    """Give room back when the group to which a household was proposed has said no, or is gone."""
    query = uow.select(PlaceDecision).where(
        PlaceDecision.sponsorship_id == event.sponsorship_id, PlaceDecision.declined_on.is_(None)
    )
    decision = uow.first(query)
    if decision is not None:
        match = uow.find(Sponsorship, event.sponsorship_id)
        assert match is not None
        decisions.take_back(uow, decision, RELEASED_BY.get(match.ending_kind or "", BY_GROUP))
