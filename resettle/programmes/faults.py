"""What is inconsistent in the definition of a programme, in words for its author.

All faults are told at once, each with the file and the key that it stands under. Pure: the
files have been read; what has the wrong form was told there (loader.py).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from resettle.programmes.blocks import Cap, EligibilityRule, RuleKind
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.content import HOUSEHOLD, ChecklistItem, Milestone
from resettle.programmes.definition import Programme
from resettle.programmes.findings import NO_BASIS, Found, codes, named, twice
from resettle.programmes.terms import Anchor, Basis
from resettle.programmes.workflow import Workflow
from resettle.programmes.workflow_faults import of_workflow


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.key}: {self.reason}" if self.key else f"{self.file}: {self.reason}"
        )


def of_catalogue(
    catalogue: Catalogue, files: Mapping[str, Programme], sources: Collection[str]
) -> Iterator[Fault]:
    """Tell what is wrong in each programme, and between the versions of one."""
    for file, programme in files.items():
        found = (*of_programme(programme), *_references(programme, catalogue, sources))
        yield from (Fault(file, key, reason) for key, reason in found)
    yield from _overlaps(files)
    yield from _same_labels(files)


def of_programme(programme: Programme) -> Found:
    yield from of_workflow(programme.household, "household")
    if programme.group:
        yield from of_workflow(programme.group, "sponsor")
    yield from _duplicates(programme)
    for milestone in programme.milestones:
        yield from of_milestone(programme, milestone)
    for cap in programme.caps:
        yield from of_cap(programme, cap)
    for rule in programme.eligibility:
        yield from of_rule(rule)
    yield from _blocks(programme)
    yield from _checklists(programme)


def of_milestone(programme: Programme, milestone: Milestone) -> Found:
    key = f"milestone.{milestone.code}"
    groups = {HOUSEHOLD, *(group.code for group in programme.age_groups)}
    yield from named([milestone.domain], codes(programme.domains), f"{key}.domain", "domain")
    yield from named(milestone.applies_to, groups, f"{key}.for", "age group")
    parties = codes(programme.parties)
    yield from named(milestone.responsible, parties, f"{key}.responsible", "party")
    if HOUSEHOLD in milestone.applies_to and not milestone.of_household:
        yield f"{key}.for", "is of the household or of people, not of both"
    if not milestone.due:
        yield f"{key}.due", "needs at least one day"
    yield from _of_days(programme, milestone, key)


def of_cap(programme: Programme, cap: Cap) -> Found:
    key = f"cap.{cap.code}"
    if cap.persons <= 0:
        yield f"{key}.persons", "must be more than 0"
    if cap.overflow < 0:
        yield f"{key}.overflow", "may not be below 0"
    if cap.overflow >= cap.persons > 0:
        yield (
            f"{key}.overflow",
            f"is {cap.overflow}, which is not less than the cap of {cap.persons}",
        )
    known = programme.subcategories.codes if programme.subcategories else ()
    yield from named(cap.subcategories, known, f"{key}.subcategories", "subcategory")


def of_rule(rule: EligibilityRule) -> Found:
    key = f"eligibility.{rule.code}"
    for name, value in _figures(rule).items():
        if value in (None, ()):
            yield f"{key}.{name}", f"is missing, and a rule of kind {rule.kind} needs it"
    if rule.kind is RuleKind.AGE and (rule.youngest or 0) > (rule.oldest or 0):
        yield f"{key}.to_age", "is below from_age, so that nobody could meet the rule"


def _of_days(programme: Programme, milestone: Milestone, key: str) -> Found:
    """Days of the household's calendar are counted from the anchors that the programme has."""
    for due in (*milestone.due, *((milestone.opens,) if milestone.opens else ())):
        if due.anchor is Anchor.ENTERED:
            yield f"{key}.due", "counts from entering a stage, which a milestone does not do"
        elif milestone.of_household and due.anchor is Anchor.LEFT_SCHOOL:
            yield f"{key}.due", "counts from leaving school, which only a person does"
    if milestone.at_reception and not programme.support.reception_days:
        yield f"{key}.at_reception", "the programme has no days at a reception centre"
    lengths = [due.length(programme.lengths) for due in milestone.due]
    yield from twice(lengths, f"{key}.due", "day")


def _blocks(programme: Programme) -> Found:
    yield from _of_support(programme)
    for report in programme.reports:
        if report.due.anchor not in {Anchor.ARRIVED, Anchor.PLACED}:
            yield f"report.{report.code}.due", "must count from arrived or placed"
    stages = codes(programme.household.stages)
    for deadline in programme.deadlines:
        yield from named([deadline.stage], stages, f"deadline.{deadline.code}.stage", "stage")
    for key, period in (("effective", programme.effective), ("intake", programme.intake)):
        if period and (period.end or date.max) < (period.start or date.min):
            yield f"{key}.to", "is before the first day"


def _of_support(programme: Programme) -> Found:
    support = programme.support
    if support.days <= 0:
        yield "support.days", "must be more than 0"
    if support.reception_days < 0:
        yield "support.reception_days", "may not be below 0"
    if support.housing_commitment_days is not None and support.housing_basis is None:
        yield "support.housing_basis", NO_BASIS
    parties = codes(programme.parties)
    yield from named([support.by], parties, "support.by", "party")
    yield from named(support.without, parties, "support.without", "party")


def _checklists(programme: Programme) -> Found:
    known = codes(programme.checklists)
    for stage in (stage for workflow in _workflows(programme) for stage in workflow.stages):
        if stage.checklist:
            key = f"stage.{stage.code}.checklist"
            yield from named([stage.checklist], known, key, "checklist")
    for checklist in programme.checklists:
        key = f"checklist.{checklist.code}"
        yield from twice([item.code for item in checklist.items], key, "item")
        for item in checklist.items:
            yield from _of_item(item, f"{key}.{item.code}")


def _of_item(item: ChecklistItem, key: str) -> Found:
    if item.waivable and not item.instead_one_of:
        yield key, "may be waived, but does not say what is then needed (instead_one_of)"
    if item.instead_one_of and not item.waivable:
        yield key, "says what is needed instead, but may not be waived"


def _workflows(programme: Programme) -> tuple[Workflow, ...]:
    return tuple(w for w in (programme.household, programme.group) if w)


def _duplicates(programme: Programme) -> Found:
    for name in _LISTS:
        yield from twice(codes(getattr(programme, name)), name, "code")
    yield from twice(codes(programme.household.stages), "household", "stage")
    yield from twice(codes(programme.group.stages if programme.group else ()), "sponsor", "stage")


_LISTS = (
    "domains",
    "frameworks",
    "parties",
    "age_groups",
    "checklists",
    "milestones",
    "eligibility",
    "caps",
    "reports",
    "deadlines",
    "cost_tables",
)


def _references(programme: Programme, catalogue: Catalogue, sources: Collection[str]) -> Found:
    """Names that only the other files can tell: code lists, places, sources, frameworks."""
    for workflow in _workflows(programme):
        for side in workflow.sides:
            if side.reasons:
                yield from named(
                    [side.reasons], catalogue.lists, f"side.{side.code}.reasons", "list"
                )
    places = catalogue.locations
    yield from named(programme.locations.excluded, places, "locations.excluded", "location")
    reasons = catalogue.lists["decline_reason"].codes if "decline_reason" in catalogue.lists else ()
    for rule in programme.eligibility:
        key = f"eligibility.{rule.code}.decline_reason"
        yield from named([rule.decline_reason], reasons, key, "reason")
    if programme.outcomes:
        framework = [programme.outcomes.framework]
        yield from named(framework, codes(programme.frameworks), "outcomes.framework", "framework")
    cited = sorted({source for basis in _bases(programme) for source in basis.sources})
    yield from named(cited, sources, "basis", "source")


def _overlaps(files: Mapping[str, Programme]) -> Iterator[Fault]:
    """On each day one version of a programme is in force, so their periods may not overlap."""
    pairs = [
        (file, later, earlier)
        for file, later in files.items()
        for earlier in files.values()
        if later.code == earlier.code and later.version > earlier.version
    ]
    for file, later, earlier in pairs:
        if later.effective.overlaps(earlier.effective):
            yield Fault(file, "effective", f"overlaps the period of version {earlier.version}")


def _same_labels(files: Mapping[str, Programme]) -> Iterator[Fault]:
    """Refuse one label for two versions, since a person asks for a version by its label."""
    first: dict[str, str] = {}
    for file, programme in files.items():
        other = first.setdefault(programme.label.lower(), file)
        if other != file:
            yield Fault(file, "label", f"{programme.label!r} is the label of {other} too")


def _bases(part: Any) -> Iterator[Basis]:
    """Every basis in a definition, however deep."""
    if isinstance(part, Basis):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _bases(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _bases(getattr(part, field.name))


def _figures(rule: EligibilityRule) -> Mapping[str, Any]:
    match rule.kind:
        case RuleKind.AGE:
            return {"from_age": rule.youngest, "to_age": rule.oldest}
        case RuleKind.WORK_OR_STUDY:
            return {"work_years": rule.work_years, "tertiary_years": rule.tertiary_years}
        case RuleKind.COUNTRY_EXCLUDED:
            return {"countries": rule.countries}
        case _:
            return {}
