"""An invented country to measure on: households with people, steps, notes, groups, from a seed.

Nothing here is anybody's: names are drawn from a list of word parts. Every figure that decides how
much work a request is (people a household, steps a household, households a caseworker and a place)
is a constant below, the same for every size.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

TODAY = date.today()  # noqa: DTZ011  # the service counts what is overdue from its own today
HOUSEHOLDS_A_CASEWORKER = 100
HOUSEHOLDS_A_GROUP = 2
MILESTONES = 40
SPONSORED = 0.2
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6), (38, 22, 16, 13, 7, 4)
LOCATIONS = (
    "AKL", "HLZ", "PMR", "WLG", "NSN", "CHC", "DUD", "IVC", "TIU", "ASB", "LEV", "MTR", "BLE",
)  # fmt: skip
FIRST = ("Ha", "Sa", "Ma", "Na", "Ye", "Ra", "Ka", "Ab", "Om", "Za", "Fa", "Lu", "Da", "Es", "Jo")
MIDDLE = ("li", "mi", "ri", "di", "ni", "ha", "ba", "na", "ya", "sa", "ro", "ma", "le", "wa", "ti")
LAST = ("m", "n", "d", "r", "h", "ra", "na", "ma", "la", "ya", "s", "t", "ni", "ri", "f")


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    given_name: str
    family_name: str
    sex: str
    born_on: str
    role: str


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    code: str
    domain: str
    due_on: str
    met_on: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """One household with all that is on record of it; ids are 32 hexadecimal digits."""

    number: int
    id: str
    reference: str
    name: str
    is_sponsored: bool
    location: str
    caseworker: int
    group: int | None
    arrived_on: str
    members: list[Member]
    steps: list[Step]
    note_id: str
    noted_at: str


@dataclass(slots=True)
class Country:
    """So many households, the same ones for the same seed.

    `codes` are steps and their domains, of sponsored households and of others.
    """

    households: int
    codes: Mapping[bool, Sequence[tuple[str, str]]]
    seed: int = 1
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # invented data, no secret

    @property
    def caseworkers(self) -> int:
        return max(1, self.households // HOUSEHOLDS_A_CASEWORKER)

    @property
    def groups(self) -> int:
        return max(1, int(self.households * SPONSORED / HOUSEHOLDS_A_GROUP))

    @property
    def first_location(self) -> str:
        """The place whose households the agency of the bench looks after, a thirteenth of all."""
        return LOCATIONS[0]

    def families(self) -> Iterator[Family]:
        """Invent the households one after the other, so that memory stays small."""
        sponsored = 0
        for number in range(self.households):
            is_sponsored = number % round(1 / SPONSORED) == 0
            group = sponsored // HOUSEHOLDS_A_GROUP % self.groups if is_sponsored else None
            sponsored += is_sponsored
            yield self._family(number, group)

    def id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def name(self) -> str:
        chance = self.chance
        return chance.choice(FIRST) + chance.choice(MIDDLE) + chance.choice(LAST)

    def _family(self, number: int, group: int | None) -> Family:
        chance = self.chance
        arrived = TODAY - timedelta(days=chance.randrange(10, 700))
        noted = TODAY - timedelta(days=chance.randrange(1, 60))
        family_name = self.name()
        worker = number // HOUSEHOLDS_A_CASEWORKER % self.caseworkers
        return Family(
            number=number,
            id=self.id(),
            reference=f"H-{2000 + number // 1_000_000}-{number % 1_000_000:06}",
            name=family_name,
            is_sponsored=group is not None,
            location=LOCATIONS[worker % len(LOCATIONS)],
            caseworker=worker,
            group=group,
            arrived_on=arrived.isoformat(),
            members=self._members(family_name),
            steps=[
                self._step(n, arrived, self.codes[group is not None]) for n in range(MILESTONES)
            ],
            note_id=self.id(),
            noted_at=f"{noted} 09:{number % 60:02}:00.000000",
        )

    def _members(self, family_name: str) -> list[Member]:
        size = self.chance.choices(SIZES, SIZE_WEIGHTS)[0]
        return [self._member(n, family_name) for n in range(size)]

    def _member(self, n: int, family_name: str) -> Member:
        grown = n < 2  # noqa: PLR2004  # a couple, and their children
        age = self.chance.randrange(20, 60) if grown else self.chance.randrange(1, 18)
        born = TODAY - timedelta(days=365 * age + self.chance.randrange(365))
        role = ("principal", "partner")[n] if grown else "dependant"
        return Member(
            self.id(), self.name(), family_name, self.chance.choice("FM"), born.isoformat(), role
        )

    def _step(self, n: int, arrived: date, codes: Sequence[tuple[str, str]]) -> Step:
        due = arrived + timedelta(days=round(700 * n / MILESTONES))
        chance, met = self.chance, None
        if due < TODAY and chance.random() < 0.93:  # noqa: PLR2004  # a few stay open, as they do
            met = min(TODAY, due + timedelta(days=chance.randrange(-6, 7))).isoformat()
        code, domain = codes[n % len(codes)]
        return Step(self.id(), code, domain, due.isoformat(), met)
