"""A household moves away: to another place here, or out of the country (domain: S94)."""

from resettle.cases.queries import of_household
from resettle.changes import rules
from resettle.changes.acts import Move
from resettle.changes.splitting import ask, hand_to
from resettle.core.errors import Conflict, Invalid
from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdClosed
from resettle.households.models import Household
from resettle.households.places import place_for
from resettle.placements import endings, service
from resettle.placements.acts import EndSponsorship, MakePlacement
from resettle.placements.events import HouseholdMoved
from resettle.placements.locks import lock_groups_of
from resettle.placements.models import PlacementKind, Sponsorship
from resettle.placements.queries import all_open, current_placement, open_sponsorship
from resettle.programmes.catalogue import Catalogue
from resettle.tasks.models import Category

OVERSEAS = "MOVED_OVERSEAS"
LEFT = "The household has left New Zealand."
MOVED = "The household has moved."
FIND_HOME = "Record where the household lives now"


def move(uow: UnitOfWork, household: Household, act: Move) -> None:
    """Let a household live elsewhere. Its support goes on, is handed over or ends, as was said."""
    if household.arrived_on is None or act.on < household.arrived_on:
        raise Invalid({"on": ["The household was not in New Zealand yet."]})
    sponsorship = open_sponsorship(uow, household.id)
    running = sponsorship is not None and sponsorship.confirmed_on is not None
    outcome = None if act.overseas else act.outcome
    if not act.overseas and (fault := rules.outcome_fault(outcome, sponsored=running)):
        raise Invalid({"outcome": [fault]})
    if act.overseas:
        _leave_country(uow, household, act)
    else:
        _move_within(uow, household, act)
    if sponsorship is not None and (running or act.overseas):
        _settle_support(uow, sponsorship, household, act)


def _move_within(uow: UnitOfWork, household: Household, act: Move) -> None:
    if act.location is None:
        raise Invalid({"location": ["Say where the household moves to."]})
    if act.dwelling_id is not None:
        home = MakePlacement(
            kind=PlacementKind.SETTLED,
            start_on=act.on,
            dwelling_id=act.dwelling_id,
            location=act.location,
            ends_current=True,
        )
        service.place(uow, household.id, home)
    else:
        _live_somewhere(uow, household, act)
    if act.caseworker_id is not None:
        hand_to(uow, household, act.caseworker_id, MOVED)


def _live_somewhere(uow: UnitOfWork, household: Household, act: Move) -> None:
    """Move to a place where no house is on file yet."""
    _leave_home(uow, household, act, MOVED)
    assert act.location is not None, "a move within the country without a place is refused before"
    before = household.location
    household.location = place_for(uow, household.stream, act.location)
    known = uow.use(Catalogue).locations.get(household.location)
    household.provider = None if known is None else known.provider_on(act.on)
    uow.session.flush()
    uow.emit(HouseholdMoved(household.id, act.on, before, household.location))
    ask(uow, household, FIND_HOME, Category.HOUSE)


def _leave_home(uow: UnitOfWork, household: Household, act: Move, reason: str) -> None:
    home = current_placement(uow, household.id)
    if home is None:
        return
    if act.on < home.start_on:
        raise Conflict("The household has lived in its present place since a later day.")
    home.end_on, home.end_reason = act.on, reason
    uow.session.flush()


def _leave_country(uow: UnitOfWork, household: Household, act: Move) -> None:
    _leave_home(uow, household, act, LEFT)
    household.exited_on, household.exit_reason = act.on, OVERSEAS
    uow.session.flush()
    uow.emit(HouseholdClosed(household.id, act.on, OVERSEAS, LEFT))


def _settle_support(
    uow: UnitOfWork, sponsorship: Sponsorship, household: Household, act: Move
) -> None:
    """Record what becomes of a group's support; where it is over, it ends.

    Until another group takes over, the present one goes on.
    """
    if act.overseas:
        lock_groups_of(uow, household.id)
        for each in all_open(uow, household.id):
            endings.end_with_case(uow, each, act.on, rules.ENDINGS["SELF_SUPPORTING"], LEFT)
        return
    for case in of_household(uow, household.id)[-1:]:
        case.relocation_outcome = act.outcome
    uow.session.flush()
    if act.outcome == rules.TRANSFERRED:
        endings.want_successor(uow, sponsorship)
    kind = rules.ENDINGS.get(act.outcome or "")
    if kind is not None:
        ending = EndSponsorship(
            ending_kind=kind, ended_on=uow.today, reasons=[*act.reasons], note=MOVED
        )
        endings.end(uow, sponsorship.id, ending)
