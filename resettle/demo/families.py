"""Invented families: who they are, what they speak, and whom they come with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from resettle.demo.names import Community, Written
from resettle.households.acts import NewMember, OpenHousehold, PersonFacts
from resettle.households.models import Sex, Source, Stream
from resettle.households.rules import Coded

SYSTEM = "resettle-demo"
SINGLE_NAME = ("", "")
WORKS_FROM = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """Who a family consists of: a principal applicant's age, a partner's, the children's."""

    principal: int
    partner: int | None = None
    children: Sequence[int] = ()
    grandmother: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one family, in a chance order; each given name is used once."""

    community: Community
    family: Written
    women: list[Written]
    men: list[Written]


SHAPES: Sequence[Shape] = (
    Shape(34, 31, (9, 6, 2)),
    Shape(27),
    Shape(41, 38, (15, 12, 8, 4)),
    Shape(29, 26, (1,)),
    Shape(36, None, (11, 7)),
    Shape(44, 40, (17, 13)),
    Shape(31, 30),
    Shape(39, None, (14, 10, 6, 3), grandmother=True),
)
# The trial has few places, so the families of its story are small.
SMALL_SHAPES: Sequence[Shape] = (
    Shape(27),
    Shape(31, 30),
    Shape(29, 26, (1,)),
    Shape(36, None, (11, 7)),
)


def open_household(
    community: Community, shape: Shape, stream: Stream, programme: str, day: date, random: Random
) -> OpenHousehold:
    """Make the command that opens such a household on a day."""
    naming = _naming(community, random)
    woman_leads = shape.partner is None and bool(shape.children)
    members = [_person(naming, shape.principal, day, random, woman=woman_leads)]
    codes = ["PA"]
    if shape.partner is not None:
        members.append(_person(naming, shape.partner, day, random, woman=True))
        codes.append("WIF")
    for age in shape.children:
        girl = random.random() < 0.5  # noqa: PLR2004  # as many girls as boys
        members.append(_person(naming, age, day, random, woman=girl))
        codes.append("DAU" if girl else "SON")
    if shape.grandmother:
        members.append(_person(naming, 66, day, random, woman=True))
        codes.append("PRF")
    return OpenHousehold(
        stream=stream,
        programme_code=programme,
        primary_language=community.language,
        needs_interpreter=random.random() < 0.8,  # noqa: PLR2004  # most do at first
        source=Source.UNHCR,
        members=[
            NewMember(person=person, relationship=Coded(code, code, SYSTEM))
            for person, code in zip(members, codes, strict=True)
        ],
    )


def _naming(community: Community, random: Random) -> Naming:
    return Naming(
        community,
        random.choice(community.families) if community.families else SINGLE_NAME,
        random.sample(community.women, len(community.women)),
        random.sample(community.men, len(community.men)),
    )


def _person(naming: Naming, age: int, day: date, random: Random, *, woman: bool) -> PersonFacts:
    community, family = naming.community, naming.family
    given = (naming.women if woman else naming.men).pop()
    born = day - timedelta(days=age * 365 + age // 4 + random.randrange(20, 330))
    surname = family[0] or given[0]
    worker = age > WORKS_FROM
    return PersonFacts(
        family_name=surname,
        given_name=given[0] if family[0] else "",
        name_in_script=_in_script(given, family),
        sex=Sex.F if woman else Sex.M,
        born_on=born,
        nationality=Coded(community.country, community.country, SYSTEM),
        asylum_country=Coded(community.asylum, community.asylum, SYSTEM),
        phone=f"+64 21 555 {random.randrange(1000, 9999)}" if age >= 16 else None,  # noqa: PLR2004  # who has a phone
        work_years=age - WORKS_FROM if worker else None,
        english_level=random.randrange(1, 4) if worker else None,
        source=Source.UNHCR,
    )


def _in_script(given: Written, family: Written) -> str | None:
    """Give the name in its own script, unless that is the one in which we write."""
    if (given[0], family[0]) == (given[1], family[1]):
        return None
    return f"{given[1]} {family[1]}".strip()
