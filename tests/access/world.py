"""The planted world: 24 households in every relation to 17 principals, each text a canary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from resettle.accounts.models import DutyGrant, UserAccount
from resettle.cases.models import Assignment, AssignmentKind, ResettlementCase
from resettle.consents.models import Item
from resettle.consents.rules import Decision
from resettle.core.actor import SYSTEM, Duty, Role
from resettle.core.work import Transactions, UnitOfWork
from resettle.households.models import DenyListed, Household, Person
from resettle.placements.models import SponsorshipStatus
from resettle.sponsors.models import SponsorGroup, SponsorMember
from tests import groups, journeys, world
from tests.access import files
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
    "team-leader": Account(Role.CASEWORKER, (Duty.TEAM_LEADER,)),
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
    "household-person": Account(Role.HOUSEHOLD_PERSON),
    # Who is asked about, and who does what others must not do twice.
    "colleague": Account(Role.CASEWORKER),
    "guest": Account(Role.CASEWORKER),
    "far-coordinator": Account(Role.SPONSOR_COORDINATOR, group="far"),
}
NEVER_ACTIVE = ("invited", "guest")


@dataclass
class World:
    """Everything that was planted: the ids of each household, group and user, and the canaries."""

    canaries: Canaries = field(default_factory=Canaries)
    households: dict[str, dict[str, Ids]] = field(default_factory=dict)
    groups: dict[str, Ids] = field(default_factory=dict)
    users: dict[str, Ids] = field(default_factory=dict)


def plant(transactions: Transactions) -> World:
    """Plant the world, household by household, through the makers and the services."""
    made = World()
    with _arranging(transactions) as uow:
        for name, account in ACCOUNTS.items():
            made.users[name] = _a_user(uow, name, account)
        for name in GROUPS:
            made.groups[name] = _a_group(uow, made, name)
        for name, planted in HOUSEHOLDS.items():
            made.households[name] = _a_household(uow, made, name, planted)
        _pair_up(uow, made)
        _lives_in(uow, made.users["household-person"], made.households["main"]["first"])
        for name in ("caseworker", "colleague"):
            files.imported(uow, made.canaries, name, made)
    return made


def _arranging(transactions: Transactions) -> Any:
    return transactions.begin(SYSTEM, "tests:arrange")


def _a_user(uow: UnitOfWork, name: str, account: Account) -> Ids:
    email = f"{name}@example.org.nz"
    if name in NEVER_ACTIVE:
        return files.invited(uow, email, account.role)
    user = world.a_user(uow, account.role, email=email, name=name, duties=account.duties)
    ids = {"user_id": user.id}
    duty = uow.first(uow.select(DutyGrant).where(DutyGrant.user_id == user.id))
    return ids if duty is None else ids | {"duty_id": duty.id}


def _a_group(uow: UnitOfWork, made: World, name: str) -> Ids:
    group = groups.a_group(uow, status="READY", max_persons=400, max_households=90)
    groups.a_deed(uow, group)
    ids = {"group_id": group.id, **files.of_group(uow, made.canaries, name, group)}
    for user, account in ACCOUNTS.items():
        if account.group == name:
            ids[f"member:{user}"] = _a_member(uow, made, name, user, group).id
    waiting = groups.a_member(uow, group, confirmed=False)
    made.canaries.fill(waiting, f"group:{name}")
    return ids | {"member_id": waiting.id}


def _a_member(
    uow: UnitOfWork, made: World, name: str, user: str, group: SponsorGroup
) -> SponsorMember:
    account = ACCOUNTS[user]
    member = groups.a_member(
        uow,
        group,
        user_id=made.users[user]["user_id"],
        roles=("coordinator",) if account.role is Role.SPONSOR_COORDINATOR else ("befriender",),
        confirmed=account.confirmed,
        vetted_until=account.vetted_until,
    )
    made.canaries.fill(member, f"group:{name}")
    files.trained(uow, made.canaries, name, member)
    return member


def _a_household(uow: UnitOfWork, made: World, name: str, planted: Planted) -> dict[str, Ids]:
    facts: dict[str, Any] = dict(journeys.QUOTA) if planted.quota else {}
    household = world.a_household(
        uow, arrived_on=date(2025, 12, 1), placed_on=date(2026, 1, 5), location="CHC", **facts
    )
    made.canaries.fill(household, name)
    ids: dict[str, Ids] = {}
    first: UUID | None = None
    for who, (relationship, born_on) in PEOPLE.items():
        person, ids[who] = _a_person(uow, made, name, who, household, relationship, born_on, first)
        first = first or person.id
    case = (journeys.a_quota_case if planted.quota else journeys.a_sponsored_case)(uow, household)
    uow.settle()
    _look_after(uow, made, name, planted, household)
    ids[""] = {
        "household_id": household.id,
        **_of_case(uow, made, name, case),
        **files.of_household(uow, made.canaries, name, household, ids),
    }
    if planted.group:
        ids[""] |= _match(uow, made, name, planted, household, ids)
    return ids


def _a_person(
    uow: UnitOfWork,
    made: World,
    name: str,
    who: str,
    household: Household,
    relationship: str,
    born_on: date,
    guardian_id: UUID | None,
) -> tuple[Person, Ids]:
    child = who in {"child", "kept"}
    person = world.a_member(
        uow, household, relationship, born_on=born_on, guardian_id=guardian_id if child else None
    )
    made.canaries.fill(person, name, who)
    ids = files.of_person(uow, made.canaries, name, who, household, person)
    return person, ids


def _of_case(uow: UnitOfWork, made: World, name: str, case: ResettlementCase) -> Ids:
    made.canaries.fill(case, name)
    return {"case_id": case.id, **files.of_case(uow, made.canaries, name, case)}


def _look_after(
    uow: UnitOfWork, made: World, name: str, planted: Planted, household: Household
) -> None:
    def assign(user: str, kind: AssignmentKind, until_on: date | None = None) -> None:
        user_id = made.users[user]["user_id"]
        row = Assignment(household_id=household.id, user_id=user_id, kind=kind, from_on=LONG_AGO)
        row.until_on = until_on
        uow.add(made.canaries.fill(row, name))

    def deny(user: str) -> None:
        row = DenyListed(household_id=household.id, user_id=made.users[user]["user_id"])
        uow.add(made.canaries.fill(row, name))

    if planted.worker:
        assign(planted.worker, planted.kind, planted.until_on)
    if name == "main":
        for user in ("team-leader", "denied-caseworker", "deactivated"):
            assign(user, AssignmentKind.SECOND)
        deny("denied-caseworker")
    if name == "kept":
        deny("caseworker")
        deny("sponsor-member")


def _match(
    uow: UnitOfWork,
    made: World,
    name: str,
    planted: Planted,
    household: Household,
    ids: dict[str, Ids],
) -> Ids:
    group_id = made.groups[planted.group]["group_id"]
    match = files.matched(uow, made.canaries, name, household, group_id, planted.status)
    _share(uow, made, name, planted, household, group_id, ids)
    return {
        "sponsorship_id": match.id,
        **files.answered(uow, made.canaries, name, match, ids),
    }


def _share(
    uow: UnitOfWork,
    made: World,
    name: str,
    planted: Planted,
    household: Household,
    group_id: UUID,
    ids: dict[str, Ids],
) -> None:
    seq = iter(range(2, 100))
    for who, items in planted.shares.items():
        person = uow.find(Person, ids[who]["person_id"])
        assert person is not None
        for item in items:
            for decision in (Decision.GIVE, Decision.WITHDRAW):
                if decision is Decision.WITHDRAW and who not in planted.withdrawn:
                    continue
                entry = world.a_consent(
                    uow,
                    household,
                    person,
                    item,
                    seq=next(seq),
                    decision=decision,
                    recipient_id=group_id,
                    valid_from=uow.now - timedelta(days=2),
                    expires_on=planted.expires_on,
                )
                made.canaries.fill(entry, name, who)
                if decision is Decision.GIVE:
                    ids[who][f"entry:{item.value}"] = entry.id


def _pair_up(uow: UnitOfWork, made: World) -> None:
    """Let each household have somebody who may be on record in the next one too."""
    names = [*made.households]
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        mine, theirs = made.households[name]["first"], made.households[other]["first"]
        mine["candidate_id"] = files.alike(uow, made.canaries, name, mine, theirs)


def _lives_in(uow: UnitOfWork, user: Ids, person: Ids) -> None:
    account = uow.find(UserAccount, user["user_id"])
    assert account is not None
    account.person_id = person["person_id"]
