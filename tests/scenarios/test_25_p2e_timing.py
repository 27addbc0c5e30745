"""Scenario 25: the referral to Pathways to Employment falls into week 5 or 6, a job into month 3.

The milestone of the referral becomes a task, the task an appointment with the job coach, and what
came of that the next step; the first paid job is not asked for before month 3.
"""

from datetime import date, timedelta

from tests.scenarios.journeys import a_quota_journey

ARRIVED, PLACED = date(2022, 12, 14), date(2023, 1, 18)
FAMILY = (("Omid", "PA", "M", date(1990, 5, 17)), ("Zahra", "WIF", "F", date(1992, 2, 1)))
COACHED = date(2023, 2, 24)


class TestPathwaysToEmployment:
    def test_it(self, office):
        office.on(date(2022, 8, 1))
        journey = a_quota_journey(office, *FAMILY)
        office.on(ARRIVED)
        journey.arrives()
        office.on(PLACED)
        journey.moves_in()
        omid = journey.person("Omid")

        referral, job = journey.milestone("EMP-02", omid), journey.milestone("EMP-05", omid)

        assert PLACED + timedelta(weeks=5) <= day(referral) <= PLACED + timedelta(weeks=6)
        assert day(job) >= PLACED + timedelta(days=90)
        office.on(PLACED + timedelta(weeks=4))
        task = self.the_referral_becomes_a_task(journey, referral, omid)
        office.on(COACHED)
        self.the_job_coach_is_met_and_the_next_step_is_a_task(journey, omid)
        self.the_referral_is_met_in_time_and_the_job_is_not_late(journey, task, omid)

    def the_referral_becomes_a_task(self, journey, referral, omid):
        task = journey.worker.post(f"/api/milestones/{referral['id']}/task")
        again = journey.worker.tries(f"/api/milestones/{referral['id']}/task")

        assert (task["due_on"], task["person_id"]) == (referral["due_on"], omid)
        assert (task["created_from"], task["source_id"]) == ("milestone", referral["id"])
        assert again.status_code == 409
        assert [each["id"] for each in journey.worker.items("/api/tasks")] == [task["id"]]
        return task

    def the_job_coach_is_met_and_the_next_step_is_a_task(self, journey, omid):
        made = journey.worker.post(
            f"{journey.home}/appointments",
            kind="job_coach",
            person_id=omid,
            starts_at=f"{COACHED}T08:00:00+13:00",
            ends_at=f"{COACHED}T08:45:00+13:00",
            interpreter_needed=True,
        )
        path = f"/api/appointments/{made['id']}"
        lacking = journey.worker.get(path + "/warnings")["warnings"]
        met = journey.worker.post(
            path + "/outcome",
            outcome="attended",
            follow_up="Bring the certificates",
            follow_up_due=COACHED + timedelta(days=7),
        )

        assert lacking == ["No interpreter is booked yet."]
        assert met["outcome"] == "attended"
        details = [each["detail"] for each in journey.worker.items(f"{journey.home}/tasks")]
        assert "Bring the certificates" in details

    def the_referral_is_met_in_time_and_the_job_is_not_late(self, journey, task, omid):
        referral = journey.meets("EMP-02", COACHED, omid)
        done = journey.worker.post(f"/api/tasks/{task['id']}/done")

        assert referral["state"] == "met"
        assert (done["status"], done["done_on"]) == ("done", str(COACHED))
        assert journey.milestone("EMP-05", omid)["overdue"] is False


def day(milestone):
    return date.fromisoformat(milestone["due_on"])
