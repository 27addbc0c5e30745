"""Who may be shown which canary: access.md 2.1 written down once more, apart from the product."""

from collections.abc import Mapping

from resettle.consents.models import Item
from resettle.core.classes import DataClass as D
from tests.access import principals
from tests.access.canaries import Mark
from tests.access.cast import ADULTS, HOUSEHOLDS

FILE = frozenset({D.PROFILE, D.IDENT, D.LOC, D.ORIGIN, D.HEALTH, D.PROT, D.NOTE, D.PLAN, D.FIN})
NEVER_BY_SPONSORS = frozenset({D.ORIGIN, D.HEALTH, D.PROT, D.NOTE})
OF_ONESELF = FILE - {D.NOTE}
BY_RELATION: Mapping[str, frozenset[D]] = {
    "assigned": FILE,
    "cover": FILE,
    "offered": frozenset({D.PROFILE}),
    "active": frozenset({D.PROFILE, D.PLAN}),
    "self": frozenset({D.PROFILE, D.PLAN}),
}
NAMES = frozenset(
    {"family_name", "given_name", "other_names", "preferred_name", "name_in_script"}
) | {"pronunciation"}
# Who sees that a crisis flag is up, and why.
FLAGGED = frozenset(
    {"caseworker", "team-leader", "privacy-officer", "denied-caseworker", "programme-manager"}
)
# What the placement officer knows of every household: practical facts, by file number.
PLACED = frozenset({"match_household", "match_ruling", "place_decision"})
ITEMS: Mapping[str, Item] = {
    "roster_shift.place": Item.ADDRESS,
    "household.display_name": Item.NAME,
    **{f"person.{name}": Item.NAME for name in NAMES},
    "photo.content": Item.PHOTO,
    "person.phone": Item.PHONE,
    "person.address": Item.ADDRESS,
    "dwelling.address": Item.ADDRESS,
    "dwelling.directions": Item.ADDRESS,
    "placement.address": Item.ADDRESS,
}
# Of sponsor groups: what is seen of one's own, and of a group that one has to do with.
_MEMBER = frozenset({D.PROFILE, D.IDENT, D.PLAN})
_COORDINATOR = _MEMBER | {D.LOC, D.VET}
OF_GROUPS: Mapping[str, Mapping[str, frozenset[D]]] = {
    "sponsor-member": {"near": _MEMBER},
    "sponsor-coordinator": {"near": _COORDINATOR},
    "ended-sponsor": {"past": _COORDINATOR},
    "household-person": {"near": frozenset({D.PROFILE})},
    "caseworker": {"near": _COORDINATOR, "far": _COORDINATOR},
    "team-leader": {"near": _COORDINATOR},
}
OF_ALL_GROUPS: Mapping[str, frozenset[D]] = {
    "programme-manager": _COORDINATOR,
    "caseworker": frozenset({D.PROFILE, D.LOC}),
    "team-leader": frozenset({D.PROFILE, D.LOC}),
    "privacy-officer": frozenset({D.PROFILE, D.LOC}),
    "denied-caseworker": frozenset({D.PROFILE, D.LOC}),
}

# The books of a group: its coordinators, and of their own spending those who may act for it.
BOOKS = frozenset({"fund_entry", "fund_receipt", "fund_pledge"})
OF_BOOKS: Mapping[str, str] = {"sponsor-coordinator": "near", "ended-sponsor": "past"}
REPORTS = frozenset({"group_report", "report_comment"})
# What is noted about groups is for managers; messages to all groups are for each of their members.
TO_MANY: Mapping[str, frozenset[str]] = {
    "supervision_note": frozenset({"programme-manager"}),
    "group_message": frozenset({"programme-manager", "ended-sponsor"})
    | {"sponsor-member", "sponsor-coordinator"},
}
GROUP = frozenset({"sponsor-member", "sponsor-coordinator"})
SPENDERS = frozenset({"sponsor-member"})


def allowed(principal: str, mark: Mark) -> bool:
    """Say whether a principal may be shown a canary, anywhere."""
    return mark.data_class is not D.SECRET and _allowed(principal, mark)


def _allowed(principal: str, mark: Mark) -> bool:
    kind, _, name = mark.household.partition(":")
    if kind == "user" or mark.table in TO_MANY:
        return principal in TO_MANY.get(mark.table, frozenset({name}))
    if mark.table in BOOKS:
        return name == OF_BOOKS.get(principal) or mark.person == principal in SPENDERS
    if kind == "group":
        seen = OF_GROUPS.get(principal, {}).get(name, frozenset())
        return mark.data_class in seen | OF_ALL_GROUPS.get(principal, frozenset())
    # Of two adults one did not agree that the group reads what they said.
    silent = (mark.table, mark.person) == ("family_section", "spouse")
    reads = mark.table in REPORTS and principal == "programme-manager"
    reads = reads or (mark.table in PLACED and _places(principal, mark))
    return reads or (not (silent and principal in GROUP) and _of_household(principal, mark))


def _places(principal: str, mark: Mark) -> bool:
    """Say who is trusted with placing; here it is who leads the team."""
    return principal == "team-leader" and mark.data_class is D.PROFILE


def _worry(principal: str, mark: Mark) -> bool:
    """Say who sees a flag; and a complaint: managers, who made it, nobody who looks after them."""
    if mark.table == "crisis":
        return principal in FLAGGED
    own = principals.stands(principal, mark.household) == "self" and mark.person == "first"
    return principal == "programme-manager" or own


def _of_household(principal: str, mark: Mark) -> bool:
    if mark.table in {"crisis", "complaint"}:
        return _worry(principal, mark)
    relation = principals.stands(principal, mark.household)
    if mark.data_class in BY_RELATION.get(relation, frozenset()):
        return not (relation == "self" and _is_somebody_elses(mark))
    if relation == "self":
        return _at_home(mark)
    return relation == "active" and ITEMS.get(mark.place) in shared(mark.household, mark.person)


def _is_somebody_elses(mark: Mark) -> bool:
    """Say whether it is the plan of another person at home: profiles are seen, plans are not."""
    return mark.data_class is D.PLAN and mark.person in {"spouse", "kept"}


def _at_home(mark: Mark) -> bool:
    """Say what a household person sees beyond what all at home see: their own, and names."""
    if principals.AT_HOME.get(mark.person) in {"self", "guardian"}:
        return mark.data_class in OF_ONESELF
    return ITEMS.get(mark.place) is Item.NAME


def shared(household: str, person: str) -> frozenset[Item]:
    """Tell what somebody shares with the group now; of the household, what every adult does."""
    if not person:
        return frozenset.intersection(*(shared(household, adult) for adult in ADULTS))
    said = HOUSEHOLDS[household]
    over = said.expires_on is not None or person in said.withdrawn
    return frozenset() if over else frozenset(said.shares.get(person, ()))
