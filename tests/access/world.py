"""The planted world: 24 households in every relation to 17 principals, each text a canary."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from resettle.accounts.models import DutyGrant, FamilyLink, LinkPurpose, UserAccount
from resettle.cases.absences import Absence
from resettle.cases.models import ResettlementCase
from resettle.core.actor import SYSTEM, Role
from resettle.core.work import Transactions, UnitOfWork
from resettle.day.rules import Source
from resettle.notifications.models import Reminder
from resettle.sponsors.models import SponsorGroup, SponsorMember
from tests import groups, journeys, world
from tests.access import (
    figure_acts,
    files,
    group_files,
    matching,
    money_files,
    strain_files,
    survey_files,
)
from tests.access.cast import (
    ACCOUNTS,
    CHILDREN,
    GROUPS,
    HOUSEHOLDS,
    NEVER_ACTIVE,
    PEOPLE,
    Account,
    Planted,
    World,
)
from tests.access.files import Ids


def plant(transactions: Transactions) -> World:
    """Plant the world, household by household, through the makers and the services."""
    made = World()
    with _arranging(transactions) as uow:
        for name, account in ACCOUNTS.items():
            made.users[name] = _a_user(uow, made, name, account)
        for name in GROUPS:
            made.groups[name] = _a_group(uow, made, name)
        for name, planted in HOUSEHOLDS.items():
            made.households[name] = _a_household(uow, made, name, planted)
        made.shared = figure_acts.of_everybody(uow)
        _pair_up(uow, made)
        _linked(uow, made)
        _lives_in(uow, made.users["household-person"], made.households["main"]["first"])
        for name in ("caseworker", "colleague"):
            group_files.imported(uow, made.canaries, name, made)
            made.users[name]["reminder_id"] = _reminder(uow, made, name)
    return made


def _reminder(uow: UnitOfWork, made: World, name: str) -> UUID:
    """Remind a caseworker of one of their households."""
    household = {"caseworker": "main", "colleague": "strange"}[name]
    return uow.add(
        Reminder(
            user_id=made.users[name]["user_id"],
            household_id=made.households[household][""]["household_id"],
            source=Source.CONTACT,
            subject_id=made.households[household][""]["household_id"],
            due_on=date(2026, 3, 1),
            made_at=uow.now,
        )
    ).id


def _arranging(transactions: Transactions) -> Any:
    return transactions.begin(SYSTEM, "tests:arrange")


def _a_user(uow: UnitOfWork, made: World, name: str, account: Account) -> Ids:
    email = f"{name}@example.org.nz"
    if name in NEVER_ACTIVE:
        return files.invited(uow, email, account.role)
    user = world.a_user(uow, account.role, email=email, name=name, duties=account.duties)
    ids = {"user_id": user.id, "draft_id": files.draft(uow, made.canaries, name, user.id)}
    if account.role is Role.CASEWORKER:
        ids["view_id"] = files.view(uow, made.canaries, name, user.id)
        ids["export_id"] = survey_files.taken(uow, made.canaries, name, user.id)
    if name in {"caseworker", "colleague"}:
        leave = Absence(user_id=user.id, from_on=date(2026, 7, 1), until_on=date(2026, 7, 15))
        ids["absence_id"] = uow.add(leave).id
    duty = uow.first(uow.select(DutyGrant).where(DutyGrant.user_id == user.id))
    return ids if duty is None else ids | {"duty_id": duty.id}


def _a_group(uow: UnitOfWork, made: World, name: str) -> Ids:
    group = groups.a_group(uow, status="READY", max_persons=400, max_households=90)
    ids = {"group_id": group.id, "deed_id": groups.a_deed(uow, group).id}
    ids |= group_files.of_group(uow, made.canaries, name, group)
    ids |= survey_files.reported(uow)
    ids |= strain_files.of_group(uow, made.canaries, name, group.id)
    for user, account in ACCOUNTS.items():
        if account.group == name:
            ids[f"member:{user}"] = _a_member(uow, made, name, user, group).id
    waiting = groups.a_member(uow, group, confirmed=False)
    made.canaries.fill(waiting, f"group:{name}")
    group_files.trained(uow, made.canaries, name, waiting)
    books = money_files.of_group(uow, made.canaries, name, group.id, waiting.id)
    applied = group_files.applied(uow, made.canaries, name, group)
    return ids | applied | books | {"member_id": waiting.id}


def _a_member(
    uow: UnitOfWork, made: World, name: str, user: str, group: SponsorGroup
) -> SponsorMember:
    account = ACCOUNTS[user]
    member = groups.a_member(
        uow,
        group,
        user_id=made.users[user]["user_id"],
        # Small groups have one person for both.
        roles=("coordinator", "treasurer")
        if account.role is Role.SPONSOR_COORDINATOR
        else ("befriender",),
        confirmed=account.confirmed,
        vetted_until=account.vetted_until,
    )
    made.canaries.fill(member, f"group:{name}")
    group_files.trained(uow, made.canaries, name, member)
    money_files.spent(uow, made.canaries, name, group.id, member.id, user)
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
        guardian_id = first if who in CHILDREN else None
        person = world.a_member(
            uow, household, relationship, born_on=born_on, guardian_id=guardian_id
        )
        made.canaries.fill(person, name, who)
        ids[who] = files.of_person(uow, made.canaries, name, who, household, person)
        first = first or person.id
    case = (journeys.a_quota_case if planted.quota else journeys.a_sponsored_case)(uow, household)
    uow.settle()
    matching.look_after(uow, made, name, household)
    ids[""] = {
        "household_id": household.id,
        **_of_case(uow, made, name, case),
        **files.of_household(uow, made.canaries, name, household, ids),
    }
    if planted.group:
        ids[""] |= matching.match(uow, made, name, household, ids)
    return ids


def _of_case(uow: UnitOfWork, made: World, name: str, case: ResettlementCase) -> Ids:
    made.canaries.fill(case, name)
    return {"case_id": case.id, **files.of_case(uow, made.canaries, name, case)}


def _pair_up(uow: UnitOfWork, made: World) -> None:
    """Let each household have somebody who may be on record in the next one too."""
    names = [*made.households]
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        mine, theirs = made.households[name]["first"], made.households[other]["first"]
        mine["candidate_id"] = files.alike(uow, made.canaries, name, mine, theirs)
        child = made.households[name]["child"]
        mine["merge_id"] = files.to_be_one(uow, made.canaries, name, mine, child)


def _linked(uow: UnitOfWork, made: World) -> None:
    """Make a link for each person, which waits to be opened."""
    user_id, maker = made.users["household-person"]["user_id"], made.users["caseworker"]["user_id"]
    for name, found in made.households.items():
        for who in PEOPLE:
            link = FamilyLink(
                user_id=user_id,
                household_id=found[""]["household_id"],
                person_id=found[who]["person_id"],
                token_hash=f"{name}:{who}",
                auth_epoch=0,
                purpose=LinkPurpose.PAGE,
                language="ar",
                made_at=uow.now,
                made_by=maker,
                expires_at=uow.now + timedelta(hours=72),
            )
            found[who]["link_id"] = uow.add(link).id


def _lives_in(uow: UnitOfWork, user: Ids, person: Ids) -> None:
    account = uow.find(UserAccount, user["user_id"])
    assert account is not None
    account.person_id = person["person_id"]
