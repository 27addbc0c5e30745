"""Households placed by a placement officer, over JSON: places, a run, its board and a decision."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from resettle.core.actor import Duty, Role
from tests.scenarios.office import Office, Somebody


@dataclass
class Placing:
    """A placement officer with the board of the last run."""

    office: Office
    officer: Somebody
    run: str = ""

    @property
    def board(self) -> str:
        return f"/api/match-runs/{self.run}"

    def offers(self, kind: str, persons: int, **place: Any) -> str:
        """Put a place on the list that has room from today on."""
        manager, today = self.office.manager, self.office.today
        made = manager.post("/api/places", kind=kind, opens_on=today, **place)
        manager.post(f"/api/places/{made['id']}/offers", from_on=today, persons=persons)
        return str(made["id"])

    def matches(self, programme: str) -> None:
        """Match those who wait today with the places of today."""
        asked = {"programme": programme, "for_on": self.office.today, "ahead": False}
        run = self.officer.post("/api/match-runs", **asked)
        assert run["status"] == "done"
        self.run = run["id"]

    def card(self, household: str) -> dict[str, Any]:
        cards = self.officer.items(f"{self.board}/cards")
        return next(card for card in cards if card["household_id"] == household)

    def column(self, place: str) -> dict[str, Any]:
        columns = self.officer.items(f"{self.board}/board")
        return next(column for column in columns if column["place_id"] == place)

    def decides(self, household: str, place: str) -> TestResponse:
        """Decide that a household is offered a place, which may be refused."""
        return self.officer.tries(f"{self.board}/decisions", household_id=household, place_id=place)


def a_placement_office(office: Office) -> Placing:
    return Placing(office, office.somebody(Role.CASEWORKER, duties=(Duty.PLACEMENT_OFFICER,)))
