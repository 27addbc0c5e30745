"""Scenario 11: on 1 July 2022 other providers take over in Auckland, Hamilton and Christchurch."""

from datetime import date

from resettle.core.actor import Role
from resettle.core.jobs import run_next
from tests.scenarios.journeys import a_household

BEFORE, DAY = date(2022, 6, 20), date(2022, 7, 1)
PLACES = ("AKL", "HAM", "CHC")
OLD, NEW = "New Zealand Red Cross", "Kāhui Tū Kaha"


def living_in(office, place, provider=OLD):
    """Open the file of a household in a place, in the hands of a provider."""
    born = date(1990, 5, 17)
    home = a_household(office, ("Zahra", "PA", "F", born), programme="rqp")
    office.caseworker.patch(f"/api/households/{home}", location=place, provider=provider)
    return home


class TestProviderChange:
    def test_it(self, office):
        office.on(BEFORE)
        homes = [living_in(office, place) for place in PLACES]
        elsewhere = living_in(office, "PMR")
        task = office.caseworker.post(
            f"/api/households/{homes[0]}/tasks", title="Bus card", category="other", due_on=DAY
        )
        new = [office.somebody(Role.CASEWORKER) for _ in range(2)]
        act = {
            "locations": PLACES,
            "from_provider": OLD,
            "to_provider": NEW,
            "on": DAY,
            "user_ids": [each.id for each in new],
            "reason": "New contracts from 1 July 2022",
        }

        told = office.manager.post("/api/provider-changes/preview", **act)["items"]
        done = office.manager.post("/api/provider-changes", **act)["items"]

        assert told == done
        assert [each["household_id"] for each in done] == homes
        assert {*done[0]} == {"household_id", "reference", "user_id", "why_not"}
        self.until_the_day_nothing_changes(office, homes)
        office.on(DAY)
        self.work_off(office)
        self.from_the_day_on_the_old_have_lost_and_the_new_have_found(office, homes, new)
        self.what_was_before_stays_on_record(office, homes[0], new[0])
        assert new[0].get(f"/api/tasks/{task['id']}")["assignee_id"] == new[0].id
        assert office.caseworker.get(f"/api/households/{elsewhere}")["provider"] == OLD

    def until_the_day_nothing_changes(self, office, homes):
        for home in homes:
            assert office.caseworker.get(f"/api/households/{home}")["provider"] == OLD

    def work_off(self, office):
        extensions = office.app.extensions
        while run_next(extensions["transactions"], extensions["runners"]):
            pass

    def from_the_day_on_the_old_have_lost_and_the_new_have_found(self, office, homes, new):
        for home, worker in zip(homes, [*new, new[0]], strict=True):
            path = f"/api/households/{home}"
            assert office.caseworker.asks("GET", path).status_code == 404
            assert office.leader.asks("GET", path).status_code == 404
            assert worker.get(path)["provider"] == NEW

    def what_was_before_stays_on_record(self, office, home, worker):
        kept = worker.items(f"/api/households/{home}/assignments")
        changes = worker.items(f"/api/households/{home}/changes")

        ended = {each["user_id"]: each["until_on"] for each in kept}
        assert ended[office.caseworker.id] == DAY.isoformat()
        assert ended[worker.id] is None
        assert [each["kind"] for each in changes] == ["provider"]
        assert OLD in changes[0]["lines"][0]["text"]
