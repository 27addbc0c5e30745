"""Which rules a place fails for a household, and what each criterion contributes. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from resettle.core.late import Truths, np
from resettle.matching.facts import Family, Measure, Spot, criteria, is_linked
from resettle.matching.problem import Problem, Wishes
from resettle.programmes.placement import Criterion, Linked, Rule, Service

# As much room as nobody fills, where a place sets no limit of a kind.
UNLIMITED = 10**6
SECOND = 0.5

Score = Callable[[Family, Spot, Measure], float]


def why_not(family: Family, spot: Spot, measure: Measure) -> tuple[Rule, ...]:
    """Name the hard rules that a place fails for a household.

    A place that is closed to it says no more than that it is not open: whatever else it fails
    is not told either, so that the reason cannot be worked out from what is missing.
    """
    if spot.id in family.closed:
        return (Rule.OPEN,)
    asked = (rule for rule in FAILS if rule is Rule.ROOM or measure.asks(rule))
    return tuple(rule for rule in asked if FAILS[rule](family, spot, measure))


def _too_large(family: Family, spot: Spot, _measure: Measure) -> bool:
    return spot.most_persons is not None and family.persons > spot.most_persons


def _lacks_services(family: Family, spot: Spot, _measure: Measure) -> bool:
    return not {*family.needs} - {Service.STEP_FREE.value} <= {*spot.services}


def _has_steps(family: Family, spot: Spot, _measure: Measure) -> bool:
    return Service.STEP_FREE.value in family.needs and not spot.step_free


def _is_far(family: Family, spot: Spot, measure: Measure) -> bool:
    """Say whether those with whom the household wants to live are placed far away."""
    if measure.linked == Linked.FREE.value or not family.near_to:
        return False
    around = () if measure.linked == Linked.TOGETHER.value else spot.near
    return {*family.near_to}.isdisjoint({spot.location, *around})


def _is_full(family: Family, spot: Spot, _measure: Measure) -> bool:
    return family.persons > spot.persons or spot.households == 0


FAILS: Mapping[Rule, Callable[[Family, Spot, Measure], bool]] = {
    Rule.SIZE: _too_large,
    Rule.PROGRAMME: lambda _family, spot, _measure: not spot.allowed,
    Rule.SERVICES: _lacks_services,
    Rule.STEP_FREE: _has_steps,
    Rule.LINKED: _is_far,
    Rule.ROOM: _is_full,
}


def parts(family: Family, spot: Spot, measure: Measure) -> Mapping[Criterion, float]:
    """Say what each criterion contributes: together at most 1 for each person."""
    return {
        each: family.persons
        * measure.weights[each.value]
        / measure.whole
        * SCORES[each](family, spot, measure)
        for each in criteria(measure)
    }


def weight(family: Family, spot: Spot, measure: Measure) -> float:
    return sum(parts(family, spot, measure).values())


def _ties(family: Family, spot: Spot, _measure: Measure) -> float:
    if spot.location in family.ties:
        return 1.0
    return SECOND if any(town in spot.near for town in family.ties) else 0.0


def _heard(languages: Sequence[str], there: Collection[str]) -> float:
    """Count the household's first language whole, and another by half."""
    if languages and languages[0] in there:
        return 1.0
    return SECOND if any(each in there for each in languages) else 0.0


def _share(wanted: Collection[str], there: Collection[str]) -> float:
    found = {*wanted}
    return len(found & {*there}) / len(found) if found else 0.0


def _wait(_family: Family, spot: Spot, measure: Measure) -> float:
    if spot.houses:
        return 1.0
    return max(1 - spot.wait_days / measure.longest_wait_days, 0.0)


def _wish(family: Family, spot: Spot, _measure: Measure) -> float:
    if spot.location not in family.wishes:
        return 0.0
    return 1 - family.wishes.index(spot.location) / len(family.wishes)


SCORES: Mapping[Criterion, Score] = {
    Criterion.FAMILY_TIES: _ties,
    Criterion.COMMUNITY: lambda family, spot, _: _heard(family.languages, spot.languages),
    Criterion.INTERPRETERS: lambda family, spot, _: _heard(family.languages, spot.interpreters),
    Criterion.WORK: lambda family, spot, _: _share(family.work, spot.work),
    Criterion.SERVICES: lambda family, spot, _: _share(family.wants, spot.services),
    Criterion.HOUSING_WAIT: _wait,
    Criterion.HOUSEHOLD_WISH: _wish,
    Criterion.GROUP_PREFERENCE: lambda family, spot, _: _share(spot.prefers, family.facets),
}


def problem(families: Sequence[Family], spots: Sequence[Spot], measure: Measure) -> Problem:
    """Put households by rows and places by columns, in the order in which they are given."""
    shape = (len(families), len(spots))
    may = [[not why_not(f, s, measure) for s in spots] for f in families]
    weights = [[weight(f, s, measure) for s in spots] for f in families]
    step_free = [Service.STEP_FREE.value in f.needs for f in families]
    return Problem(
        sizes=np.array([f.persons for f in families], dtype=np.int64),
        weights=np.array(weights, dtype=float).reshape(shape),
        may=np.array(may, dtype=bool).reshape(shape),
        capacities=np.array([s.persons for s in spots], dtype=np.int64),
        uses=np.array([[1, int(needs)] for needs in step_free], dtype=np.int64).reshape(-1, 2),
        limits=np.array(
            [[_limit(s.households), _steps(s, measure)] for s in spots], dtype=np.int64
        ).reshape(-1, 2),
        linked=_links(families) if is_linked(measure) else (),
        near=_near(spots, measure),
    )


def _limit(households: int | None) -> int:
    return UNLIMITED if households is None else households


def _steps(spot: Spot, measure: Measure) -> int:
    return spot.step_free if measure.asks(Rule.STEP_FREE) else UNLIMITED


def _links(families: Sequence[Family]) -> tuple[tuple[int, int], ...]:
    row_of = {family.id: row for row, family in enumerate(families)}
    pairs = {
        tuple(sorted((row, row_of[other])))
        for row, family in enumerate(families)
        for other in family.links
        if other in row_of and row_of[other] != row
    }
    return tuple((first, second) for first, second in sorted(pairs))


def _near(spots: Sequence[Spot], measure: Measure) -> Truths:
    together = measure.linked == Linked.TOGETHER.value

    def near(one: Spot, other: Spot) -> bool:
        if one.location == other.location:
            return True
        return not together and (other.location in one.near or one.location in other.near)

    found = [[near(one, other) for other in spots] for one in spots]
    return np.array(found, dtype=bool).reshape(len(spots), len(spots))


def wishes(families: Sequence[Family], spots: Sequence[Spot], asked: Wishes) -> Wishes:
    """Add to what a run asks what people have ruled: pins, and pairs that must not be."""
    column_of = {spot.id: column for column, spot in enumerate(spots)}
    pins = {row: column_of[f.pinned] for row, f in enumerate(families) if f.pinned in column_of}
    forbids = frozenset(
        (row, column_of[place])
        for row, family in enumerate(families)
        for place in family.forbidden
        if place in column_of
    )
    return Wishes(asked.objective, pins, forbids, asked.time_limit, asked.seed)
