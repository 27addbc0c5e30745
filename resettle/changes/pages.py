"""Pages of changes: what happened to a household, and what would follow before it is confirmed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.cases import assigning
from resettle.changes import page_schemas as forms
from resettle.changes import queries, service
from resettle.changes.models import HouseholdChange, Kind
from resettle.changes.schemas import ChangeShape, PreviewShape
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.errf import codes
from resettle.households.choices import SEXES
from resettle.households.models import Household, Stream
from resettle.households.queries import household_file
from resettle.households.rules import PRINCIPAL, RELATIONSHIPS
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.placements.queries import open_sponsorship
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("changes", __name__, template_folder="templates")

Shown = dict[str, Any]
CHANGES = "/households/<uuid:household_id>/changes"
COVER = HouseholdShape(only=("id", "reference", "name", "version", "location"))
MEMBER = HouseholdMemberShape(only=("id", "household_id", "person_id", "role", "person.name"))
RELATIVES = sorted(
    ((code, codes.text("RelationshipCode", code)) for code in RELATIONSHIPS - {PRINCIPAL}),
    key=lambda option: option[1],
)
UNITED = [("MA", "Married"), ("CL", "Partners by common law"), ("EG", "Engaged")]
PARTED = [("SR", "Separated"), ("DV", "Divorced")]
CONFIRM = {
    Kind.BIRTH: "Yes, record this birth",
    Kind.DEPARTURE: "Yes, record that they left",
    Kind.DEATH: "Yes, record this death",
    Kind.MARRIAGE: "Yes, record this marriage",
    Kind.SEPARATION: "Yes, record this separation",
    Kind.SPLIT: "Yes, split the household",
    Kind.JOIN: "Yes, join the two households",
    Kind.MOVE: "Yes, record this move",
}
MOST_OTHERS = 200


@pages.page(CHANGES, permission=Permission.TIMELINE_READ, template="changes/index.html")
def index(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell what happened to the household, the latest first, and what can be recorded."""
    query = queries.of_household(uow, household_id)
    order = (HouseholdChange.happened_on.desc(), HouseholdChange.created_at.desc())
    found = uow.all(query.order_by(*order).limit(MOST_OTHERS))
    told = ChangeShape().many_of(uow, found)
    until = queries.undo_until(uow, found)
    return {
        "household": _cover(uow, household_id),
        "changes": [
            {**row, "title": queries.TITLES[row["kind"]], "undo_until": until.get(row["id"])}
            for row in told
        ],
        "kinds": [(kind.value, queries.TITLES[kind]) for kind in CONFIRM],
        "may_change": uow.allows(Permission.HOUSEHOLD_CHANGE),
    }


def _cover(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.CASE_READ)
    return COVER.one(uow, household)


@pages.button(
    "/changes/<uuid:change_id>/undo",
    permission=Permission.HOUSEHOLD_CHANGE,
)
def undo(uow: UnitOfWork, change_id: UUID) -> Led:  # it holds nothing
    """Take a change back with all that it did."""
    change = service.undo(uow, change_id)
    message = "It is undone. Everything is as it was before."
    return Go("changes.index", message=message, household_id=change.household_id)


def _led(uow: UnitOfWork, form: Form, household_id: UUID, kind: Kind) -> Shown | Led:
    """Ask, then tell what would follow, then do it: whatever the kind of change."""
    if form.command and form.values.get("confirmed"):
        change = service.record(uow, household_id, form.command)
        if uow.find(Household, household_id) is None:
            return Go("desk.caseload", message="It is recorded. A colleague has the file now.")
        return Go(
            "changes.index",
            message="It is recorded. You can undo it here while nothing depends on it.",
            undo=url_for("changes.undo", change_id=change.id),
            household_id=household_id,
        )
    if form.command:
        found = service.preview(uow, household_id, form.command)
        return {"preview": PreviewShape().one(uow, found)}
    members = MEMBER.many_of(uow, household_file(uow, household_id).members)
    return {
        "household": _cover(uow, household_id),
        "kind": kind.value,
        "title": queries.TITLES[kind],
        "confirm": CONFIRM[kind],
        "members": members,
        "people": [(m["person_id"], m["person"]["name"]) for m in members],
        "relatives": RELATIVES,
        "head": (PRINCIPAL, "Principal applicant there"),
        "sexes": SEXES,
        "places": _places(uow),
        "anywhere": uow.get(Household, household_id, to=Permission.CASE_READ).stream is Stream.CORS,
        "today": uow.today,
        "statuses": PARTED if kind is Kind.SEPARATION else UNITED,
    }


def _places(uow: UnitOfWork) -> Sequence[tuple[str, str]]:
    return [(code, known.name) for code, known in uow.use(Catalogue).locations.items()]


@pages.form(
    CHANGES + "/birth",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.BirthForm(),
    template="changes/change.html",
)
def birth(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record a birth."""
    return _led(uow, form, household_id, Kind.BIRTH)


@pages.form(
    CHANGES + "/departure",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.DepartureForm(),
    template="changes/change.html",
)
def departure(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that somebody leaves for no other file."""
    shown = _led(uow, form, household_id, Kind.DEPARTURE)
    if isinstance(shown, Led) or "preview" in shown:
        return shown
    stays = [(m["id"], m["person"]["name"]) for m in shown["members"]]
    return {**shown, "stays": stays, "reasons": forms.LEAVING}


@pages.form(
    CHANGES + "/death",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.DeathForm(),
    template="changes/change.html",
)
def death(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that somebody has died."""
    return _led(uow, form, household_id, Kind.DEATH)


@pages.form(
    CHANGES + "/marriage",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.MarriageForm(),
    template="changes/change.html",
)
def marriage(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record a marriage: of two at home, with somebody of another file, or somebody new."""
    shown = _led(uow, form, household_id, Kind.MARRIAGE)
    if isinstance(shown, Led) or "preview" in shown:
        return shown
    return {**shown, "partners": [*_elsewhere(uow, form, household_id), *shown["people"]]}


def _elsewhere(uow: UnitOfWork, form: Form, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name who is looked for in other households of the reader, each with the file."""
    typed, chosen = (str(form.values.get(name, "")) for name in ("partner_name", "partner_id"))
    stays = queries.at_home_elsewhere(uow, household_id, typed, chosen)
    known = queries.references(uow, {stay.household_id for stay in stays})
    return [
        (row["person_id"], f"{row['person']['name']}, {known[row['household_id']]}")
        for row in MEMBER.many_of(uow, stays)
    ]


@pages.form(
    CHANGES + "/separation",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.SeparationForm(),
    template="changes/change.html",
)
def separation(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that two people have separated, and who moves out."""
    return _with_tasks(uow, _led(uow, form, household_id, Kind.SEPARATION), household_id)


@pages.form(
    CHANGES + "/split",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.SplitForm(),
    template="changes/change.html",
)
def split(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that some of the household move out, and have a file of their own."""
    return _with_tasks(uow, _led(uow, form, household_id, Kind.SPLIT), household_id)


def _with_tasks(uow: UnitOfWork, shown: Shown | Led, household_id: UUID) -> Shown | Led:
    if isinstance(shown, Led) or "preview" in shown:
        return shown
    tasks = queries.open_tasks(uow, household_id)
    return {
        **shown,
        "tasks": [(task.id, task.title) for task in tasks],
        "caseworkers": assigning.caseworkers(uow),
    }


@pages.form(
    CHANGES + "/join",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.JoinForm(),
    template="changes/change.html",
)
def join(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that another household of yours has moved in here."""
    shown = _led(uow, form, household_id, Kind.JOIN)
    if isinstance(shown, Led) or "preview" in shown:
        return shown
    query = uow.select(Household).where(Household.id != household_id, Household.exited_on.is_(None))
    others = uow.all(query.order_by(Household.reference).limit(MOST_OTHERS))
    rows = HouseholdShape(only=("id", "reference", "name")).many_of(uow, others)
    chosen = str(form.values.get("other_id", ""))
    coming = next((each.id for each in others if str(each.id) == chosen), None)
    members = [] if coming is None else household_file(uow, coming).members
    return {
        **shown,
        "others": [(row["id"], f"{row['reference']} {row['name']}") for row in rows],
        "coming": MEMBER.many_of(uow, members),
    }


@pages.form(
    CHANGES + "/move",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=forms.MoveForm(),
    template="changes/change.html",
)
def move(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that the household moves to another place, or leaves the country."""
    shown = _led(uow, form, household_id, Kind.MOVE)
    if isinstance(shown, Led) or "preview" in shown:
        return shown
    lists = uow.use(Catalogue).lists
    sponsorship = open_sponsorship(uow, household_id)
    return {
        **shown,
        "sponsored": sponsorship is not None and sponsorship.confirmed_on is not None,
        "outcomes": [(item.code, item.title) for item in lists["relocation_outcome"].items],
        "reasons": [(item.code, item.title) for item in lists["breakdown_reason"].items],
        "caseworkers": assigning.caseworkers(uow),
    }
