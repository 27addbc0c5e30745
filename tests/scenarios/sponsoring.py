"""Sponsor groups on their way from enquiry to ready: each fact supplied by its own act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from resettle.core.actor import Role
from tests.scenarios.office import Office, Somebody

WAY = (
    "PREPARING",
    "APPLICATION_DRAFT",
    "SUBMITTED",
    "UNDER_ASSESSMENT",
    "APPROVED",
    "DEED_SIGNED",
    "TRAINING",
    "READY",
)
ROUTES = ("NOMINATED", "UNHCR_MATCHED")


@dataclass
class Group:
    """A sponsor group, with somebody who leads it."""

    office: Office
    id: str
    coordinator: Somebody

    @property
    def path(self) -> str:
        return f"/api/sponsor-groups/{self.id}"

    @property
    def status(self) -> str:
        return str(self.office.manager.get(self.path)["status"])

    def go(self, to: str) -> None:
        """Move on, after everything that is missing has been supplied."""
        manager = self.office.manager
        moves = {move["to"]: move for move in manager.items(f"{self.path}/possible-moves")}
        for fact in moves[to]["missing"]:
            SUPPLIES.get(fact, _recorded(fact))(self)
        manager.post(f"{self.path}/moves", to=to)

    def joined_by(self, who: Somebody, name: str, *roles: str) -> None:
        """Take somebody in: put forward, vetted, trained, and confirmed by two others."""
        manager, day = self.office.manager, self.office.today
        member = manager.post(
            f"{self.path}/members", name=name, roles=roles, joined_on=day, user_id=who.id
        )
        path = f"/api/sponsor-groups/members/{member['id']}"
        days = {"agreed_on": day, "requested_on": day, "decided_on": day}
        manager.post(f"{path}/vetting", outcome="clear", **days)
        for module in ("child_protection", "post_approval"):
            manager.post(f"{path}/trainings", module=module, completed_on=day)
        first = self.office.other_manager if who is self.coordinator else self.coordinator
        first.post(f"{path}/confirmation")
        manager.post(f"{path}/confirmation")


def a_ready_group(
    office: Office,
    legal_name: str = "Church of the Open Door",
    *,
    location: str = "TIU",
    persons: int = 12,
    households: int = 3,
    kind: str = "RELIGIOUS_ORGANISATION",
    trading_name: str = "",
) -> Group:
    """Take a group all the way from its enquiry to being ready, with its deed signed."""
    made = office.manager.post(
        "/api/sponsor-groups",
        legal_name=legal_name,
        trading_name=trading_name,
        entity_type=kind,
        location=location,
        programme="cors",
    )
    group = Group(office, made["id"], office.somebody(Role.SPONSOR_COORDINATOR))
    group.joined_by(group.coordinator, "Aroha Ngata", "coordinator", "housing_lead")
    for stage in WAY:
        if stage == "APPROVED":
            _approved(group, persons, households)
        group.go(stage)
    return group


def _approved(group: Group, persons: int, households: int) -> None:
    group.office.manager.post(
        f"{group.path}/approval",
        max_persons=persons,
        max_households=households,
        routes=ROUTES,
        decided_on=group.office.today,
    )


def _prerequisites(group: Group) -> None:
    for item in group.office.manager.items(f"{group.path}/checklist"):
        path = f"{group.path}/checklist/{item['id']}"
        answer = group.office.manager.puts(path, item["version"], status="met")
        assert answer.status_code == 200, answer.get_json()


def _deed(group: Group) -> None:
    day = group.office.today
    group.office.manager.post(f"{group.path}/deeds", signed_on=day, effective_from=day)


def _recorded(fact: str) -> Callable[[Group], Any]:
    return lambda group: group.office.manager.post(
        f"{group.path}/steps", fact=fact, done_on=group.office.today
    )


SUPPLIES: Mapping[str, Callable[[Group], Any]] = {
    "prerequisites.met": _prerequisites,
    "deed.signed": _deed,
}
