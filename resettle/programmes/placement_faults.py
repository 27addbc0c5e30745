"""What is inconsistent in the rules of placement, in words for their author."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from resettle.programmes.catalogue import Catalogue
from resettle.programmes.faults import Fault
from resettle.programmes.placement import ALWAYS, PlacementRules
from resettle.programmes.terms import Basis

Files = Mapping[str, PlacementRules]


def of_placement(catalogue: Catalogue, files: Files, sources: Collection[str]) -> Iterator[Fault]:
    """Tell what is wrong in each file, and between the versions of one programme's rules."""
    for file, rules in files.items():
        found = (*_stages(catalogue, rules), *_weights(rules))
        more = (*_twice(rules), *_sources(rules, sources))
        yield from (Fault(file, key, reason) for key, reason in (*found, *more))
    yield from _overlaps(files)


def _stages(catalogue: Catalogue, rules: PlacementRules) -> Iterator[tuple[str, str]]:
    if rules.programme not in catalogue.codes:
        yield "programme", f"there is no programme {rules.programme!r}"
        return
    here = [p for p in catalogue.versions(rules.programme) if p.effective.overlaps(rules.effective)]
    for stage in rules.waits_in:
        for programme in here:
            if stage not in {each.code for each in programme.household.stages}:
                yield "waits_in", f"{programme.label} has no stage {stage!r}"
    if not rules.waits_in:
        yield "waits_in", "names no stage, so nobody would ever wait"


def _weights(rules: PlacementRules) -> Iterator[tuple[str, str]]:
    for row in rules.criteria:
        if row.weight < 0:
            yield f"criterion.{row.code}.weight", "may not be below 0"
    if not any(row.weight > 0 for row in rules.criteria):
        yield "criterion", "needs at least one weight above 0"
    if rules.longest_wait_days <= 0:
        yield "longest_wait_days", "must be more than 0"
    yield from (
        (f"announced.{row.year}.persons", "may not be below 0")
        for row in rules.announced
        if row.persons < 0
    )


def _twice(rules: PlacementRules) -> Iterator[tuple[str, str]]:
    for key, codes in (
        ("rule", [row.code for row in rules.rules]),
        ("criterion", [row.code for row in rules.criteria]),
        ("announced", [row.year for row in rules.announced]),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield key, f"{str(code)!r} stands here twice"
    for row in rules.rules:
        if row.code in ALWAYS:
            yield f"rule.{row.code}", "is asked always, and is not written here"


def _sources(rules: PlacementRules, known: Collection[str]) -> Iterator[tuple[str, str]]:
    rows = (rules.effective, *rules.needs, *rules.rules, *rules.criteria, *rules.announced)
    bases: Iterator[Basis] = (row.basis for row in rows)  # type: ignore[attr-defined]
    for basis in bases:
        for source in basis.sources:
            if source not in known:
                yield "basis", f"{source!r} is not in sources.toml"


def _overlaps(files: Files) -> Iterator[Fault]:
    for (file, one), (_, other) in combinations(files.items(), 2):
        if one.programme == other.programme and one.effective.overlaps(other.effective):
            yield Fault(file, "effective", f"holds at the same time as {other.label}")
