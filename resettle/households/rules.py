"""What follows from birth days, names and memberships. Pure: the day is an argument."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

ADULT_AGE = 18
ASKED_AGE = 16
ASSENT_AGE = 12
SCHOOL_AGES = range(5, 17)
WORKING_AGES = range(15, 65)
OLDER_AGE = 65
OLDEST = 120
YOUNGEST_PRINCIPAL = 5
EARLIEST_BIRTH = date(1900, 1, 1)
SUFFIXES = (" region", " city", " district", " council")
PRINCIPAL = "PA"
# UNHCR’s relationship codes, as its form v4.1 has them.
RELATIONSHIPS = frozenset(
    {
        *("PA", "HUS", "WIF", "CLH", "CLW", "PTM", "PTF", "EXM", "EXF"),
        *("SON", "DAU", "SCM", "SCF", "FCM", "FCF", "CLM", "CLF", "GCM", "GCF"),
        *("PRM", "PRF", "SPM", "SPF", "FP", "FPM", "FPF", "PLM", "PLF", "GPM", "GPF"),
        *("SBM", "SBF", "HAB", "HAS", "SPB", "SPS", "BIL", "SIL", "UNC", "ANT", "NEP", "NCE"),
        *("COM", "COF", "ILM", "ILF", "ORM", "ORF", "NRM", "NRF", "HR1", "HR2", "UKM", "UKF", "U"),
    }
)
MARITAL = ("SN", "MA", "CL", "EG", "P", "PT", "SR", "DV", "WD", "U")
RISKS = ("none", "low", "medium", "high")

BANDS = ((0, 4), (5, 12), (13, 17), (18, 24), (25, 44), (45, 64))


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded fact with the code that it came from, so that a mapping can be looked at again.

    The same letters mean different things in different versions of a code system.
    """

    value: str
    source_code: str = ""
    code_system: str = ""

    @property
    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str | None) -> "Coded | None":
        return None if text is None else cls(**json.loads(text))


def value_of(text: str | None) -> str | None:
    """Read the code itself out of a kept coded fact."""
    coded = Coded.of(text)
    return None if coded is None else coded.value


def birthday(born: date, age: int) -> date:
    """Name the day on which somebody reaches an age; who is born on 29 February, on 1 March."""
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(day: date, born: date) -> int:
    """Count the full years. Before birth the age is negative."""
    return day.year - born.year - (day < birthday(born, day.year - born.year))


def is_adult(day: date, born: date) -> bool:
    return age_on(day, born) >= ADULT_AGE


def is_child(day: date, born: date) -> bool:
    return not is_adult(day, born)


def is_asked_themselves(day: date, born: date) -> bool:
    """Tell whether nobody else may consent for a person of this age."""
    return age_on(day, born) >= ASKED_AGE


def is_school_age(day: date, born: date) -> bool:
    return age_on(day, born) in SCHOOL_AGES


def is_working_age(day: date, born: date) -> bool:
    return age_on(day, born) in WORKING_AGES


def age_band(day: date, born: date) -> str:
    age = age_on(day, born)
    inside = (f"{low}-{high}" for low, high in BANDS if low <= age <= high)
    return next(inside, f"{OLDER_AGE}+")


def composition(day: date, births: Iterable[date]) -> str:
    """Say in words who lives together, such as "2 adults, 1 child"."""
    kinds = Counter("adult" if is_adult(day, born) else "child" for born in births)
    parts = [
        _counted(kinds["adult"], "adult", "adults"),
        _counted(kinds["child"], "child", "children"),
    ]
    return ", ".join(part for part in parts if part) or "nobody"


def _counted(number: int, one: str, more: str) -> str:
    if number == 0:
        return ""
    return f"{number} {one if number == 1 else more}"


def birth_fault(day: date, born: date) -> str | None:
    """Say what is wrong with a birth day, if something is."""
    if born > day:
        return "The birth day lies in the future."
    if born < EARLIEST_BIRTH or age_on(day, born) > OLDEST:
        return f"This would make the person older than {OLDEST} years. Check the year."
    return None


def full_name(given: str, other: str, family: str) -> str:
    """Write a name as New Zealand forms do: given names first; a single name stands alone."""
    return " ".join(part for part in (given.strip(), other.strip(), family.strip()) if part)


def household_name(family: str, given: str) -> str:
    return family.strip() or given.strip()


def is_open(day: date, joined: date, left: date | None) -> bool:
    """Tell whether a membership covers a day; on the day of leaving it no longer does."""
    return joined <= day and (left is None or day < left)


def reference(year: int, number: int) -> str:
    return f"R-{year}-{number:04d}"


PARTNERS = frozenset({"HUS", "WIF", "CLH", "CLW", "PTM", "PTF"})
DEPENDANTS = frozenset({"SON", "DAU", "SCM", "SCF", "FCM", "FCF", "GCM", "GCF", "NEP", "NCE"})


def role_of(relationship: str) -> str:
    """Say what somebody is in the household, by their relationship to its principal applicant."""
    if relationship == PRINCIPAL:
        return "principal"
    if relationship in PARTNERS:
        return "partner"
    return "dependant" if relationship in DEPENDANTS else "other"


def principal_fault(day: date, born: date) -> str | None:
    if age_on(day, born) < YOUNGEST_PRINCIPAL:
        return "A small child cannot be the principal applicant. Check the birth day."
    return None


def departure_fault(day: date, joined: date, left: date) -> str | None:
    if left > day:
        return "The day of leaving lies in the future. Record it when it has come."
    if left < joined:
        return "The day of leaving lies before the day of joining."
    return None


def joining_fault(day: date, born: date, joined: date) -> str | None:
    if joined > day:
        return "The day of joining lies in the future. Record it when it has come."
    if joined < born:
        return "The day of joining lies before the birth."
    return None


def latest_birth(day: date, age: int) -> date:
    """Name the last birth day with which somebody has reached an age by this day."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:
        return date(day.year - age, 2, 28)


def known_location(text: str, names: Mapping[str, str]) -> str:
    """Give the code of a settlement location that was written as its name; else the text itself.

    A sponsored household may live in any territorial authority, also one that is on no list.
    """
    wanted = _plain(text)
    for code, name in names.items():
        if wanted in {_plain(code), _plain(name)}:
            return code
    return text.strip()


def _plain(text: str) -> str:
    folded = text.strip().casefold()
    for suffix in SUFFIXES:
        folded = folded.removesuffix(suffix)
    return folded


def place_fault(location: str, names: Mapping[str, str], *, anywhere: bool) -> str | None:
    """Say why a household cannot live there; sponsored ones may live in any town."""
    if location in names:
        return None
    if not anywhere:
        return "Choose one of the settlement locations."
    letters = any(each.isalpha() for each in location)
    digits = any(each.isdigit() for each in location)
    return None if letters and not digits else "Write the name of the town."
