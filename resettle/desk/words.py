"""What codes are called on a page: stages, steps, places, languages, relationships."""

from datetime import date
from functools import cache
from itertools import chain

from resettle.core.languages import language
from resettle.core.wording import Phrase, plain
from resettle.core.work import UnitOfWork
from resettle.errf import codes
from resettle.households import rules
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.programmes.milestones import owed_by
from resettle.programmes.workflow import UnknownStage

__all__ = [
    "age",
    "country",
    "domain",
    "language",
    "owed",
    "parties",
    "place",
    "programme",
    "relationship",
    "report",
    "stage",
    "step",
]


def programme(uow: UnitOfWork, code: str, version: int) -> Programme | None:
    """Find the version; None if its file has been taken out since."""
    try:
        return uow.use(Catalogue).get(code, version)
    except UnknownProgramme:
        return None


def stage(found: Programme | None, code: str | None) -> str:
    if code is None:
        return "No case yet"
    try:
        return plain(code) if found is None else found.stage(code).title
    except UnknownStage:
        return plain(code)


def country(iso3: str) -> str:
    return codes.countries().get(iso3, iso3)


def step(found: Programme | None, code: str) -> str:
    """Name a milestone; one that comes several times says after how many days."""
    item, _, days = code.partition("@")
    listed = () if found is None else found.milestones
    title = next((each.title for each in listed if each.code == item), item)
    return Phrase("%(title)s (%(days)s days)", title=title, days=days) if days else title


def domain(found: Programme | None, code: str) -> str:
    listed = () if found is None else found.domains
    return next((each.name for each in listed if each.code == code), plain(code))


def report(uow: UnitOfWork, found: Programme | None, code: str) -> str:
    """Name a report that a group owes; if the programme does not list it, another one does."""
    own = () if found is None else found.reports
    others = (each for other in uow.use(Catalogue).programmes.values() for each in other.reports)
    return next((each.title for each in chain(own, others) if each.code == code), code)


def parties(found: Programme | None, code: str) -> tuple[str, ...]:
    """Name, by their codes, who owes a step."""
    item = code.partition("@")[0]
    listed = () if found is None else found.milestones
    step = next((each for each in listed if each.code == item), None)
    return () if found is None or step is None else owed_by(found, step.responsible)


def owed(found: Programme | None, code: str) -> str:
    """Say in words who owes a step."""
    names = {} if found is None else {party.code: party.name for party in found.parties}
    return ", ".join(names.get(party, plain(party)) for party in parties(found, code))


def place(uow: UnitOfWork, code: str | None) -> str:
    """Name a settlement location; a place that is on no list is its own name."""
    if code is None:
        return ""
    known = uow.use(Catalogue).locations.get(code)
    return code if known is None else known.name


@cache
def relationship(code: str) -> str:
    return codes.text("RelationshipCode", code) or code


def age(born_on: date, day: date) -> str:
    """Say how old somebody is, in months before the second birthday."""
    years = rules.age_on(day, born_on)
    if years >= 2:  # noqa: PLR2004  # as parents count
        return Phrase("%(years)s years", years=years)
    months = (day.year - born_on.year) * 12 + day.month - born_on.month - (day.day < born_on.day)
    return Phrase("%(months)s months", months=months) if months != 1 else "1 month"
