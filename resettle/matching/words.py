"""What the codes of placement are called on pages."""

from collections.abc import Iterable, Mapping

from resettle.programmes.placement import Criterion, Facet, Rule, Service

SERVICES: Mapping[str, str] = {
    Service.SPECIALIST_HEALTH: "Specialist health",
    Service.SPECIAL_EDUCATION: "Special education",
    Service.SECONDARY_SCHOOL: "Secondary school",
    Service.ENGLISH_CLASSES: "English classes",
    Service.PUBLIC_TRANSPORT: "Public transport",
    Service.MOSQUE: "Mosque",
    Service.CHURCH: "Church",
    Service.TEMPLE: "Temple",
    Service.STEP_FREE: "House without steps",
}
FACETS: Mapping[str, str] = {
    Facet.CHILDREN: "Families with children",
    Facet.NO_CHILDREN: "Households without children",
    Facet.ONE_PERSON: "One person alone",
    Facet.LARGE: "Six people or more",
    Facet.SOME_ENGLISH: "Some English",
}
# Fields of work by the first digit of ISCO-08.
WORK: Mapping[str, str] = {
    "1": "Managers",
    "2": "Professionals",
    "3": "Technicians",
    "4": "Office work",
    "5": "Service and sales",
    "6": "Farming and fishing",
    "7": "Crafts and trades",
    "8": "Machines and driving",
    "9": "Labouring",
}
RULES: Mapping[Rule, str] = {
    Rule.OPEN: "It is not open to this household.",
    Rule.ROOM: "There is not enough room left.",
    Rule.SIZE: "The household is larger than this place takes.",
    Rule.PROGRAMME: "The programme does not settle households there.",
    Rule.SERVICES: "A service that the household needs is not there.",
    Rule.STEP_FREE: "No house without steps is at hand.",
    Rule.LINKED: "It is far from those with whom the household is linked.",
}
CRITERIA: Mapping[Criterion, str] = {
    Criterion.FAMILY_TIES: "Family and friends",
    Criterion.COMMUNITY: "Community of the same language",
    Criterion.INTERPRETERS: "Interpreters",
    Criterion.WORK: "Work",
    Criterion.SERVICES: "Services it wants",
    Criterion.HOUSING_WAIT: "A house soon",
    Criterion.HOUSEHOLD_WISH: "Its own wish",
    Criterion.GROUP_PREFERENCE: "What the group prefers",
}


def named(codes: Iterable[str], words: Mapping[str, str]) -> list[str]:
    """Call codes by their words, in the order of the words."""
    here = {*codes}
    return [word for code, word in words.items() if code in here]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(code), word) for code, word in words.items()]
