"""Work, benefits, English and more of a household's people: what is so, and since when."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.accounts.queries import names
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person, Source
from resettle.households.queries import current_members, household_of
from resettle.households.rules import age_on
from resettle.households.shapes import HouseholdShape, PersonRow
from resettle.statuses import acts, queries, rules, schemas, service
from resettle.statuses.definition import Kind, Statuses
from resettle.statuses.models import PersonStatus
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("statuses", __name__, template_folder="templates")

Shown = dict[str, Any]
COVER = HouseholdShape(only=("id", "reference", "name"))
PERSON = PersonRow(only=("id", "name", "born_on"))
STATUS = "/statuses/<uuid:status_id>"
SOURCES = [
    (Source.PERSON.value, "The person"),
    (Source.PROVIDER.value, "A provider or an agency"),
    (Source.SPONSOR.value, "The sponsor group"),
    (Source.INZ.value, "Immigration New Zealand"),
]


@pages.page(
    "/households/<uuid:household_id>/statuses",
    permission=Permission.STATUS_READ,
    template="statuses/statuses.html",
)
def of_household(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell of everybody at home what is so now, and what was so before."""
    household = uow.get(Household, household_id, to=Permission.STATUS_READ)
    members = current_members(uow, household.id)
    people = [member.person for member in members]
    rows = queries.of_people(uow, [person.id for person in people])
    writers = names(uow, [row.created_by for row in rows if row.created_by is not None])
    shown = schemas.StatusShape().many_of(uow, rows)
    told = {row["id"]: _told(uow, row, writers) for row in shown}
    for spells in queries.by_kind(rows).values():
        for row, last in zip(spells, rules.last_days(queries.spells(spells)), strict=True):
            told[row.id] |= {"until": last, "stands": row is spells[-1]}
    return {
        "household": COVER.one(uow, household),
        "today": uow.today,
        "people": [
            {**person, **_person(uow, member, [*told.values()])}
            for person, member in zip(PERSON.many_of(uow, people), members, strict=True)
        ],
    }


def _told(uow: UnitOfWork, row: Shown, writers: Mapping[UUID, str]) -> Shown:
    statuses = uow.use(Statuses)
    return {
        **row,
        "what": statuses.title(row["kind"]),
        "words": statuses.words(row["kind"], row["code"] or ""),
        "by": writers.get(row["created_by"], ""),
        "until": None,
        "stands": False,
    }


def _person(uow: UnitOfWork, member: HouseholdMember, told: Sequence[Shown]) -> Shown:
    """Tell of one person what stands of each kind that is recorded of somebody of that age."""
    theirs = [row for row in told if row["person_id"] == member.person_id]
    age = age_on(uow.today, member.person.born_on)
    now = {row["kind"]: row for row in theirs if row["stands"]}
    kinds = [
        {"name": kind.name, "title": kind.title, "now": now.get(kind.name)}
        for kind in uow.use(Statuses).kinds.values()
        if kind.name in now or kind.is_asked(age)
    ]
    earlier = [row for row in theirs if not row["stands"]]
    return {"age": age, "kinds": kinds, "earlier": earlier}


@pages.form(
    "/persons/<uuid:person_id>/statuses/<string:kind>/new",
    permission=Permission.STATUS_RECORD,
    schema=schemas.CodedStatusSchema(),
    template="statuses/record.html",
)
def record(uow: UnitOfWork, form: Form, person_id: UUID, kind: str) -> Shown | Led:
    """Record what is so of somebody, since when."""
    person = uow.get(Person, person_id, to=Permission.STATUS_RECORD)
    chosen = _kind(uow, kind)
    if form.command:
        told: acts.CorrectStatus = form.command
        made = acts.RecordStatus(
            kind=kind,
            code=told.code,
            from_on=told.from_on,
            known_on=told.known_on,
            source=told.source,
            note=told.note,
        )
        service.record(uow, person.id, made)
        return _back(uow, person.id, f"{chosen.title} is recorded.")
    stands = queries.standing(uow, person.id, kind)[-1:]
    now = [chosen.words(row.code or "") for row in stands]
    return {**_asked(uow, person, chosen), "now": now[0] if now else None}


@pages.form(
    STATUS + "/correction",
    permission=Permission.STATUS_RECORD,
    schema=schemas.CorrectStatusSchema(),
    template="statuses/correct.html",
)
def correct(uow: UnitOfWork, form: Form, status_id: UUID) -> Shown | Led:
    """Record what should have stood instead."""
    if form.command:
        made = service.correct(uow, status_id, form.command)
        return _back(uow, made.person_id, "It is corrected. What stood before is kept below.")
    return _of_status(uow, status_id)


@pages.form(
    STATUS + "/taking-back",
    permission=Permission.STATUS_RECORD,
    schema=schemas.TakeBackStatusSchema(),
    template="statuses/take_back.html",
)
def take_back(uow: UnitOfWork, form: Form, status_id: UUID) -> Shown | Led:
    """Let a status that was recorded in error count no more."""
    if form.command:
        status = service.take_back(uow, status_id, form.command)
        return _back(uow, status.person_id, "It counts no more. It is kept below, with the reason.")
    return _of_status(uow, status_id)


@pages.act(
    STATUS + "/confirmation",
    permission=Permission.STATUS_RECORD,
    schema=schemas.StillSoSchema(),
)
def still_so(uow: UnitOfWork, form: Form, status_id: UUID) -> Led:
    """Note that a status was found unchanged today."""
    status = service.still_so(uow, status_id, form.command)
    return _back(uow, status.person_id, "It is noted that this is still so.")


def _of_status(uow: UnitOfWork, status_id: UUID) -> Shown:
    status = uow.get(PersonStatus, status_id, to=Permission.STATUS_RECORD)
    person = uow.get(Person, status.person_id, to=Permission.STATUS_RECORD)
    row = schemas.StatusShape().one(uow, status)
    kind = _kind(uow, status.kind)
    return {**_asked(uow, person, kind), "row": row, "words": kind.words(row["code"] or "")}


def _asked(uow: UnitOfWork, person: Person, kind: Kind) -> Shown:
    """Tell what every form about a status shows: whose it is, of what kind, which codes."""
    home = _home(uow, person.id)
    household = uow.get(Household, home, to=Permission.STATUS_READ)
    return {
        "household": COVER.one(uow, household),
        "person": PERSON.one(uow, person),
        "kind": {"name": kind.name, "title": kind.title},
        "codes": [*kind.codes.items()],
        "sources": SOURCES,
        "today": uow.today,
    }


def _kind(uow: UnitOfWork, name: str) -> Kind:
    kind = uow.use(Statuses).kinds.get(name)
    if kind is None:
        raise NotFound("There is no such kind of status.")
    return kind


def _home(uow: UnitOfWork, person_id: UUID) -> UUID:
    home = household_of(uow, person_id)
    if home is None:
        raise NotFound("This person belongs to no household now.")
    return home


def _back(uow: UnitOfWork, person_id: UUID, message: str) -> Led:
    return Go("statuses.of_household", message=message, household_id=_home(uow, person_id))
