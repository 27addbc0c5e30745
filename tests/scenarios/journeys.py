"""Households on their way through a programme, over JSON: what a move lacks is asked, then done.

A journey asks GET /api/cases/<id>/moves what is missing and supplies each fact by its own act,
so that a scenario names only the stages, and what it is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.scenarios.office import Office, Somebody
from tests.scenarios.sponsoring import Group
from tests.scenarios.supplies import SUPPLIES

NOMINATED_WAY = ("EOI", "ENGLISH_ASSESSED", "ELIGIBILITY_SCREENED", "MATCH_PROPOSED")
APPROVED_WAY = ("MATCH_ACCEPTED", "APPLICATION_LODGED", "ASSESSING", "APPROVED", "PRE_DEPARTURE")
QUOTA_WAY = ("RECEIVED", "INTERVIEW_SCHEDULED", "INTERVIEWED", "LODGED", "ASSESSING")
ROUNDS = 4
ELIGIBLE = {
    "english_assessed_on": date(2017, 12, 1),
    "basic_english": True,
    "work_years": 5,
    "tertiary_years": 0,
    "mandate_confirmed": True,
    "other_category": False,
    "asylum_country": "IDN",
    "region_accepted": True,
}


@dataclass
class Journey:
    """A household with its case, its group if it has one, and the place it is to live in."""

    office: Office
    household: str
    case: str
    group: Group | None = None
    town: str = "TIU"
    subcategory: str = "PRO"
    applicant: Mapping[str, Any] = field(default_factory=lambda: ELIGIBLE)

    @property
    def worker(self) -> Somebody:
        return self.office.caseworker

    @property
    def home(self) -> str:
        return f"/api/households/{self.household}"

    @property
    def at(self) -> str:
        return f"/api/cases/{self.case}"

    @property
    def stage(self) -> str:
        return str(self.worker.get(self.at)["stage"])

    @property
    def stages(self) -> list[str]:
        """Name every stage that the case has been at, in order."""
        return [entry["to_stage"] for entry in self.worker.items(f"{self.at}/history?limit=100")]

    def members(self, who: Somebody | None = None) -> list[dict[str, Any]]:
        return (who or self.worker).items(f"{self.home}/members")

    def person(self, given_name: str) -> str:
        """Find somebody of the household by their given name."""
        named = {m["person"]["name"].split()[0]: m["person_id"] for m in self.members()}
        return str(named[given_name])

    def adults(self) -> list[str]:
        today = self.office.today
        grown = today.replace(year=today.year - 18, day=1)
        return [
            m["person_id"]
            for m in self.members()
            if date.fromisoformat(m["person"]["born_on"]) <= grown
        ]

    def go(self, *stages: str, **said: Any) -> None:
        """Move on stage by stage, after supplying what each move lacks."""
        for stage in stages:
            self.prepare(stage)
            self.worker.post(f"{self.at}/moves", to=stage, on=self.office.today, **said)

    def prepare(self, stage: str, *, but: Iterable[str] = ()) -> None:
        """Supply what a move lacks, until nothing is missing but what was named."""
        for _ in range(ROUNDS):
            lacking = [fact for fact in self.missing(stage) if fact not in but]
            if not lacking:
                return
            # What one supply brings may be what another fact waits for, so it is asked again.
            for supply in dict.fromkeys(SUPPLIES[fact] for fact in lacking if fact in SUPPLIES):
                supply(self)
        raise AssertionError(f"{stage} still lacks {', '.join(lacking)}")

    def missing(self, stage: str) -> list[str]:
        moves = {move["to"]: move for move in self.worker.items(f"{self.at}/moves")}
        return [each["fact"] for each in moves[stage]["missing"]]

    def records(self, **facts: Any) -> None:
        self.worker.patch(self.at, **facts)

    def milestones(self, who: Somebody | None = None) -> list[dict[str, Any]]:
        return (who or self.worker).items(f"{self.home}/milestones?limit=200")

    def milestone(self, code: str, person: str | None = None) -> dict[str, Any]:
        """Find a milestone by its code, of one person if it is told whose."""
        found = [m for m in self.milestones() if m["code"] == code]
        return next(m for m in found if person in {None, m.get("person_id")})

    def meets(self, code: str, on: date, person: str | None = None, **more: Any) -> Any:
        found = self.milestone(code, person)
        return self.worker.post(f"/api/milestones/{found['id']}/met", met_on=on, **more)

    def shares(self, person: str, *items: str) -> None:
        """Record that an adult agrees that the group learns these things of them."""
        assert self.group is not None
        for item in items:
            self.worker.post(
                f"/api/persons/{person}/consents",
                purpose="share_with_sponsor",
                item=item,
                recipient_type="sponsor_group",
                recipient_id=self.group.id,
                method="signed",
                language="ara",
                text_version="2018-1",
            )

    def sponsorship(self) -> dict[str, Any]:
        return self.worker.items(f"{self.home}/sponsorships")[0]

    def dwelling(self) -> str:
        """Find a house and make it ready, but only once."""
        found = self.worker.items(f"/api/dwellings?household_id={self.household}")
        if found:
            return str(found[0]["id"])
        return self.finds_house()

    def finds_house(self, *but: str) -> str:
        """Put a house on file, with everything in place except what is named."""
        house = self.worker.post(
            "/api/dwellings",
            location=self.town,
            address="12 Kōwhai Street",
            bedrooms=3,
            tenure="private_rental",
            household_id=self.household,
        )["id"]
        path = f"/api/dwellings/{house}/house-checks"
        there = [i["item_code"] for i in self.worker.items(path) if i["item_code"] not in but]
        items = [{"item_code": code, "status": "ok"} for code in there]
        items += [{"item_code": code, "status": "missing"} for code in but]
        self.worker.post(path, items=items)
        return str(house)

    def arrives(self) -> None:
        self.worker.post(f"{self.home}/arrival", arrived_on=self.office.today)

    def moves_in(self, **more: Any) -> dict[str, Any]:
        placed = {
            "kind": "settled",
            "start_on": self.office.today,
            "dwelling_id": self.dwelling(),
            "received_by": "Hana Wikaire",
        }
        return dict(self.worker.post(f"{self.home}/placements", **placed | more))

    def is_confirmed(self) -> None:
        """Let a second caseworker confirm the match."""
        path = f"/api/sponsorships/{self.sponsorship()['id']}"
        self.office.leader.post(f"{path}/confirmation")


def a_household(
    office: Office, *people: Sequence[Any], family_name: str = "Haddad", programme: str = "cors"
) -> str:
    """Open the file of a family: each person by given name, relationship, sex and birth day."""
    members = [
        {
            "person": {
                "family_name": family_name,
                "given_name": given,
                "sex": sex,
                "born_on": born,
            },
            "relationship": relationship,
        }
        for given, relationship, sex, born in people
    ]
    made = office.caseworker.post(
        "/api/households",
        stream="quota" if programme == "rqp" else "cors",
        programme_code=programme,
        primary_language="ara",
        members=members,
    )
    household = made["id"]
    joins_team(office, household)
    return str(household)


def joins_team(office: Office, household: str) -> None:
    """Let the team leader stand beside the caseworker who opened the file."""
    office.caseworker.post(
        f"/api/households/{household}/assignments",
        user_id=office.leader.id,
        kind="second",
        from_on=office.today,
        reason="Leads the team",
    )


def a_nominated_journey(
    office: Office, group: Group | None, *people: Sequence[Any], town: str = "TIU", **facts: Any
) -> Journey:
    """Begin the journey of a family whom a sponsor group has named."""
    household = a_household(office, *people, **facts)
    case = office.caseworker.post(
        f"/api/households/{household}/cases",
        programme_code="cors",
        source="sponsor",
        route="NOMINATED",
    )
    return Journey(office, household, case["id"], group, town)


def an_arrived_journey(
    office: Office, group: Group, family: Sequence[Any], arrival: date
) -> Journey:
    """Bring a nominated family here with its group, told of each adult's name."""
    journey = a_nominated_journey(office, group, *family)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY)
    journey.is_confirmed()
    office.on(arrival)
    journey.go("ARRIVED", "WELCOME")
    for adult in journey.adults():
        journey.shares(adult, "name")
    return journey


def a_quota_journey(
    office: Office, *people: Sequence[Any], town: str = "CHC", **facts: Any
) -> Journey:
    """Begin the journey of a family whom UNHCR has submitted to the quota."""
    household = a_household(office, *people, programme="rqp", **facts)
    case = office.caseworker.post(
        f"/api/households/{household}/cases",
        programme_code="rqp",
        source="unhcr",
        submitted_on=office.today,
    )
    return Journey(office, household, case["id"], town=town)
