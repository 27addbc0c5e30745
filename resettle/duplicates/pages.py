"""Pages on which two records are compared, told apart, made one and taken apart again."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import acts, merging, photos, queries, schemas, service, shapes
from resettle.duplicates.facts import CHOICES
from resettle.duplicates.models import MergeStatus, PersonMerge
from resettle.duplicates.queries import Comparison
from resettle.errf import codes
from resettle.households.choices import SEXES, country
from resettle.households.models import Household, HouseholdMember, Person
from resettle.households.queries import household_of
from resettle.households.shapes import HouseholdShape
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Shape
from resettle.web.words import day

pages = Pages("duplicates", __name__, template_folder="templates")

CANDIDATE = "/duplicates/<uuid:candidate_id>"
MERGE = "/merges/<uuid:merge_id>"
MOST = 100
COVER = HouseholdShape(only=("id", "reference"))
LABELS: Mapping[str, str] = {
    "unhcr_individual_id": "UNHCR number",
    "inz_client_no": "INZ number",
    "born_on": "Day of birth",
    "name_in_script": "Name in own script",
    "email": "E-mail",
}

COUNTRIES = frozenset({"nationality", "birth_country", "origin_country", "asylum_country"})
# Facts that are kept as codes of a table of UNHCR's.
TABLES: Mapping[str, str] = {
    "marital_status": "MaritalStatusCode",
    "education_level": "EducationLevelCode",
    "education_degree": "EducationDegreeTypeCode",
    "occupation_code": "OccupationCode",
    "ethnicity": "EthnicityCode",
    "religion": "ReligionCode",
}


class PersonName(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    name = fields.String(metadata={"class": "P2"})


@pages.page("/duplicates", permission=Permission.DUPLICATE_READ, template="duplicates/list.html")
def index(uow: UnitOfWork) -> dict[str, Any]:
    """List pairs that somebody should look at, and merges that wait for a second person."""
    pairs = queries.waiting(uow, MOST)
    merges = queries.unconfirmed(uow, MOST)
    sides = {id_ for pair in pairs for id_ in (pair.person_id, pair.other_id)}
    return {
        "pairs": shapes.CandidateShape().many_of(uow, pairs),
        "others": {pair.id: pair.other_id for pair in pairs},
        "merges": shapes.MergeShape().many_of(uow, merges),
        "names": _names(uow, sides | {merge.kept_id for merge in merges}),
    }


def _names(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, str]:
    """Name people with the file that each is in: those who are compared are often namesakes."""
    people = uow.all(uow.select(Person).where(Person.id.in_(ids)))
    files = _files(uow, ids)
    names = {row["id"]: row["name"] for row in PersonName().many_of(uow, people)}
    return {id_: f"{name} ({files[id_]})" if id_ in files else name for id_, name in names.items()}


def _files(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, str]:
    member = HouseholdMember
    query = uow.columns(member, member.person_id, Household.reference)
    query = uow.along(query.join(Household, Household.id == member.household_id), Household)
    rows = uow.rows(query.where(member.person_id.in_(ids), member.left_on.is_(None)))
    return {row.person_id: row.reference for row in rows}


@pages.page(CANDIDATE, permission=Permission.DUPLICATE_READ, template="duplicates/compare.html")
def compare(uow: UnitOfWork, candidate_id: UUID) -> dict[str, Any]:
    """Show two records side by side, or whom to ask about the other."""
    return _compared(uow, queries.compare(uow, candidate_id))


def _compared(uow: UnitOfWork, pair: Comparison) -> dict[str, Any]:
    both = [pair.person] if pair.other is None else [pair.person, pair.other]
    uow.unlock(person.id for person in both)
    told = shapes.FactsShape().many_of(uow, both)
    candidate = shapes.CandidateShape().one(uow, pair.candidate)
    rows = [_row(name, [facts[name] for facts in told]) for name in CHOICES]
    return {
        "candidate": candidate,
        "contact": pair.contact,
        "names": _names(uow, [person.id for person in both]),
        "person_id": pair.person.id,
        "other_id": None if pair.other is None else pair.other.id,
        "household_id": household_of(uow, pair.person.id),
        "rows": [row for row in rows if any(row["values"])],
        "has_photos": pair.other is not None
        and photos.both(uow, pair.person.id, pair.other.id) is not None,
        "version": pair.candidate.version,
    }


def _row(name: str, values: list[str]) -> dict[str, Any]:
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    said = [_said(name, value) for value in values]
    return {"name": name, "label": label, "values": said, "differs": len({*values}) > 1}


def _said(name: str, value: str) -> str:
    """Say a fact in words where it is kept as a code, and a day as days are written."""
    if name in COUNTRIES:
        return country(value)
    if name == "sex":
        return dict(SEXES).get(value, value)
    if name in TABLES:
        return codes.text(TABLES[name], value or "") or value
    return day(value) if value and name.endswith("_on") else value


@pages.form(
    f"{CANDIDATE}/decision",
    permission=Permission.DUPLICATE_DECIDE,
    schema=schemas.DecideDuplicateSchema(),
    template="duplicates/decide.html",
)
def decide(uow: UnitOfWork, form: Form, candidate_id: UUID) -> dict[str, Any] | Led:
    """Say that two records are of two people, or of one, or that it is open again."""
    if form.command:
        service.decide(uow, candidate_id, form.command)
        return Go(".compare", message="The decision is on record.", candidate_id=candidate_id)
    pair = queries.compare(uow, candidate_id)
    return {"candidate_id": candidate_id, "version": pair.candidate.version}


@pages.form(
    f"{CANDIDATE}/merge",
    permission=Permission.PERSON_MERGE,
    schema=schemas.ProposeMergeSchema(),
    template="duplicates/merge.html",
)
def propose(uow: UnitOfWork, form: Form, candidate_id: UUID) -> dict[str, Any] | Led:
    """Choose which record stays, and fact by fact what it takes from the other."""
    if form.command:
        merge = merging.propose(uow, candidate_id, form.command)
        said = "It is asked for. A second person must confirm it."
        return Go(".merge", message=said, merge_id=merge.id)
    return _compared(uow, queries.compare(uow, candidate_id))


@pages.page(MERGE, permission=Permission.PERSON_MERGE, template="duplicates/merged.html")
def merge(uow: UnitOfWork, merge_id: UUID) -> dict[str, Any]:
    """Show how a merge stands, and what may be done about it."""
    return _merge_shown(uow, queries.merge(uow, merge_id))


def _merge_shown(uow: UnitOfWork, found: PersonMerge) -> dict[str, Any]:
    first = {
        MergeStatus.PROPOSED: found.proposed_by,
        MergeStatus.PARTING: found.parting_by,
    }
    emptied = merging.emptied(uow, found)
    return {
        "emptied": None if emptied is None else COVER.one(uow, emptied),
        "merge": shapes.MergeShape().one(uow, found),
        "names": _names(uow, [found.kept_id, found.gone_id]),
        "kept_id": found.kept_id,
        "gone_id": found.gone_id,
        "household_id": household_of(uow, found.kept_id),
        "waits": found.status in first,
        "is_first": found.status in first and first[found.status] == uow.actor.user_id,
        "taken": [LABELS.get(n, n.replace("_", " ").capitalize()) for n in found.taken],
        "version": found.version,
    }


@pages.button(f"{MERGE}/confirmation", permission=Permission.PERSON_MERGE)
def confirm(uow: UnitOfWork, merge_id: UUID) -> Led:
    """Confirm as the second person."""
    made = merging.confirm(uow, merge_id)
    said = {
        MergeStatus.MERGED: "The two records are one. It can be taken apart again.",
        MergeStatus.PARTED: "The two records are two again, as they were.",
    }
    return Go(".merge", message=said[made.status], merge_id=merge_id)


@pages.button(f"{MERGE}/withdrawal", permission=Permission.PERSON_MERGE)
def withdraw(uow: UnitOfWork, merge_id: UUID) -> Led:
    """Take back what is not confirmed yet."""
    merging.withdraw(uow, merge_id)
    return Go(".merge", message="It is taken back.", merge_id=merge_id)


@pages.form(
    f"{MERGE}/parting",
    permission=Permission.PERSON_MERGE,
    schema=schemas.ProposePartingSchema(),
    template="duplicates/part.html",
)
def part(uow: UnitOfWork, form: Form, merge_id: UUID) -> dict[str, Any] | Led:
    """Ask for two records that were made one to be two again."""
    if form.command:
        command: acts.ProposeParting = form.command
        merging.propose_parting(uow, merge_id, command)
        return Go(
            ".merge",
            message="It is asked for. A second person must confirm it.",
            merge_id=merge_id,
        )
    found = queries.merge(uow, merge_id)
    return {"merge_id": found.id, "version": found.version}
