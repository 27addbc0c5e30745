"""The journey over JSON: cases with their guards, contacts, and milestones, by scenario."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from resettle.cases.models import ResettlementCase
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household
from resettle.milestones.planning import bring_in_line
from tests.functional.keys import with_keys
from tests.groups import a_dwelling, all_in_place
from tests.journeys import (
    CHILD,
    IN_THE_PILOT,
    QUOTA,
    a_family,
    a_quota_case,
    a_sponsored_case,
    at,
    eligible,
    leading,
)
from tests.world import a_caseworker, a_user

TODAY = "2026-03-02"
ARRIVED, PLACED = date(2025, 9, 1), date(2025, 10, 6)


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def arrange(transactions):
    """Give a function that runs another with a unit of work of the system."""

    def run(make):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return make(uow)

    return run


@pytest.fixture
def quota(arrange):
    """Give a quota household with its case, its caseworker and its team leader."""

    def make(uow):
        household = a_family(uow, **QUOTA)
        worker = a_caseworker(uow, household)
        case = a_quota_case(uow, household)
        leader = leading(worker)
        return SimpleNamespace(household=household.id, case=case.id, worker=worker, leader=leader)

    return arrange(make)


@pytest.fixture
def settled(arrange):
    """Give a quota family of three that was placed in October, and its caseworker."""

    def make(uow):
        household = a_family(uow, **QUOTA, joined_on=date(2025, 7, 1))
        household.arrived_on, household.placed_on = ARRIVED, PLACED
        bring_in_line(uow, household)
        worker = a_caseworker(uow, household)
        return SimpleNamespace(household=household.id, worker=worker, leader=leading(worker))

    return arrange(make)


def put(arrange, case_id, stage):
    arrange(lambda uow: at(uow.find(ResettlementCase, case_id), stage))


def change(client, path, method="patch", **body):
    """Change a record at the version that it has now."""
    etag = client.get(path).headers["ETag"]
    return getattr(client, method)(path, json=body, headers={"If-Match": etag})


def tick_everything(client, case):
    for line in client.get(f"{case}/checklist").json["items"]:
        answer = client.put(
            f"{case}/checklist/{line['id']}",
            json={"status": "met"},
            headers={"If-Match": f'"{line["version"]}"'},
        )
        assert answer.status_code == 200, answer.json


def milestone(client, household_id, code):
    found = client.get(f"/api/households/{household_id}/milestones?limit=200").json["items"]
    return next(m for m in found if m["code"] == code)


class TestCases:
    def test_a_caseworker_opens_lists_and_reads_a_case(self, client_of, arrange):
        made = arrange(lambda uow: (h := a_family(uow, **QUOTA), a_caseworker(uow, h)))
        client = client_of(made[1])

        opened = client.post(
            f"/api/households/{made[0].id}/cases",
            json={
                "programme_code": "rqp",
                "source": "unhcr",
                "submitted_on": "2026-02-20",
                "opened_on": "2026-02-25",
                "case_number": "893-26C00001",
                "subcategory": "WAR",
            },
        )
        (row,) = client.get("/api/cases?stage=SUBMITTED&programme=rqp").json["items"]

        assert opened.status_code == 201
        assert opened.json["case_number"] == "893-26C00001"
        assert (row["id"], row["days_in_stage"]) == (opened.json["id"], 5)
        assert row["display_name"] == "Haidari"
        assert client.get(f"/api/cases/{row['id']}").json["subcategory"] == "WAR"
        assert client.get(f"/api/cases?household_id={uuid4()}").json["items"] == []

    def test_the_same_number_twice_is_told(self, client_of, quota):
        client = client_of(quota.worker)
        body = {"programme_code": "rqp", "source": "unhcr", "case_number": "893-26C00002"}

        first, second = (
            client.post(f"/api/households/{quota.household}/cases", json=body) for _ in range(2)
        )

        assert (first.status_code, second.status_code) == (201, 409)
        assert second.json["detail"] == "There is already a case with this number."

    def test_moves_say_what_is_missing_and_are_refused_with_it(self, client_of, quota):
        client = client_of(quota.worker)
        change(client, f"/api/cases/{quota.case}", case_size=4)

        moves = client.get(f"/api/cases/{quota.case}/moves").json["items"]
        refused = client.post(
            f"/api/cases/{quota.case}/moves", json={"to": "RECEIVED", "on": TODAY}
        )

        received = next(move for move in moves if move["to"] == "RECEIVED")
        sentence = "The size of the case differs from the number of people listed in it."
        assert not received["ready"]
        assert [fact["sentence"] for fact in received["missing"]] == [sentence]
        assert refused.status_code == 409
        assert refused.json["missing"] == {"case.size_matches": sentence}

    def test_a_quota_case_travels_from_submission_to_the_plane(self, client_of, quota):
        client, case = client_of(quota.worker), f"/api/cases/{quota.case}"

        def go(to):
            answer = client.post(f"{case}/moves", json={"to": to, "on": TODAY})
            assert answer.status_code == 201, answer.json
            return answer.json

        go("RECEIVED")
        change(client, case, subcategory="WAR", programme_year="2025/26", received_on=TODAY)
        go("INTERVIEW_SCHEDULED")
        change(client, case, processing_mode="dossier")
        go("INTERVIEWED")
        tick_everything(client, case)
        go("LODGED")
        go("ASSESSING")
        for kind in ("health", "character_security", "risk", "settlement"):
            client.post(f"{case}/checks/{kind}", json={"checked_on": TODAY, "result": "clear"})
        client.post(f"{case}/decision", json={"kind": "approved", "decided_on": TODAY})
        assert go("APPROVED")["decision"] == "approved"

        history = client.get(f"{case}/history").json["items"]
        assert [entry["to_stage"] for entry in history][-3:] == ["LODGED", "ASSESSING", "APPROVED"]
        assert len(client.get(f"{case}/checks").json["items"]) == 4
        assert [d["kind"] for d in client.get(f"{case}/decisions").json["items"]] == ["approved"]
        assert client.get(f"{case}/links").json["items"] == []

    def test_there_is_no_other_check(self, client_of, quota):
        answer = client_of(quota.worker).post(
            f"/api/cases/{quota.case}/checks/horoscope",
            json={"checked_on": TODAY, "result": "clear"},
        )

        assert answer.status_code == 404

    def test_an_override_takes_a_team_leader_and_a_reason_and_is_kept(
        self, client_of, arrange, quota
    ):
        put(arrange, quota.case, "SUPPORT_INTENSIVE")
        path = f"/api/cases/{quota.case}/moves"
        body = {"to": "SUPPORT_ACTIVE", "on": TODAY, "override_reason": "Agreed on the phone."}

        assert client_of(quota.worker).post(path, json=body).status_code == 403
        assert client_of(quota.leader).post(path, json=body).status_code == 201
        (entry,) = [
            entry
            for entry in client_of(quota.worker)
            .get(f"/api/cases/{quota.case}/history")
            .json["items"]
            if entry["overridden"]
        ]
        assert (entry["missing"], entry["reason"]) == (["plan.agreed"], "Agreed on the phone.")

    def test_a_hold_and_its_release(self, client_of, quota):
        client, path = client_of(quota.worker), f"/api/cases/{quota.case}/holds"

        held = client.post(path, json={"reason": "MEDICAL", "review_on": "2026-04-01", "on": TODAY})
        released = client.post(f"{path}/release", json={"on": TODAY})

        assert (held.json["stage"], released.json["stage"]) == ("ON_HOLD", "SUBMITTED")

    def test_another_caseworker_knows_of_nothing(self, client_of, arrange, quota):
        stranger = client_of(arrange(a_caseworker))

        assert stranger.get(f"/api/cases/{quota.case}").status_code == 404
        assert stranger.get("/api/cases").json["items"] == []

    def test_a_second_case_that_belongs_to_it(self, client_of, quota):
        client, path = client_of(quota.worker), f"/api/cases/{quota.case}/links"

        answer = client.post(path, json={"kind": "linked", "linked_number": "893-1"})

        assert answer.status_code == 201
        assert [link["linked_number"] for link in client.get(path).json["items"]] == ["893-1"]


class TestScenario4NominatedSingle:
    def test_outside_the_list_and_without_a_centre(self, client_of, arrange):
        def make(uow):
            household = a_family(uow, ("PA", date(1995, 1, 1)), location="Whangārei")
            return household.id, a_caseworker(uow, household)

        household_id, worker = arrange(make)
        client = client_of(worker)

        opened = client.post(
            f"/api/households/{household_id}/cases",
            json={
                "programme_code": "cors",
                "source": "sponsor",
                "route": "NOMINATED",
                "opened_on": "2023-11-03",
                "nominated_on": "2023-11-03",
            },
        )
        moved = client.post(
            f"/api/cases/{opened.json['id']}/moves", json={"to": "EOI", "on": TODAY}
        )
        client.post(f"/api/households/{household_id}/arrival", json={"arrived_on": TODAY})

        assert (opened.json["stage"], opened.json["route"]) == ("NOMINATED", "NOMINATED")
        assert moved.json["stage"] == "EOI"
        met = milestone(client, household_id, "ARR-01")
        assert met["due_on"] == TODAY
        codes = client.get(f"/api/households/{household_id}/milestones?limit=200").json["items"]
        assert not [m for m in codes if m["code"].startswith("REC")]


class TestScenario5And18Caps:
    def test_of_cors_2018_24_of_25_are_taken(self, client_of, arrange):
        def make(uow):
            taken = a_sponsored_case(uow, a_family(uow), opened_on=date(2018, 3, 1), case_size=24)
            at(taken, "SETTLING", date(2018, 3, 1))
            return a_caseworker(uow)

        client = client_of(arrange(make))

        (total, *_) = client.get("/api/programmes/cors/caps?on=2018-03-01").json["items"]

        assert (total["persons"], total["overflow"]) == (25, 5)
        assert (total["used"], total["left"]) == (24, 1)

    def test_a_medical_case_takes_five_places(self, client_of, arrange):
        people = [("PA", date(1985, 1, 1)), ("WIF", date(1986, 1, 1))] + [("SON", CHILD)] * 3

        def make(uow):
            at(a_quota_case(uow, a_family(uow, *people, **QUOTA), subcategory="MED"), "APPROVED")
            return a_caseworker(uow)

        client = client_of(arrange(make))

        rooms = {r["code"]: r for r in client.get("/api/programmes/rqp/caps").json["items"]}

        assert (rooms["medical"]["reserved"], rooms["medical"]["left"]) == (5, 70)

    def test_sponsors_see_no_cap_that_tells_why_somebody_came(self, client_of, arrange):
        user = arrange(lambda uow: a_user(uow, Role.SPONSOR_COORDINATOR))
        client = client_of(Actor(Role.SPONSOR_COORDINATOR, user_id=user.id))

        rooms = client.get("/api/programmes/rqp/caps").json["items"]

        assert [room["code"] for room in rooms] == ["places"]
        assert client.get("/api/programmes/nowhere/caps").status_code == 404


class TestScenario6And7Eligibility:
    @pytest.mark.parametrize(
        ("born_on", "facts", "failed"),
        [
            (date(1980, 3, 3), {}, []),
            (date(1980, 3, 2), {}, ["NOT_ELIGIBLE_AGE"]),
            (date(1990, 1, 1), {"work_years": 2, "tertiary_years": 2}, []),
            (date(1990, 1, 1), {"other_category": True}, ["OTHER_CATEGORY_AVAILABLE"]),
            (date(1990, 1, 1), {"asylum_country": "TUR"}, ["NOT_ELIGIBLE_COUNTRY"]),
        ],
    )
    def test_each_rule_is_explained(self, client_of, arrange, born_on, facts, failed):
        def make(uow):
            household = a_family(uow, ("PA", born_on))
            case = a_sponsored_case(uow, household, opened_on=IN_THE_PILOT)
            eligible(uow, case.id, **facts)
            return case.id, a_caseworker(uow, household)

        case_id, worker = arrange(make)

        found = client_of(worker).get(f"/api/cases/{case_id}/eligibility").json

        assert found["met"] is not bool(failed)
        assert [r["decline_reason"] for r in found["rules"] if r["decline_reason"]] == failed
        assert all(rule["explanation"].endswith(".") for rule in found["rules"])

    def test_what_is_known_of_the_applicant_is_recorded(self, client_of, arrange):
        def make(uow):
            household = a_family(uow)
            return a_sponsored_case(uow, household).id, a_caseworker(uow, household)

        case_id, worker = arrange(make)
        client, path = client_of(worker), f"/api/cases/{case_id}/applicant"

        answer = change(client, path, work_years=4, other_category=False, mandate_confirmed=None)

        assert (answer.json["work_years"], answer.json["other_category"]) == (4, "no")
        assert client.get(path).json["mandate_confirmed"] is None


class TestScenario8HouseNotReady:
    def test_it_is_blocked_and_an_override_makes_an_incident_with_tasks(
        self, client_of, arrange, quota
    ):
        def make(uow):
            household = uow.find(Household, quota.household)
            household.arrived_on = date(2026, 1, 20)
            dwelling = a_dwelling(uow, household, location="CHC")
            all_in_place(uow, dwelling, household, "fridge", "bedding")
            return dwelling.id

        body = {
            "kind": "settled",
            "start_on": TODAY,
            "dwelling_id": str(arrange(make)),
            "received_by": "Hana",
        }
        path = f"/api/households/{quota.household}/placements"

        blocked = client_of(quota.worker).post(path, json=body)
        overridden = client_of(quota.leader).post(
            path, json={**body, "override": True, "reason": "The motel is closing tonight."}
        )

        assert blocked.status_code == 409
        assert len(blocked.json["missing"]) == 2
        assert overridden.status_code == 201, overridden.json
        client = client_of(quota.worker)
        (incident,) = client.get(f"/api/households/{quota.household}/incidents").json["items"]
        tasks = client.get(f"/api/households/{quota.household}/tasks").json["items"]
        assert incident["kind"] == "housing_unsafe"
        assert len(tasks) == 2
        assert {task["due_on"] for task in tasks} == {TODAY}


class TestScenario10SupportLength:
    @pytest.mark.parametrize(
        ("placed_on", "days"), [(date(2022, 5, 15), 365), (date(2022, 7, 5), 730)]
    )
    def test_the_day_of_placing_decides(self, client_of, arrange, placed_on, days):
        def make(uow):
            household = a_family(uow, **QUOTA, joined_on=date(2022, 1, 1), location="CHC")
            household.arrived_on = placed_on - timedelta(days=40)
            dwelling = a_dwelling(uow, household, location="CHC")
            all_in_place(uow, dwelling, household)
            return household.id, dwelling.id, a_caseworker(uow, household)

        household_id, dwelling_id, worker = arrange(make)
        client = client_of(worker)

        placed = client.post(
            f"/api/households/{household_id}/placements",
            json={
                "kind": "settled",
                "start_on": placed_on.isoformat(),
                "dwelling_id": str(dwelling_id),
                "received_by": "Hana",
            },
        )

        assert placed.status_code == 201, placed.json
        ends = milestone(client, household_id, "REV-07")
        assert ends["due_on"] == (placed_on + timedelta(days=days)).isoformat()


class TestScenario19PoliceCertificate:
    def test_it_is_waived_only_with_a_declaration_and_a_note(self, client_of, quota):
        client, path = client_of(quota.worker), f"/api/cases/{quota.case}/checklist"
        line = next(
            each
            for each in client.get(path).json["items"]
            if each["item_code"] == "police_certificate"
        )

        def answer(**body):
            return client.put(
                f"{path}/{line['id']}",
                json={"status": "waived", **body},
                headers={"If-Match": f'"{line["version"]}"'},
            )

        assert answer(note="No state to ask").status_code == 422
        assert answer(instead="COMBINED_DECLARATION").status_code == 422
        waived = answer(note="No state to ask", instead="COMBINED_DECLARATION")
        assert (waived.status_code, waived.json["instead"]) == (200, "COMBINED_DECLARATION")


class TestAssignments:
    def test_a_household_is_handed_over_with_a_reason(self, client_of, arrange, quota):
        tom = arrange(a_user)
        client, path = client_of(quota.worker), f"/api/households/{quota.household}/assignments"

        answer = client.post(
            path,
            json={
                "user_id": str(tom.id),
                "kind": "primary",
                "from_on": TODAY,
                "reason": "Moves to another team",
            },
        )

        assert answer.status_code == 201
        # From that day the household is no longer the former caseworker's to see.
        assert client.get(path).status_code == 404
        assert len(client_of(Actor(Role.CASEWORKER, user_id=tom.id)).get(path).json["items"]) == 2

    def test_a_second_caseworker_comes_and_goes(self, client_of, arrange, quota):
        tom = arrange(a_user)
        client, path = client_of(quota.worker), f"/api/households/{quota.household}/assignments"
        body = {"user_id": str(tom.id), "kind": "second", "from_on": TODAY, "reason": "Speaks Dari"}

        second = client.post(path, json=body).json
        ended = client.post(
            f"/api/assignments/{second['id']}/end", json={"until_on": TODAY, "reason": "Done"}
        )

        assert ended.json["until_on"] == TODAY


class TestCasework:
    def test_a_contact_its_amendment_and_the_task_that_follows(self, client_of, quota):
        client, path = client_of(quota.worker), f"/api/households/{quota.household}/notes"

        note = client.post(
            path,
            json={
                "occurred_at": "2026-03-02T09:00:00+00:00",
                "channel": "visit",
                "text": "The heater broke.",
                "present": ["Zahra", "Karim"],
                "language": "prs",
                "interpreter_used": True,
                "minutes": 45,
                "domains": ["HOU"],
                "next_action": "Call the landlord",
                "next_due": TODAY,
            },
        ).json
        amended = client.post(
            f"/api/notes/{note['id']}/amendments", json={"text": "The heater smoked."}
        )
        (task,) = client.get(f"/api/households/{quota.household}/tasks?status=open").json["items"]
        done = change(client, f"/api/tasks/{task['id']}", status="done")

        assert amended.json["amends_id"] == note["id"]
        assert [n["text"] for n in client.get(path).json["items"]] == ["The heater smoked."]
        assert len(client.get(f"{path}?amended=true").json["items"]) == 2
        assert (task["detail"], done.json["done_on"]) == ("Call the landlord", TODAY)

    def test_a_moment_without_its_zone_is_refused(self, client_of, quota):
        answer = client_of(quota.worker).post(
            f"/api/households/{quota.household}/notes",
            json={"occurred_at": "2026-03-02T09:00:00", "channel": "visit", "text": "x"},
        )

        assert answer.status_code == 422

    def test_a_task_and_an_incident(self, client_of, quota):
        worker, leader = client_of(quota.worker), client_of(quota.leader)
        home = f"/api/households/{quota.household}"

        task = worker.post(
            f"{home}/tasks", json={"title": "Lift", "category": "transport", "due_on": TODAY}
        )
        incident = worker.post(
            f"{home}/incidents",
            json={"kind": "accident", "severity": 2, "happened_on": TODAY, "text": "A fall."},
        )
        closing = f"/api/incidents/{incident.json['id']}/closing"
        body = {"outcome": "Seen by the GP", "closed_on": TODAY}

        assert (task.status_code, incident.status_code) == (201, 201)
        assert worker.post(closing, json=body).status_code == 403
        assert leader.post(closing, json=body).json["status"] == "closed"


class TestMilestones:
    def test_scenario_24_enrolled_on_day_20(self, client_of, settled):
        client = client_of(settled.worker)
        school = milestone(client, settled.household, "EDU-01")
        path, day_20 = f"/api/milestones/{school['id']}", (PLACED + timedelta(days=20)).isoformat()

        refused = client.post(f"{path}/met", json={"met_on": day_20})
        met = client.post(
            f"{path}/met",
            json={"met_on": day_20, "reason": "School holidays", "evidence_type": "letter"},
        )

        assert school["title"]
        assert (school["state"], school["overdue"]) == ("not_started", True)
        assert "reason" in refused.json["errors"]
        assert (met.json["status"], met.json["state"]) == ("met", "met_late")
        assert met.json["reason"] == "School holidays"
        assert client.get(path).json["overdue"] is False

    def test_progress_says_of_what(self, client_of, settled):
        client = client_of(settled.worker)
        school = milestone(client, settled.household, "EDU-01")
        client.post(f"/api/milestones/{school['id']}/met", json={"met_on": PLACED.isoformat()})

        found = client.get(f"/api/households/{settled.household}/progress").json

        assert found["words"] == f"1 of {found['due']} due so far"
        assert found["due"] < found["total"]

    def test_lists_are_filtered(self, client_of, settled):
        client = client_of(settled.worker)
        path = f"/api/households/{settled.household}/milestones?limit=200"

        everything = client.get(path).json["items"]
        early = client.get(f"{path}&due_before=2025-10-01").json["items"]
        housing = client.get(f"{path}&domain=HOU&status=not_started").json["items"]
        overdue = client.get(f"{path}&overdue=true").json["items"]
        child = next(m["person_id"] for m in everything if m["code"] == "EDU-01")
        of_child = client.get(f"{path}&person_id={child}").json["items"]

        days = [m["due_on"] for m in everything]
        assert days == sorted(days)
        assert {m["due_on"] < "2025-10-01" for m in early} == {True}
        assert {m["domain"] for m in housing} == {"HOU"}
        assert {m["overdue"] for m in overdue} == {True}
        assert {m["person_id"] for m in of_child} == {child}

    def test_every_act_and_the_way_back(self, client_of, settled):
        worker, leader = client_of(settled.worker), client_of(settled.leader)
        found = milestone(worker, settled.household, "HOU-02")
        path = f"/api/milestones/{found['id']}"

        def act(client, name, **body):
            answer = client.post(f"{path}/{name}", json=body or None)
            assert answer.status_code == 201, answer.json
            return answer.json["status"]

        assert act(worker, "beginning") == "in_progress"
        assert act(worker, "blocker", blocker="The landlord is away") == "blocked"
        assert act(worker, "not-applicable", reason="Public housing") == "not_applicable"
        assert act(worker, "reopening", reason="It is private after all") == "not_started"
        assert worker.post(f"{path}/waiver", json={"reason": "No"}).status_code == 403
        assert act(leader, "waiver", reason="The church is the landlord") == "waived"
        assert len(worker.get(f"{path}/changes").json["items"]) == 5

    def test_an_anchor_moves_after_a_preview_what_nobody_set(self, client_of, settled):
        client, home = client_of(settled.worker), f"/api/households/{settled.household}"
        school = milestone(client, settled.household, "EDU-01")
        set_by_hand = change(client, f"/api/milestones/{school['id']}", due_on="2025-12-01")
        to = (PLACED + timedelta(days=7)).isoformat()

        preview = client.get(f"{home}/anchor-preview?anchor=placed&to={to}").json
        client.post(f"{home}/anchor-moves", json={"anchor": "placed", "to": to})

        assert set_by_hand.json["due_overridden"] is True
        assert [shift["code"] for shift in preview["stays"]] == ["EDU-01"]
        tenancy = next(shift for shift in preview["moves"] if shift["code"] == "HOU-01")
        assert milestone(client, settled.household, "HOU-01")["due_on"] == tenancy["to"]
        assert milestone(client, settled.household, "EDU-01")["due_on"] == "2025-12-01"

    def test_health_is_kept_apart_and_its_text_sealed(self, client_of, settled):
        client = client_of(settled.worker)
        asked = milestone(client, settled.household, "HEA-06")

        met = client.post(
            f"/api/milestones/{asked['id']}/met",
            json={"met_on": PLACED.isoformat(), "evidence": "Referral offered"},
        )

        assert (asked["restricted"], met.json["evidence"]) == (True, None)
        assert "Referral offered" in met.json["private"]


class TestScenario23Birth:
    def test_a_child_born_in_month_four_has_its_own_milestones(self, client_of, settled, arrange):
        client, home = client_of(settled.worker), f"/api/households/{settled.household}"

        born = client.post(
            f"{home}/births",
            json={
                "family_name": "Haidari",
                "given_name": "Laleh",
                "sex": "F",
                "born_on": "2026-02-10",
                "relationship": "DAU",
            },
        )

        assert born.status_code == 201, born.json
        hers = client.get(f"{home}/milestones?limit=200&person_id={born.json['person_id']}").json[
            "items"
        ]
        doctor = next(m for m in hers if m["code"] == "HEA-01")
        assert doctor["due_on"] == "2026-02-24"
        assert not [m for m in hers if m["code"].startswith("REC")]
