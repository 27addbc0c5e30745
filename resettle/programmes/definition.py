"""A programme: its stages, its rules and its calendar, in one version.

Pure data, read from config/programmes at the start and never changed after.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from resettle.programmes.blocks import (
    Cap,
    Choice,
    CostTable,
    Deadline,
    Effective,
    EligibilityRule,
    IncidentReports,
    Locations,
    Outcomes,
    Report,
    SmallCounts,
    SponsorRules,
    Support,
    Year,
)
from resettle.programmes.content import (
    AgeGroup,
    Birthdays,
    Checklist,
    Domain,
    Framework,
    Milestone,
    Party,
)
from resettle.programmes.facts import Fact
from resettle.programmes.terms import Span, written
from resettle.programmes.workflow import Move, Stage, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    code: str
    version: int
    label: str
    title: str
    country: str
    stream: str
    additional_to_quota: bool | None = None
    note: str = ""
    include: tuple[str, ...] = ()
    effective: Effective
    intake: Effective | None = None
    year: Year
    routes: Choice
    approval: Choice
    subcategories: Choice | None = None
    support: Support
    locations: Locations
    sponsors: SponsorRules | None = None
    eligibility: tuple[EligibilityRule, ...] = ()
    caps: tuple[Cap, ...] = field(default=(), metadata=written("cap"))
    reports: tuple[Report, ...] = field(default=(), metadata=written("report"))
    incident_reports: IncidentReports | None = None
    deadlines: tuple[Deadline, ...] = field(default=(), metadata=written("deadline"))
    small_counts: tuple[SmallCounts, ...]
    outcomes: Outcomes | None = None
    cost_tables: tuple[CostTable, ...] = field(default=(), metadata=written("cost_table"))
    household: Workflow
    group: Workflow | None = field(default=None, metadata=written("sponsor"))
    domains: tuple[Domain, ...] = field(default=(), metadata=written("domain"))
    frameworks: tuple[Framework, ...] = field(default=(), metadata=written("framework"))
    parties: tuple[Party, ...] = field(default=(), metadata=written("party"))
    age_groups: tuple[AgeGroup, ...] = field(default=(), metadata=written("age_group"))
    birthdays: Birthdays | None = None
    checklists: tuple[Checklist, ...] = field(default=(), metadata=written("checklist"))
    milestones: tuple[Milestone, ...] = field(default=(), metadata=written("milestone"))

    @property
    def key(self) -> tuple[str, int]:
        return self.code, self.version

    @property
    def lengths(self) -> Mapping[Span, int]:
        return {Span.SUPPORT: self.support.days, Span.RECEPTION: self.support.reception_days}

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The household's stages in their order, the side states after them."""
        return self.household.stages

    def stage(self, code: str) -> Stage:
        return self.household.stage(code)

    def moves_from(self, source: str, left: str | None = None) -> tuple[Move, ...]:
        return self.household.moves_from(source, left)

    def missing(
        self, source: str, target: str, facts: Collection[Fact], left: str | None = None
    ) -> tuple[Fact, ...] | None:
        """Name the facts still needed to move; None where there is no such move."""
        return self.household.missing(source, target, facts, left)

    def checklist(self, code: str) -> Checklist:
        return next(checklist for checklist in self.checklists if checklist.code == code)

    def milestone(self, code: str) -> Milestone:
        """Find the item of a code, be it the item's own or that of one instance (EDU-06@182)."""
        plain = code.partition("@")[0]
        return next(item for item in self.milestones if item.code == plain)

    def takes_entries_on(self, day: date) -> bool:
        return (self.intake or self.effective).covers(day)
