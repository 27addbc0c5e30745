"""Who is acting: one immutable answer per request, job or command."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    CASEWORKER = "caseworker"
    SPONSOR_MEMBER = "sponsor_member"
    SPONSOR_COORDINATOR = "sponsor_coordinator"
    PROGRAMME_MANAGER = "programme_manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    EVALUATOR = "evaluator"
    HOUSEHOLD_PERSON = "household_person"
    SYSTEM = "system"


BY_LINK = "link:"
SPONSORS = frozenset({Role.SPONSOR_MEMBER, Role.SPONSOR_COORDINATOR})


class Duty(StrEnum):
    """Added to a named caseworker or programme manager, never to an administrator."""

    PRIVACY_OFFICER = "privacy_officer"
    TEAM_LEADER = "team_leader"
    PLACEMENT_OFFICER = "placement_officer"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or process, with everything that a policy may ask about it.

    `scopes` is None for a signed-in session; a personal API token acts only within the
    permissions that its scopes name. `group_ids` are the sponsor groups in which the membership is
    confirmed and vetted; `applying_ids` those that still apply, whose confirmed members act for the
    group before they are vetted: of households they learn nothing. `group_roles` is what they do
    for each of `group_ids`; `language` is the tag of the language in which they read.
    """

    role: Role
    user_id: UUID | None = None
    name: str = ""
    duties: frozenset[Duty] = frozenset()
    locations: frozenset[str] = frozenset()
    group_ids: frozenset[UUID] = frozenset()
    group_roles: frozenset[tuple[UUID, str]] = frozenset()
    applying_ids: frozenset[UUID] = frozenset()
    person_id: UUID | None = None
    scopes: frozenset[str] | None = None
    session_ref: str = ""
    language: str = ""

    @property
    def by_link(self) -> bool:
        """Say whether a one-time link has let them in, and no password of their own."""
        return self.session_ref.startswith(BY_LINK)

    @property
    def own_group_ids(self) -> frozenset[UUID]:
        return self.group_ids | self.applying_ids


SYSTEM = Actor(Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from, for the trail: no query string, no body, a truncated address."""

    request_id: str = ""
    route: str = ""
    method: str = ""
    address: str = ""


NOWHERE = Origin()
