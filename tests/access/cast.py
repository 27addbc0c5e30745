"""Who is in the planted world: 24 households, 3 groups and the users, and what is said of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from resettle.cases.models import AssignmentKind
from resettle.consents.models import Item
from resettle.core.actor import Duty, Role
from resettle.placements.models import SponsorshipStatus
from tests.access.canaries import Canaries
from tests.access.files import Ids

LONG_AGO = date(2025, 1, 1)
YESTERDAY, NEXT_YEAR = date(2026, 3, 1), date(2027, 3, 1)
ADULTS = ("first", "spouse")
PEOPLE: Mapping[str, tuple[str, date]] = {
    "first": ("PA", date(1988, 2, 1)),
    "spouse": ("WIF", date(1990, 5, 17)),
    "child": ("SON", date(2016, 9, 3)),
    "kept": ("DAU", date(2018, 9, 3)),
}
CHILDREN = frozenset({"child", "kept"})
SHARED = (Item.PROFILE, Item.NAME, Item.BIRTH_DATE, Item.PHOTO, Item.PHONE, Item.ADDRESS)
EVERYTHING = {"first": SHARED, "spouse": SHARED, "child": SHARED}
Status = SponsorshipStatus


@dataclass(frozen=True, slots=True)
class Planted:
    """What is said of one household: its group, how the match stands, what its people share."""

    group: str = "far"
    status: Status = Status.CONFIRMED
    shares: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    expires_on: date | None = None
    worker: str = ""
    kind: AssignmentKind = AssignmentKind.PRIMARY
    until_on: date | None = None
    quota: bool = False


def _of_each(*items: Item) -> Mapping[str, tuple[Item, ...]]:
    return dict.fromkeys(ADULTS, items)


HOUSEHOLDS: Mapping[str, Planted] = {
    "main": Planted("near", shares=EVERYTHING, worker="caseworker"),
    "offered": Planted("near", Status.PROPOSED, shares=_of_each(Item.PROFILE)),
    "accepted": Planted("near", Status.ACCEPTED, shares=EVERYTHING),
    "suspended": Planted("near", Status.SUSPENDED, shares=EVERYTHING),
    "ended": Planted("near", Status.ENDED, shares=EVERYTHING),
    "declined": Planted("near", Status.DECLINED, shares=EVERYTHING),
    "silent": Planted("near"),
    "taken-back": Planted("near", shares=EVERYTHING, withdrawn=(*ADULTS, "child")),
    "lapsed": Planted("near", shares=EVERYTHING, expires_on=YESTERDAY),
    "unshown": Planted(
        "near", Status.PROPOSED, shares=_of_each(Item.PROFILE), withdrawn=("spouse",)
    ),
    "split": Planted("near", shares=EVERYTHING, withdrawn=("first",)),
    "names": Planted("near", shares=_of_each(Item.NAME)),
    "photos": Planted("near", shares=_of_each(Item.PHOTO)),
    "phones": Planted("near", shares=_of_each(Item.PHONE)),
    "addresses": Planted("near", shares=_of_each(Item.ADDRESS)),
    "profiles": Planted("near", shares=_of_each(Item.PROFILE)),
    "kept": Planted("near", shares=EVERYTHING, worker="caseworker"),
    "past": Planted("past", Status.ENDED, shares=EVERYTHING),
    "cover": Planted(
        shares=EVERYTHING,
        worker="caseworker",
        kind=AssignmentKind.COVER,
        until_on=NEXT_YEAR,
    ),
    "former": Planted(worker="caseworker", until_on=YESTERDAY),
    "strange": Planted(shares=EVERYTHING, worker="colleague"),
    "quota": Planted("", worker="colleague", quota=True),
    "quota-second": Planted("", worker="colleague", quota=True),
    "quota-third": Planted("", quota=True),
}
GROUPS = ("near", "far", "past")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the world: the group and how the membership stands, if a sponsor."""

    role: Role
    duties: tuple[Duty, ...] = ()
    group: str = ""
    confirmed: bool = True
    vetted_until: date = date(2028, 1, 1)
    left_on: date | None = None


ACCOUNTS: Mapping[str, Account] = {
    "deactivated": Account(Role.CASEWORKER),
    "invited": Account(Role.CASEWORKER),
    "caseworker": Account(Role.CASEWORKER),
    # Who leads a team here also places its households; test_matching_service.py tells them apart.
    "team-leader": Account(Role.CASEWORKER, (Duty.TEAM_LEADER, Duty.PLACEMENT_OFFICER)),
    "privacy-officer": Account(Role.CASEWORKER, (Duty.PRIVACY_OFFICER,)),
    "denied-caseworker": Account(Role.CASEWORKER),
    "sponsor-member": Account(Role.SPONSOR_MEMBER, group="near"),
    "sponsor-coordinator": Account(Role.SPONSOR_COORDINATOR, group="near"),
    "unconfirmed-sponsor": Account(Role.SPONSOR_MEMBER, group="near", confirmed=False),
    "expired-sponsor": Account(Role.SPONSOR_MEMBER, group="near", vetted_until=YESTERDAY),
    "ended-sponsor": Account(Role.SPONSOR_COORDINATOR, group="past"),
    "programme-manager": Account(Role.PROGRAMME_MANAGER),
    "administrator": Account(Role.ADMINISTRATOR),
    "auditor": Account(Role.AUDITOR),
    "evaluator": Account(Role.EVALUATOR),
    "household-person": Account(Role.HOUSEHOLD_PERSON),
    # Who is asked about, and who does what others must not do twice.
    "colleague": Account(Role.CASEWORKER),
    "guest": Account(Role.CASEWORKER),
    "far-coordinator": Account(Role.SPONSOR_COORDINATOR, group="far"),
}
NEVER_ACTIVE = ("invited", "guest")


@dataclass
class World:
    """Everything that was planted: the ids of all households, groups, users, and the canaries.

    `shared` are those of what belongs to nobody, such as figures.
    """

    canaries: Canaries = field(default_factory=Canaries)
    households: dict[str, dict[str, Ids]] = field(default_factory=dict)
    groups: dict[str, Ids] = field(default_factory=dict)
    users: dict[str, Ids] = field(default_factory=dict)
    shared: Ids = field(default_factory=dict)
