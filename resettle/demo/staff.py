"""The demonstration's users: one of every role at least, in three locations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from resettle.accounts import entrance
from resettle.accounts.credentials import Passwords
from resettle.accounts.service import GrantDuty, InviteUser, grant_duty, invite
from resettle.core.actor import Actor, Duty, Role
from resettle.core.work import UnitOfWork
from resettle.settings import Settings

PASSWORD = "nau mai ki te motu"  # noqa: S105  # printed by the demonstration, which has no secrets
LOCATIONS = ("CHC", "PMR", "NSN")


@dataclass(frozen=True, slots=True)
class User:
    email: str
    name: str
    role: Role
    locations: Sequence[str] = ()
    duties: Sequence[Duty] = ()


USERS: Sequence[User] = (
    User("caseworker@demo.test", "Aroha Ngata", Role.CASEWORKER, ["CHC"]),
    User("caseworker.manawatu@demo.test", "Sione Taufa", Role.CASEWORKER, ["PMR"]),
    User("caseworker.nelson@demo.test", "Helen McKay", Role.CASEWORKER, ["NSN"]),
    User(
        "leader@demo.test",
        "Wiremu Parata",
        Role.CASEWORKER,
        LOCATIONS,
        [Duty.TEAM_LEADER, Duty.PLACEMENT_OFFICER],
    ),
    User(
        "manager@demo.test",
        "Priya Raman",
        Role.PROGRAMME_MANAGER,
        LOCATIONS,
        [Duty.PRIVACY_OFFICER],
    ),
    User("coordinator@demo.test", "Ruth Ellison", Role.SPONSOR_COORDINATOR),
    User("applicant@demo.test", "Mereana Hohepa", Role.SPONSOR_COORDINATOR),
    User("panel@demo.test", "Ewan Stewart", Role.PROGRAMME_MANAGER, LOCATIONS),
    User("member@demo.test", "Tom Fraser", Role.SPONSOR_MEMBER),
    User("family@demo.test", "A member of a household", Role.HOUSEHOLD_PERSON),
    User("admin@demo.test", "Dana Whitcombe", Role.ADMINISTRATOR),
    User("auditor@demo.test", "Graham Lloyd", Role.AUDITOR),
    User("evaluator@demo.test", "Mei Tanaka", Role.EVALUATOR),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts, as the actors that the story is told by."""

    actors: Mapping[str, Actor]

    def caseworkers(self) -> Iterator[Actor]:
        """Name the caseworkers of the locations, in their order."""
        for user in USERS:
            if user.role is Role.CASEWORKER and not user.duties:
                yield self.actors[user.email]

    @property
    def leader(self) -> Actor:
        return self.actors["leader@demo.test"]


def open_accounts(uow: UnitOfWork) -> Staff:
    """Open every account that belongs to nobody of a household."""
    passwords = Passwords.of(uow.use(Settings))
    hashed = passwords.hash(PASSWORD)
    return Staff(
        {
            user.email: _open(uow, user, hashed)
            for user in USERS
            if user.role is not Role.HOUSEHOLD_PERSON
        }
    )


def open_for_person(uow: UnitOfWork, person_id: UUID, name: str) -> Actor:
    """Open the account of one person of a household."""
    [user] = [user for user in USERS if user.role is Role.HOUSEHOLD_PERSON]
    hashed = Passwords.of(uow.use(Settings)).hash(PASSWORD)
    return _open(uow, User(user.email, name, user.role), hashed, person_id)


def _open(uow: UnitOfWork, user: User, hashed: str, person_id: UUID | None = None) -> Actor:
    command = InviteUser(user.email, user.name, user.role, user.locations, person_id)
    account = invite(uow, command)
    for duty in user.duties:
        grant_duty(uow, account.id, GrantDuty(duty, "for the demonstration"))
    entrance.activate(uow, account.id, hashed)
    return Actor(
        user.role,
        account.id,
        user.name,
        duties=frozenset(user.duties),
        locations=frozenset(user.locations),
    )
