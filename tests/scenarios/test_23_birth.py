"""Scenario 23: a child is born in month 4; the case stays the size that was submitted."""

from datetime import date, timedelta

from tests.scenarios.journeys import a_quota_journey

ARRIVED, PLACED, BORN = date(2022, 9, 5), date(2022, 10, 10), date(2023, 1, 24)
FAMILY = (("Zahra", "PA", "F", date(1990, 5, 17)), ("Karim", "HUS", "M", date(1988, 1, 30)))


def days_of(journey, but=None):
    """Tell when each milestone is due, of everybody but one person."""
    return {m["id"]: m["due_on"] for m in journey.milestones() if m["person_id"] != but or not but}


class TestBirth:
    def test_it(self, office):
        office.on(date(2022, 6, 6))
        journey = a_quota_journey(office, *FAMILY)
        office.on(ARRIVED)
        journey.arrives()
        office.on(PLACED)
        journey.moves_in()
        before = days_of(journey)
        office.on(BORN + timedelta(days=3))

        child = journey.worker.post(
            f"{journey.home}/births",
            family_name="Haddad",
            given_name="Laleh",
            sex="F",
            born_on=BORN,
            relationship="DAU",
            guardian_id=journey.person("Zahra"),
        )["person_id"]

        self.the_household_is_one_more_and_the_case_is_not(journey)
        self.the_child_has_its_own_milestones_from_birth(journey, child)
        assert days_of(journey, but=child) == before

    def the_household_is_one_more_and_the_case_is_not(self, journey):
        case, household = journey.worker.get(journey.at), journey.worker.get(journey.home)
        names = {m["person"]["name"]: m["joined_on"] for m in household["members"]}

        assert (household["size"], case["case_size"]) == (3, 2)
        assert names["Laleh Haddad"] == BORN.isoformat()

    def the_child_has_its_own_milestones_from_birth(self, journey, child):
        path = f"{journey.home}/milestones?limit=200&person_id={child}"
        hers = {m["code"]: m["due_on"] for m in journey.worker.items(path)}
        days = {"HEA-01": 14, "HEA-02": 42, "HEA-03": 183, "HEA-04": 365}

        due = {code: (BORN + timedelta(days=after)).isoformat() for code, after in days.items()}
        assert {code: hers[code] for code in days} == due
        assert min(hers.values()) >= BORN.isoformat()
        # Nothing of the centre that she never saw, of school, or of grown-ups.
        assert not {code for code in hers if code.startswith(("REC", "EMP", "EDU-01"))}
