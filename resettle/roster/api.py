"""The roster over JSON."""

from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster import acts, attending, lifts, queries, schemas, service
from resettle.roster.models import Shift
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.shapes import MemberShape
from resettle.web.api import Api

api = Api("roster_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>/roster"
SHIFT = "/roster-shifts/<uuid:shift_id>"
LIFT = "/appointments/<uuid:appointment_id>/lift"
READ, WRITE, LEAD = Permission.ROSTER_READ, Permission.ROSTER_WRITE, Permission.ROSTER_LEAD
SHOWN = schemas.ShiftShape()


@api.lists(
    HOUSEHOLD,
    permission=READ,
    returns=SHOWN,
    sorts=queries.SORTS,
    filters=schemas.ShiftFiltersSchema(),
)
def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: queries.ShiftFilters
) -> Select[Shift]:
    """List the shifts of a sponsor group with a household."""
    return queries.of_household(uow, household_id, wanted)


@api.reads(
    HOUSEHOLD + "/hours",
    permission=READ,
    returns=schemas.HoursShape(),
    filters=schemas.SpanSchema(),
)
def hours(uow: UnitOfWork, household_id: UUID, wanted: schemas.Span) -> queries.Hours:
    """Count the hours that a group gave a household between two days."""
    return queries.hours(uow, household_id, wanted.first, wanted.last)


@api.does(
    "POST",
    HOUSEHOLD,
    permission=WRITE,
    body=schemas.AddShiftSchema(),
    returns=SHOWN,
    status=201,
)
def add(uow: UnitOfWork, household_id: UUID, command: acts.AddShift) -> Shift:
    """Plan a shift, or a series of them; the first is answered."""
    return service.add(uow, household_id, command)


@api.reads(SHIFT, permission=READ, returns=SHOWN)
def show(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Show a shift."""
    return uow.get(Shift, shift_id, to=READ)


@api.does("PATCH", SHIFT, permission=WRITE, body=schemas.ChangeShiftSchema(), returns=SHOWN)
def change(uow: UnitOfWork, shift_id: UUID, command: acts.ChangeShift) -> Shift:
    """Say anew when a shift is and what it is for."""
    return service.change(uow, shift_id, command)


@api.does(
    "POST",
    SHIFT + "/assignment",
    permission=LEAD,
    body=schemas.AssignShiftSchema(),
    returns=SHOWN,
)
def assign(uow: UnitOfWork, shift_id: UUID, command: acts.AssignShift) -> Shift:
    """Ask a member to do a shift."""
    return service.assign(uow, shift_id, command)


@api.does("POST", SHIFT + "/taking", permission=WRITE, returns=SHOWN)
def take(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take a shift that is open, or that somebody gives on."""
    return service.take(uow, shift_id)


@api.does("POST", SHIFT + "/confirmation", permission=WRITE, returns=SHOWN)
def confirm(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Say that one will do what one was asked to do."""
    return service.confirm(uow, shift_id)


@api.does("POST", SHIFT + "/offer", permission=WRITE, returns=SHOWN)
def offer(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Seek somebody else for one's own shift."""
    return service.offer(uow, shift_id)


@api.does("POST", SHIFT + "/keeping", permission=WRITE, returns=SHOWN)
def keep(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Keep one's own shift after all."""
    return service.keep(uow, shift_id)


@api.does("POST", SHIFT + "/release", permission=WRITE, returns=SHOWN)
def release(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take a member off a shift, which is open again."""
    return service.release(uow, shift_id)


@api.does(
    "POST",
    SHIFT + "/cancellation",
    permission=WRITE,
    body=schemas.CancelShiftSchema(),
    returns=SHOWN,
)
def cancel(uow: UnitOfWork, shift_id: UUID, command: acts.CancelShift) -> Shift:
    """Call a shift off, and those that follow it if that is said."""
    return service.cancel(uow, shift_id, command)


@api.does("POST", SHIFT + "/arrival", permission=WRITE, returns=SHOWN)
def arrive(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Say that one has arrived."""
    return attending.arrive(uow, shift_id)


@api.does(
    "POST",
    SHIFT + "/departure",
    permission=WRITE,
    body=schemas.LeaveShiftSchema(),
    returns=SHOWN,
)
def leave(uow: UnitOfWork, shift_id: UUID, command: acts.LeaveShift) -> Shift:
    """Say that one has left, and how it went."""
    return attending.leave(uow, shift_id, command)


@api.does("POST", SHIFT + "/absence", permission=LEAD, returns=SHOWN)
def miss(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Record that nobody came."""
    return attending.miss(uow, shift_id)


@api.does("POST", SHIFT + "/reopening", permission=WRITE, returns=SHOWN)
def take_back(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take back what was said of a shift today or yesterday."""
    return attending.take_back(uow, shift_id)


@api.does(
    "POST",
    LIFT,
    permission=Permission.ROSTER_ASK,
    body=schemas.AskForLiftSchema(),
    returns=SHOWN,
    status=201,
)
def ask(uow: UnitOfWork, appointment_id: UUID, command: acts.AskForLift) -> Shift:
    """Ask the sponsor group to drive people to an appointment."""
    return lifts.ask(uow, appointment_id, command)


@api.does("POST", LIFT + "/withdrawal", permission=Permission.ROSTER_ASK, returns=SHOWN)
def withdraw(uow: UnitOfWork, appointment_id: UUID) -> Shift:
    """Ask the group no more."""
    return lifts.withdraw(uow, appointment_id)


@api.does(
    "PUT",
    "/sponsor-groups/members/<uuid:member_id>/car",
    permission=Permission.MEMBER_CAR,
    body=schemas.NoteCarSchema(),
    returns=MemberShape(),
)
def note_car(uow: UnitOfWork, member_id: UUID, command: acts.NoteCar) -> SponsorMember:
    """Note a member's licence and the seats of their car."""
    return lifts.note_car(uow, member_id, command)
