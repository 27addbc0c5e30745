"""Sponsor groups on their way from enquiry to ready: each fact supplied by its own act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from resettle.core.actor import Role
from tests.scenarios.office import Office, Somebody

AFTER_APPROVAL = ("DEED_SIGNED", "TRAINING", "READY")
# What is shown in the application itself, and not by a paper.
SHOWN_HERE = ("settlement_plan", "budget", "subject_line")
ROUTES = ("NOMINATED", "UNHCR_MATCHED")
CRITERIA = ("standing", "funds", "experience", "housing", "work", "safety", "community")


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

    def applies(self) -> str:
        """Write the application, talk it over with the adviser, and send it."""
        begun = self.coordinator.post(f"{self.path}/applications")
        written(self.coordinator, self.path, begun["id"])
        papers(self.coordinator, self.path)
        at = f"{self.path}/applications/{begun['id']}"
        talk = {"discussed_on": self.office.today, "discussion": "Well thought through."}
        self.office.other_manager.post(f"{at}/discussion", **talk)
        self.coordinator.post(f"{at}/submission", declared=True)
        return at

    def is_approved(self, persons: int, households: int) -> None:
        """Let a manager who has not advised the group assess and approve it."""
        manager, today = self.office.manager, self.office.today
        [application] = manager.items(f"{self.path}/applications")
        at = f"{self.path}/applications/{application['id']}"
        scored(manager, at)
        manager.post(
            f"{at}/approval",
            max_persons=persons,
            max_households=households,
            routes=ROUTES,
            expires_on=today.replace(year=today.year + 5, day=1),
            reasons="Ready and able.",
        )

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


def written(who: Somebody, path: str, application: str) -> None:
    """Write plan, budget and all else that is asked of an application."""
    skills = ("coordination", "money", "safeguarding", "housing", "health", "education")
    more = ("english", "employment", "benefits", "interpreting", "culture", "te_ao_maori")
    who.patch(
        f"{path}/applications/{application}",
        subject_line="An application to sponsor",
        links=dict.fromkeys([*skills, *more, "transport"], "The parish next door"),
    )
    for part in who.items(f"{path}/applications/{application}/plan"):
        if_match = {"If-Match": f'"{part["version"]}"'}
        body = {"text": "Three of us see to it.", "led_by": "housing_lead"}
        answer = who.asks(
            "PATCH", f"{path}/applications/plan/{part['id']}", json=body, headers=if_match
        )
        assert answer.status_code == 200, answer.get_json()
    for side, category in (("income", "savings"), ("spending", "furniture")):
        line = {"side": side, "category": category, "dollars": 12_000}
        who.post(f"{path}/applications/{application}/budget", **line)


def papers(who: Somebody, path: str) -> None:
    """Show every paper that is asked for."""
    for item in who.items(f"{path}/checklist"):
        at = f"{path}/checklist/{item['id']}"
        if item["item_code"] not in SHOWN_HERE:
            answer = who.puts(at, item["version"], status="met", evidence="In the folder")
            assert answer.status_code == 200, answer.get_json()


def scored(who: Somebody, at: str) -> None:
    for criterion in CRITERIA:
        who.post(f"{at}/scores", criterion=criterion, score=4, reason="It holds up.")


def a_ready_group(
    office: Office,
    legal_name: str = "Church of the Open Door",
    *,
    location: str = "TIU",
    persons: int = 12,
    households: int = 3,
    kind: str = "RELIGIOUS_ORGANISATION",
    trading_name: str = "",
    report_days: Mapping[str, int] | None = None,
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
    group.go("PREPARING")
    group.applies()
    group.is_approved(persons, households)
    if report_days is not None:
        _deed(group, report_days=report_days)
    for stage in AFTER_APPROVAL:
        group.go(stage)
    return group


def _deed(group: Group, **more: Any) -> None:
    day = group.office.today
    group.office.manager.post(f"{group.path}/deeds", signed_on=day, effective_from=day, **more)


def _recorded(fact: str) -> Callable[[Group], Any]:
    return lambda group: group.office.manager.post(
        f"{group.path}/steps", fact=fact, done_on=group.office.today
    )


SUPPLIES: Mapping[str, Callable[[Group], Any]] = {
    "deed.signed": _deed,
}
