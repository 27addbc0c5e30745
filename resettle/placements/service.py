"""What can be done about where a household lives: its arrival, its placements, their days."""

from datetime import date
from uuid import UUID

from resettle.core.errors import Blocked, Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.places import known_location
from resettle.placements import queries, rules
from resettle.placements.acts import (
    EndPlacement,
    MakePlacement,
    MoveAnchor,
    RecordArrival,
)
from resettle.placements.events import (
    AnchorMoved,
    HouseholdArrived,
    HouseholdMoved,
    HouseholdPlaced,
    HousePlacedUnready,
)
from resettle.placements.houses import give_to
from resettle.placements.models import Dwelling, Placement, PlacementKind
from resettle.programmes.catalogue import Catalogue, support_end
from resettle.programmes.facts import Fact

ARRIVED, PLACED = "arrived", "placed"
# Where a programme says where households may live, it speaks of a home and not of a stay.
HOMES = frozenset({PlacementKind.SETTLED, PlacementKind.TRANSITIONAL})


def place(uow: UnitOfWork, household_id: UUID, command: MakePlacement) -> Placement:
    """Record that a household lives somewhere from a day on.

    Raises Conflict if it already lives elsewhere then, Blocked with what the house lacks. An
    unready house takes a permission of its own and a reason, and is told to the caseworkers.
    """
    household = uow.edit(Household, household_id, to=Permission.PLACEMENT_MAKE)
    _check_days(uow, household, command)
    dwelling = _dwelling(uow, household, command)
    location = _location(uow, household, dwelling, command)
    if command.ends_current:
        _end_current(uow, household.id, command.start_on)
    _check_overlap(uow, household.id, rules.Stay(command.start_on, command.end_on))
    lacking = _lacking(uow, household, dwelling, command)
    placement = uow.add(
        Placement(
            household_id=household.id,
            kind=command.kind,
            dwelling_id=command.dwelling_id,
            location=location,
            address=None if dwelling is None else dwelling.address,
            start_on=command.start_on,
            end_on=command.end_on,
            provider=command.provider or _provider(uow, location, command.start_on),
            group_id=command.group_id,
            received_by=command.received_by,
            unready=[*lacking],
            reason=command.reason,
            decided_by=uow.actor.user_id,
        )
    )
    if lacking:
        missing = tuple(lacking.values())
        uow.emit(HousePlacedUnready(household.id, placement.id, missing))
    if placement.kind is PlacementKind.SETTLED:
        _settle(uow, household, placement)
    return placement


def _check_days(uow: UnitOfWork, household: Household, command: MakePlacement) -> None:
    if household.arrived_on is None:
        fact = Fact.ARRIVAL
        raise Blocked("The household is not in New Zealand yet.", {fact.value: fact.missing})
    fault = rules.place_fault(uow.today, command.start_on, command.end_on, household.arrived_on)
    if fault:
        raise Invalid({fault[0]: [fault[1]]})


def _dwelling(uow: UnitOfWork, household: Household, command: MakePlacement) -> Dwelling | None:
    if command.dwelling_id is None:
        if command.kind is PlacementKind.SETTLED:
            raise Invalid({"dwelling_id": ["A settled home is a dwelling on file."]})
        return None
    dwelling = uow.edit(Dwelling, command.dwelling_id, to=Permission.DWELLING_READ)
    give_to(uow, dwelling, household)
    return dwelling


def _location(
    uow: UnitOfWork, household: Household, dwelling: Dwelling | None, command: MakePlacement
) -> str:
    """Find where the placement is. Raises Invalid where the programme does not allow it."""
    given = command.location or (dwelling.location if dwelling else household.location)
    if given is None:
        raise Invalid({"location": ["Say where this is."]})
    location = known_location(uow, given)
    programme = queries.programme_of(uow, household)
    listed = [c for c, known in uow.use(Catalogue).locations.items() if known.listed]
    if command.kind in HOMES and not programme.locations.allows(location, listed):
        raise Invalid({"location": [f"{programme.label} settles nobody in this place."]})
    return location


def _provider(uow: UnitOfWork, location: str, day: date) -> str | None:
    known = uow.use(Catalogue).locations.get(location)
    return None if known is None else known.provider_on(day)


def _end_current(uow: UnitOfWork, household_id: UUID, end_on: date) -> None:
    current = queries.current_placement(uow, household_id)
    if current is not None:
        if end_on < current.start_on:
            raise Conflict("The household has lived in its present place since a later day.")
        current.end_on = end_on
        # First out, then in: at no moment may a household have two open placements.
        uow.session.flush()


def _check_overlap(
    uow: UnitOfWork, household_id: UUID, stay: rules.Stay, *, without: UUID | None = None
) -> None:
    others = [
        rules.Stay(placement.start_on, placement.end_on)
        for placement in queries.placements_of(uow, household_id)
        if placement.id != without
    ]
    found = rules.overlap(stay, others)
    if found is not None:
        raise Conflict(
            f"The household already lives somewhere else from {found.start_on:%-d %B %Y}. "
            "End that placement first."
        )


def _lacking(
    uow: UnitOfWork, household: Household, dwelling: Dwelling | None, command: MakePlacement
) -> dict[str, str]:
    """Name what the house still lacks, if somebody may and does place the household all the same.

    Raises Blocked if nobody has decided so.
    """
    if dwelling is None or command.kind is not PlacementKind.SETTLED:
        return {}
    lacking = dict(queries.unready(uow, dwelling, household))
    if not lacking:
        return {}
    if not command.override:
        raise Blocked("The house is not ready for the household.", lacking)
    uow.require(Permission.CASE_OVERRIDE, household)
    if not (command.reason or "").strip():
        raise Invalid({"reason": ["Say why the household moves in although things are missing."]})
    return lacking


def _settle(uow: UnitOfWork, household: Household, placement: Placement) -> None:
    """Begin the household's support in its first home; a later home changes only the place."""
    before, household.location = household.location, placement.location
    household.provider = placement.provider
    if household.placed_on is not None:
        uow.emit(HouseholdMoved(household.id, placement.start_on, before, placement.location))
        return
    _count_support(uow, household, placement.start_on)
    uow.emit(HouseholdPlaced(household.id, placement.start_on))


def _count_support(uow: UnitOfWork, household: Household, placed_on: date) -> None:
    """Count the support by the version of the programme in force when the household moved in."""
    household.placed_on = household.support_start_on = placed_on
    code = household.programme_code
    household.support_end_on = support_end(uow.use(Catalogue), code, placed_on)


def end_placement(uow: UnitOfWork, placement_id: UUID, command: EndPlacement) -> Placement:
    """Record that a household has left a place. Raises Conflict if that is on record already."""
    placement = uow.edit(Placement, placement_id, to=Permission.PLACEMENT_END)
    if placement.end_on is not None:
        raise Conflict("This placement has ended already.")
    if fault := rules.place_fault(uow.today, placement.start_on, command.end_on, None):
        raise Invalid({fault[0]: [fault[1]]})
    if command.end_on > uow.today:
        raise Invalid({"end_on": ["This day is still to come."]})
    placement.end_on, placement.end_reason = command.end_on, command.reason
    return placement


def record_arrival(uow: UnitOfWork, household_id: UUID, command: RecordArrival) -> Household:
    """Record the day on which a household landed. A recorded day is moved, not recorded again."""
    household = uow.edit(Household, household_id, to=Permission.ANCHOR_MOVE)
    if household.arrived_on is not None:
        raise Conflict("The day of arrival is on record. If it is wrong, move it.")
    if command.arrived_on > uow.today:
        raise Invalid({"arrived_on": ["This day is still to come."]})
    household.arrived_on = command.arrived_on
    uow.emit(HouseholdArrived(household.id, command.arrived_on))
    return household


def move_anchor(uow: UnitOfWork, household_id: UUID, command: MoveAnchor) -> Household:
    """Correct the day of arrival or of the first home; what nobody set by hand moves with it."""
    household = uow.edit(Household, household_id, to=Permission.ANCHOR_MOVE)
    before = household.arrived_on if command.anchor == ARRIVED else household.placed_on
    if before is None:
        raise Conflict("There is no such day on record yet.")
    if command.to > uow.today:
        raise Invalid({"to": ["This day is still to come."]})
    if command.anchor == ARRIVED:
        _move_arrival(uow, household, command.to)
    else:
        _move_placing(uow, household, before, command.to)
    uow.emit(AnchorMoved(household.id, command.anchor, before, command.to))
    return household


def _move_arrival(uow: UnitOfWork, household: Household, to: date) -> None:
    first = min((p.start_on for p in queries.placements_of(uow, household.id)), default=None)
    if first is not None and first < to:
        raise Invalid({"to": ["The household lived in New Zealand before this day."]})
    household.arrived_on = to


def _move_placing(uow: UnitOfWork, household: Household, before: date, to: date) -> None:
    if household.arrived_on is not None and to < household.arrived_on:
        raise Invalid({"to": ["The household had not arrived in New Zealand yet."]})
    for placement in queries.placements_of(uow, household.id):
        if placement.kind is PlacementKind.SETTLED and placement.start_on == before:
            stay = rules.Stay(to, placement.end_on)
            _check_overlap(uow, household.id, stay, without=placement.id)
            placement.start_on = to
    _count_support(uow, household, to)
