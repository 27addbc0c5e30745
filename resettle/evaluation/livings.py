"""What people live on and how far they are at a point in time, read by the system for figures.

Like outcomes.py, called by makers of figures alone, within the protected path.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import Evaluation, IndicatorDefinition
from resettle.evaluation.homes import public_at
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET, Outcome
from resettle.households.rules import age_on, birthday
from resettle.releases.keys import ReleaseKeys
from resettle.releases.population import Subject
from resettle.statuses.queries import spells_of_kind
from resettle.statuses.rules import Spell, at

People = Mapping[str, Subject]
Known = Mapping[str, Sequence[Spell]]
Decide = Callable[[Known, IndicatorDefinition, Subject, date], str]
# What says no more than that nobody can say.
SILENT = frozenset({"unknown", "too_soon"})
HOUSING = "housing_help"
SCHOOL_FROM, YEARS_AT_SCHOOL = 5, 5


def by_status(
    uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say of whom a status is as said at the point, among those for whom its window is over."""
    return _of_each(_found, uow, definition, people, as_at)


def of_homes(
    uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say of which households it is so of anybody; of help with housing, or that it is public.

    Statuses of those who did not agree to evaluation say nothing.
    """
    known, public = _spells(uow, definition), _public(uow, definition)
    needed = uow.use(Evaluation).consent_needed
    said: dict[str, set[str]] = {}
    for each, point in _at_the_point(definition, people, as_at):
        heard = said.setdefault(each.household, set())
        if each.agreed or not needed:
            heard.add(_found(known, definition, each, point))
            heard.update({MET} if public(each.household, point) else ())
    return [
        Outcome(home, "", home, next((o for o in (MET, NOT_MET) if o in heard), NOT_KNOWN))
        for home, heard in said.items()
    ]


def _public(uow: UnitOfWork, definition: IndicatorDefinition) -> Callable[[str, date], bool]:
    return public_at(uow) if definition.kind == HOUSING else lambda _home, _day: False


def gains(
    uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say who is at least a level above the first test, among those with two tests."""
    return _of_each(_gain, uow, definition, people, as_at)


def leavers(
    uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say with what those left school who went there for five years in New Zealand."""
    found = []
    for person, spells in _spells(uow, definition).items():
        each = people.get(person)
        if each is None or each.arrived_on is None or spells[-1].from_on > as_at:
            continue
        began = max(each.arrived_on, birthday(each.born_on, SCHOOL_FROM))
        if birthday(began, YEARS_AT_SCHOOL) <= spells[-1].from_on:
            said = _said(definition, spells[-1].code)
            found.append(Outcome(person, person, each.household, said))
    return found


def _of_each(
    decide: Decide, uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    known = _spells(uow, definition)
    return [
        Outcome(each.person, each.person, each.household, decide(known, definition, each, point))
        for each, point in _at_the_point(definition, people, as_at)
    ]


def _spells(uow: UnitOfWork, definition: IndicatorDefinition) -> Known:
    keys = ReleaseKeys.of(uow.use(Keyring))
    return {keys.name(id_): rows for id_, rows in spells_of_kind(uow, definition.kind).items()}


def _at_the_point(
    definition: IndicatorDefinition, people: People, as_at: date
) -> Iterator[tuple[Subject, date]]:
    """Name those who count, each with the point: in New Zealand and of that age on it."""
    until_known = timedelta(days=definition.window_days)
    for each in people.values():
        if each.arrived_on is None:
            continue
        point = each.arrived_on + timedelta(days=definition.point_days)
        gone = each.gone_on is not None and each.gone_on < point
        if gone or point + until_known > as_at:
            continue
        if definition.youngest <= age_on(point, each.born_on) <= definition.oldest:
            yield each, point


def _found(known: Known, definition: IndicatorDefinition, each: Subject, point: date) -> str:
    window = timedelta(days=definition.window_days)
    return _said(definition, at(known.get(each.person, ()), point, window))


def _said(definition: IndicatorDefinition, code: str | None) -> str:
    if code is None or code in SILENT:
        return NOT_KNOWN
    return MET if code in definition.codes else NOT_MET


def _gain(known: Known, definition: IndicatorDefinition, each: Subject, point: date) -> str:
    window = timedelta(days=definition.window_days)
    tests = [spell for spell in known.get(each.person, ()) if spell.from_on <= point + window]
    level = at(tests, point, window)
    if level is None or len(tests) < 2:  # noqa: PLR2004  # a first one and another
        return NOT_KNOWN
    return MET if int(level) > int(tests[0].code) else NOT_MET
