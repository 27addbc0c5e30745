"""How a programme places its households: who waits, which rules are hard, and what weighs how much.

One file of config/placement/ is one version of the rules of one programme. It is kept apart from
the programme's own files, which never change once they are released: a run freezes the rules with
which it was made, so these may be bettered at any time.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from resettle.programmes.blocks import Effective
from resettle.programmes.terms import Basis, written


class Service(StrEnum):
    """What a place may have, and a household may need or want; a house without steps too."""

    SPECIALIST_HEALTH = "specialist_health"
    SPECIAL_EDUCATION = "special_education"
    SECONDARY_SCHOOL = "secondary_school"
    ENGLISH_CLASSES = "english_classes"
    PUBLIC_TRANSPORT = "public_transport"
    MOSQUE = "mosque"
    CHURCH = "church"
    TEMPLE = "temple"
    STEP_FREE = "step_free"


class Facet(StrEnum):
    """What a household is like, as far as a sponsor group may have a preference."""

    CHILDREN = "children"
    NO_CHILDREN = "no_children"
    ONE_PERSON = "one_person"
    LARGE = "large"
    SOME_ENGLISH = "some_english"


class Rule(StrEnum):
    """What a place must meet. Being open and having room are asked always."""

    OPEN = "open"
    ROOM = "room"
    SIZE = "size"
    PROGRAMME = "programme"
    SERVICES = "services"
    STEP_FREE = "step_free"
    LINKED = "linked"


class Criterion(StrEnum):
    """What speaks for a place, each from nothing to all of its weight."""

    FAMILY_TIES = "family_ties"
    COMMUNITY = "community"
    INTERPRETERS = "interpreters"
    WORK = "work"
    SERVICES = "services"
    HOUSING_WAIT = "housing_wait"
    HOUSEHOLD_WISH = "household_wish"
    GROUP_PREFERENCE = "group_preference"


class Linked(StrEnum):
    """How near linked households live: in one location, in locations that are near, anywhere."""

    TOGETHER = "together"
    NEAR = "near"
    FREE = "free"


class Kind(StrEnum):
    LOCATION = "location"
    GROUP = "group"


ALWAYS = frozenset({Rule.OPEN, Rule.ROOM})


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRule:
    """Which recorded needs of people ask for a service; a group of codes by its two letters."""

    codes: tuple[str, ...]
    asks: Service
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardRule:
    code: Rule
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    code: Criterion
    weight: int
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """How many persons are announced for a programme year, for placing ahead of time."""

    year: str
    persons: int
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRules:
    """`waits_in` are the stages in which a household waits for a place of this kind.

    `longest_wait_days` is the wait for a house at which nothing more speaks for a place.
    """

    programme: str
    version: int
    effective: Effective
    kind: Kind
    waits_in: tuple[str, ...]
    linked: Linked
    longest_wait_days: int
    ahead: bool = False
    note: str = ""
    needs: tuple[NeedRule, ...] = field(default=(), metadata=written("need"))
    rules: tuple[HardRule, ...] = field(metadata=written("rule"))
    criteria: tuple[Weight, ...] = field(metadata=written("criterion"))
    announced: tuple[Announced, ...] = field(default=(), metadata=written("announced"))

    @property
    def label(self) -> str:
        return f"{self.programme}-{self.version}"

    def announced_for(self, year: str) -> int | None:
        return next((row.persons for row in self.announced if row.year == year), None)

    def asked_by(self, code: str) -> frozenset[Service]:
        """Name what a recorded need asks of a place."""
        return frozenset(n.asks for n in self.needs if code in n.codes or code[:2] in n.codes)


def in_force(rules: tuple[PlacementRules, ...], day: date) -> PlacementRules | None:
    return next((each for each in rules if each.effective.covers(day)), None)
