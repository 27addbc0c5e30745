"""What people decide: a ruling before a run, and room that is given to a household and given back.

For whoever builds on this: `allocate` is the one way to take room. Call it in the same work in
which the placement is confirmed; it locks the place, so of two that want the last room one wins.
"""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import queries, run_queries
from resettle.matching.acts import (
    RELEASE_REASONS,
    RULING_REASONS,
    Allocate,
    MakeRuling,
    Release,
)
from resettle.matching.models import Allocation, Place, Ruling

NO_ROOM = "There is no room left in this place for a household of this size."


def rule(uow: UnitOfWork, command: MakeRuling) -> Ruling:
    """Pin a household to a place, forbid a place, or lock what was found; every run heeds it."""
    uow.require(Permission.MATCH_RULE)
    _known(uow, command.household_id)
    uow.get(Place, command.place_id, to=Permission.PLACE_READ)
    if command.reason_code not in RULING_REASONS:
        raise Invalid({"reason_code": [f"Choose one of: {', '.join(RULING_REASONS)}."]})
    return uow.add(
        Ruling(
            household_id=command.household_id,
            place_id=command.place_id,
            kind=command.kind,
            reason_code=command.reason_code,
            note=command.note,
        )
    )


def _known(uow: UnitOfWork, household_id: UUID) -> None:
    """Ask that a household is one of those that wait or waited for a place. Raises NotFound."""
    if not run_queries.is_matched(uow, household_id):
        raise NotFound("There is no such record, or it is not yours to see.")


def lift(uow: UnitOfWork, ruling_id: UUID) -> Ruling:
    """Take a ruling back: from now on no run heeds it."""
    ruling = uow.edit(Ruling, ruling_id, to=Permission.MATCH_RULE)
    if ruling.lifted_on is not None:
        raise Conflict("This ruling was lifted already.")
    ruling.lifted_on = uow.today
    return ruling


def allocate(uow: UnitOfWork, command: Allocate) -> Allocation:
    """Give a household room in a place, under the place's lock.

    Raises Conflict if there is no room left, or if the household has a place already. Whether the
    household and the place agree, and what else follows, is for the caller: only room is taken.
    """
    place = uow.edit(Place, command.place_id, to=Permission.MATCH_RULE, alone=True)
    _known(uow, command.household_id)
    persons = queries.sizes_of(uow, [command.household_id]).get(command.household_id, 0)
    if not persons:
        raise Conflict("Nobody belongs to this household.")
    _ask_room(uow, place, command, persons)
    return uow.add(
        Allocation(
            place_id=place.id,
            household_id=command.household_id,
            persons=persons,
            for_on=command.for_on,
            run_id=command.run_id,
        )
    )


def _ask_room(uow: UnitOfWork, place: Place, command: Allocate, persons: int) -> None:
    (line,) = queries.lines(uow, [place], command.for_on)
    closed = place.closes_on is not None and place.closes_on <= command.for_on
    if line.persons_left is None or closed or place.opens_on > command.for_on:
        raise Conflict("This place is not open on that day.")
    if persons > line.persons_left or line.households_left == 0:
        raise Conflict(NO_ROOM)


def release(uow: UnitOfWork, allocation_id: UUID, command: Release) -> Allocation:
    """Give room back that a household does not need after all."""
    allocation = uow.edit(Allocation, allocation_id, to=Permission.MATCH_RULE)
    if command.reason not in RELEASE_REASONS:
        raise Invalid({"reason": [f"Choose one of: {', '.join(RELEASE_REASONS)}."]})
    if allocation.released_on is not None:
        raise Conflict("This room was given back already.")
    allocation.released_on, allocation.release_reason = uow.today, command.reason
    return allocation
