"""How long a milestone took, as figures that may be told: curves in steps that hide single days.

A curve of Kaplan and Meier tells of each person who reached it, on which day. So what is told has a
step only where enough people of enough households reached it since the last one, its days are
counted in fives, and a group of few is not told at all (access.md 6.6, steps 2, 7 and 9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from resettle.core.crypto import Keyring
from resettle.core.errors import Invalid
from resettle.core.late import np
from resettle.core.work import UnitOfWork
from resettle.evaluation import outcomes
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.figuring import OF_HOUSEHOLD, USUAL
from resettle.evaluation.rules import SELECTION_WARNING
from resettle.evaluation.standardise import NoOverlap, standardise
from resettle.evaluation.survival import Curve, LogRank, Observed, common_time, curve, log_rank
from resettle.milestones.models import Milestone, Status
from resettle.programmes.catalogue import Catalogue
from resettle.releases.counting import floor, told_of
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.differencing import Ledger
from resettle.releases.keys import ReleaseKeys
from resettle.releases.making import Kind, Made, Task, plain
from resettle.releases.models import Release
from resettle.releases.population import Subject
from resettle.releases.telling import Counted, Definition, Hidden, Policy, Told

DAYS = 5
MARKS = (183, 365, 730)
LEAST_IN_GROUP, LEAST_HOMES = 30, 10
STRATA = ("english", "household_type", "island")
NOTE = (
    "Days since arrival, in fives. A step stands where so many people reached it since the last "
    "one that none of them is told apart; people who left, or have not reached it by the day "
    "of these figures, count until then."
)


@dataclass(frozen=True, slots=True)
class Spell:
    """One person from arrival until the milestone, leaving, or the day of the figures."""

    person: str
    household: str
    group: str
    stratum: str
    days: int
    reached: bool


def title(uow: UnitOfWork, code: str, by: str, audience: str) -> str:
    """Name a milestone. Raises Invalid if there is none, or if it may not be parted so."""
    name = _name_of(uow, code)
    if name is None:
        raise Invalid({"code": ["There is no such milestone."]})
    if not uow.use(ReleaseCatalogue).allows(audience, (by or USUAL, "time")):
        raise Invalid({"by": ["This audience is not told people by that."]})
    if (by or USUAL) not in OF_HOUSEHOLD | {"sex", "age_band", "english", "disability"}:
        raise Invalid({"by": ["Nobody is parted by that."]})
    return f"Days from arrival to: {name}"


def _name_of(uow: UnitOfWork, code: str) -> str | None:
    catalogue = uow.use(Catalogue)
    newest = [catalogue.versions(each)[-1] for each in catalogue.codes]
    return next((m.title for p in newest for m in p.milestones if m.code == code), None)


def make(uow: UnitOfWork, task: Task) -> Made:
    """Draw the curves. Raises Refused if there are too few people to tell anything."""
    spells = _spells(uow, task)
    counted = [Counted(s.person, s.household, s.group, "") for s in spells]
    floor(counted, task.audience.policy)
    groups = {
        name: [s for s in spells if s.group == name] for name in sorted({s.group for s in spells})
    }
    until = common_time({name: _observed(each) for name, each in groups.items()})
    told = [_told(uow, task, name, each) for name, each in groups.items()]
    before = _before(uow, task)
    figures = {
        "groups": {
            name: _figures(uow, task, each, said, (until, before.get(name)))
            for (name, each), said in zip(groups.items(), told, strict=True)
        },
        "until": _fives(until),
        "warning": SELECTION_WARNING if (task.by or USUAL) == "stream" else None,
        "note": NOTE,
        **_compared(groups, told, until),
    }
    return Made(
        figures, told, {"code": task.code, "by": task.by or USUAL, "clock": "arrival"}, counted
    )


def _spells(uow: UnitOfWork, task: Task) -> list[Spell]:
    people = {each.person: each for each in task.people}
    needed = uow.use(Evaluation).consent_needed
    found = []
    for step in outcomes.steps(uow, Milestone.code == task.code, Milestone.person_id.is_not(None)):
        subject = people.get(step.person)
        counts = subject is not None and (subject.agreed or not needed)
        if subject is not None and counts and step.status is not Status.NOT_APPLICABLE:
            found += _spell(task, subject, step.met_on)
    return found


def _spell(task: Task, subject: Subject, met_on: date | None) -> list[Spell]:
    if subject.arrived_on is None:
        return []
    end = min(task.as_at, subject.left_on or task.as_at)
    reached = met_on is not None and met_on <= end
    days = ((met_on if reached and met_on is not None else end) - subject.arrived_on).days
    traits = subject.traits
    stratum = " · ".join(traits[name] for name in STRATA)
    group = traits[task.by or USUAL]
    return [Spell(subject.person, subject.household, group, stratum, max(days, 0), reached)]


def _observed(spells: Sequence[Spell]) -> Observed:
    return Observed(
        np.array([s.days for s in spells], dtype=float), np.array([s.reached for s in spells])
    )


def _told(uow: UnitOfWork, task: Task, name: str, spells: Sequence[Spell]) -> Told:
    """Say how many a group has: hidden if few, and as before if few have changed."""
    members = {s.person: s.household for s in spells}
    definition: Definition = frozenset(
        {("population", f"survival {task.code}"), (task.by or USUAL, name)}
    )
    ledger = Ledger(task.told)
    said = ledger.says(definition, members)
    if said is None:
        few = len(members) < LEAST_IN_GROUP or len({*members.values()}) < LEAST_HOMES
        said = Hidden.SMALL if few else _number(uow, task.audience.policy, members)
    return ledger.fixed(Told(definition, members, said))


def _number(uow: UnitOfWork, policy: Policy, members: Mapping[str, str]) -> int | Hidden:
    return told_of(members, policy, ReleaseKeys.of(uow.use(Keyring)).rounding)


def _before(uow: UnitOfWork, task: Task) -> Mapping[str, Any]:
    """Give the groups of the curves that this audience was told last."""
    query = uow.select(Release).where(
        Release.kind == "survival",
        Release.code == task.code,
        Release.by == task.by,
        Release.audience == task.audience.code,
        Release.ledger.is_not(None),
    )
    found = uow.first(query.order_by(Release.asked_at.desc(), Release.id))
    return {} if found is None else found.figures["groups"]


def _figures(
    uow: UnitOfWork,
    task: Task,
    spells: Sequence[Spell],
    said: Told,
    ends: tuple[float, Mapping[str, Any] | None],
) -> Mapping[str, Any]:
    """Tell a group's curve; the one told before, if too few have changed since."""
    until, before = ends
    if before is not None and _same(task, said):
        return before
    if isinstance(said.number, Hidden):
        return {"n": plain(said.number), "median": None, "rmst": None, "steps": []}
    drawn = curve(_observed(spells), until)
    return {
        "n": said.number,
        "median": None if drawn.median is None else _fives(drawn.median),
        "rmst": _fives(drawn.rmst),
        "steps": _steps(uow, task.audience.policy, spells, drawn),
    }


def _same(task: Task, said: Told) -> bool:
    return Ledger(task.told).standing(said.definition, said.members) is not None


def _steps(
    uow: UnitOfWork, policy: Policy, spells: Sequence[Spell], drawn: Curve
) -> list[dict[str, Any]]:
    """Draw a step wherever enough people have reached it since the last."""
    steps: list[dict[str, Any]] = []
    since: list[Spell] = []
    for point in drawn.points:
        since += [s for s in spells if s.reached and s.days == point.time]
        enough = len(since) >= policy.least_persons
        if enough and len({s.household for s in since}) >= policy.least_households:
            at_risk = {s.person: s.household for s in spells if s.days >= point.time}
            steps.append(
                {
                    "day": _fives(point.time),
                    "at_risk": plain(_number(uow, policy, at_risk)),
                    "reached": _percent(1 - point.survival),
                    "low": None if point.high is None else _percent(1 - point.high),
                    "high": None if point.low is None else _percent(1 - point.low),
                }
            )
            since = []
    return steps


def _compared(
    groups: Mapping[str, Sequence[Spell]], told: Sequence[Told], until: float
) -> dict[str, Any]:
    """Test whether the groups that are told differ, plainly, within strata, like for like."""
    shown = [n for n, said in zip(groups, told, strict=True) if isinstance(said.number, int)]
    if len(shown) < 2:  # noqa: PLR2004  # two are compared
        return {"log_rank": None, "stratified": None, "standardised": None}
    strata = _strata({name: groups[name] for name in shown})
    plainly = log_rank([{name: _observed(groups[name]) for name in shown}])
    within = log_rank([*strata.values()])
    return {
        "log_rank": _test(plainly),
        "stratified": _test(within),
        "standardised": _standardised(strata, until),
    }


def _test(found: LogRank | None) -> dict[str, Any] | None:
    """Tell a test, unless nobody of one group has their like in another: then there is none."""
    if found is None or not found.df:
        return None
    return {"chi2": round(found.chi2, 1), "df": found.df, "p": round(found.p, 2)}


def _strata(groups: Mapping[str, Sequence[Spell]]) -> dict[str, dict[str, Observed]]:
    found: dict[str, dict[str, list[Spell]]] = {}
    for name, spells in groups.items():
        for spell in spells:
            found.setdefault(spell.stratum, {}).setdefault(name, []).append(spell)
    return {
        s: {n: _observed(each) for n, each in parts.items()} for s, parts in sorted(found.items())
    }


def _standardised(strata: Mapping[str, Mapping[str, Observed]], until: float) -> dict[str, Any]:
    try:
        found = standardise(strata, MARKS, until)
    except NoOverlap as refused:
        return {"refused": str(refused)}
    return {
        "covered": {name: _percent(part) for name, part in found.covered.items()},
        "rmst": {name: _fives(days) for name, days in found.rmst.items()},
        "reached": {
            name: {str(day): _percent(part) for day, part in parts.items()}
            for name, parts in found.reached.items()
        },
    }


def _fives(days: float) -> int:
    return DAYS * ceil(days / DAYS)


def _percent(part: float) -> int:
    return round(100 * part)


SURVIVAL = Kind(title, make)
