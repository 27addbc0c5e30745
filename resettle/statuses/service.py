"""What is done about the statuses of people: recorded, said to be still so, put right."""

from datetime import date
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.households.rules import age_on
from resettle.statuses import english
from resettle.statuses.acts import CorrectStatus, RecordStatus, StillSo, TakeBackStatus
from resettle.statuses.definition import Kind, Statuses
from resettle.statuses.models import SAME_DAY, PersonStatus
from resettle.statuses.queries import standing

CORRECTED = "This was corrected already. Correct what stands now."
NOT_YET = "This day has not come yet."


def record(uow: UnitOfWork, person_id: UUID, command: RecordStatus) -> PersonStatus:
    """Record what is so of a person since a day, in the place of what was so before."""
    person = uow.get(Person, person_id, to=Permission.STATUS_RECORD)
    kind = _kind(uow, command.kind)
    english.keep_first(uow, person, kind)
    made = _made(uow, person, kind, command)
    english.follow(uow, person, kind)
    return made


def correct(uow: UnitOfWork, status_id: UUID, command: CorrectStatus) -> PersonStatus:
    """Put what should have been recorded in the place of what was, which stays on record."""
    before = _standing(uow, status_id)
    person = uow.get(Person, before.person_id, to=Permission.STATUS_RECORD)
    kind = _kind(uow, before.kind)
    _set_aside(uow, before, command.because)
    made = _made(uow, person, kind, command)
    made.corrects_id = before.id
    english.follow(uow, person, kind)
    return made


def take_back(uow: UnitOfWork, status_id: UUID, command: TakeBackStatus) -> PersonStatus:
    """Let what was recorded in error count no more; it stays on record, with the reason."""
    status = _standing(uow, status_id)
    person = uow.get(Person, status.person_id, to=Permission.STATUS_RECORD)
    _set_aside(uow, status, command.because)
    english.follow(uow, person, _kind(uow, status.kind))
    return status


def still_so(uow: UnitOfWork, status_id: UUID, command: StillSo) -> PersonStatus:
    """Note that a status was found unchanged. Raises Conflict if another has begun since."""
    status = _standing(uow, status_id)
    if standing(uow, status.person_id, status.kind)[-1].id != status.id:
        raise Conflict("Something else was recorded since. Look at what stands now.")
    known_on = command.known_on or uow.today
    _check_known(uow, known_on, status.from_on)
    status.known_on = max(status.known_on, known_on)
    return status


def _standing(uow: UnitOfWork, status_id: UUID) -> PersonStatus:
    status = uow.edit(PersonStatus, status_id, to=Permission.STATUS_RECORD)
    if status.corrected_at is not None:
        raise Conflict(CORRECTED)
    return status


def _kind(uow: UnitOfWork, name: str) -> Kind:
    kind = uow.use(Statuses).kinds.get(name)
    if kind is None:
        raise Invalid({"kind": ["There is no such kind of status."]})
    return kind


def _made(
    uow: UnitOfWork, person: Person, kind: Kind, told: RecordStatus | CorrectStatus
) -> PersonStatus:
    if told.code not in kind.codes:
        raise Invalid({"code": ["Choose one of the list."]})
    known_on = told.known_on or uow.today
    _check_since(uow, person, kind, told.from_on)
    _check_known(uow, known_on, told.from_on)
    if any(row.from_on == told.from_on for row in standing(uow, person.id, kind.name)):
        raise Conflict(SAME_DAY)
    return uow.add(
        PersonStatus(
            person_id=person.id,
            kind=kind.name,
            code=told.code,
            note=told.note,
            from_on=told.from_on,
            known_on=known_on,
            source=told.source,
            undated_before=english.undated(person, kind),
        )
    )


def _check_since(uow: UnitOfWork, person: Person, kind: Kind, day: date) -> None:
    if day > uow.today:
        raise Invalid({"from_on": [NOT_YET]})
    if age_on(day, person.born_on) < kind.from_age:
        raise Invalid({"from_on": [f"This is recorded from the age of {kind.from_age} years on."]})


def _check_known(uow: UnitOfWork, day: date, from_on: date) -> None:
    if day > uow.today:
        raise Invalid({"known_on": [NOT_YET]})
    if day < from_on:
        raise Invalid({"known_on": ["This was before it began."]})


def _set_aside(uow: UnitOfWork, status: PersonStatus, because: str | None) -> None:
    status.corrected_at, status.corrected_because = uow.now, because
    uow.session.flush()
