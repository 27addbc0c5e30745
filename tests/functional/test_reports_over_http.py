"""Reports of groups: filled from what is on record, submitted, returned, accepted; the family."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.funds.models import FundEntry
from resettle.funds.rules import Category, Kind, State
from resettle.households.queries import current_members
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Placement, PlacementKind, SponsorshipStatus
from resettle.reports.queries import submitted_facts
from resettle.reports.rules import DOMAINS
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.sponsors.models import MemberRole, ReportDue
from tests import groups
from tests.world import a_user

TODAY, ARRIVED = date(2026, 3, 2), date(2026, 2, 1)
ON_TRACK = {f"status_{domain.lower()}": "on_track" for domain in DOMAINS}


@pytest.fixture
def owing(transactions, client_of):
    return Owing(transactions, client_of)


class Owing:
    """A group that owes the arrival report on a household that shares with it."""

    def __init__(self, transactions, client_of):
        self.transactions, self.client_of = transactions, client_of
        with transactions.begin(SYSTEM, "arrange") as uow:
            group = groups.a_group(uow)
            home = groups.a_family(uow, arrived_on=ARRIVED)
            self.match = groups.a_match(uow, group, home, status=SponsorshipStatus.CONFIRMED)
            adult, spouse, _ = [m.person_id for m in current_members(uow, home.id)]
            groups.shares(uow, home.id, adult, group.id, Item.NAME)
            deed = groups.a_deed(uow, group)
            due = uow.add(
                ReportDue(
                    group_id=group.id,
                    household_id=home.id,
                    deed_id=deed.id,
                    code="REP-014",
                    due_on=date(2026, 2, 15),
                )
            )
            self._on_record(uow, group, home)
            user = a_user(uow, Role.HOUSEHOLD_PERSON, person_id=adult)
            actors = {
                "coordinator": groups.a_coordinator(uow, group),
                "reporter": groups.a_sponsor(uow, group, MemberRole.REPORTING_LEAD),
                "member": groups.a_sponsor(uow, group),
                "stranger": groups.a_coordinator(uow, groups.a_group(uow)),
                "caseworker": groups.a_caseworker(uow, home),
                "other": groups.a_caseworker(uow),
                "manager": groups.a_manager(uow),
                "family": Actor(Role.HOUSEHOLD_PERSON, user.id, person_id=adult),
            }
        self.adult, self.spouse, self.group, self.home = str(adult), str(spouse), group, home
        self.clients = {name: client_of(actor) for name, actor in actors.items()}
        self.due_id = due.id
        self.at = f"/reports/{due.id}"

    def _on_record(self, uow, group, home):
        step = {
            "household_id": home.id,
            "programme_code": "cors",
            "programme_version": 2,
            "due_rule": "arrived",
            "due_on": date(2026, 2, 10),
            "round": 0,
        }
        met = {"status": Status.MET, "met_on": date(2026, 2, 20)}
        uow.add(Milestone(code="HOU-01", domain="HOU", **step, **met))
        uow.add(Milestone(code="EDU-01", domain="EDU", **step))
        uow.add(
            FundEntry(
                group_id=group.id,
                household_id=home.id,
                kind=Kind.SPEND,
                category=Category.FOOD,
                cents=45_90,
                happened_on=date(2026, 2, 20),
                state=State.APPROVED,
            )
        )
        uow.add(
            Placement(
                household_id=home.id,
                kind=PlacementKind.SETTLED,
                dwelling_id=groups.a_dwelling(uow, home).id,
                location="CHC",
                start_on=date(2026, 2, 3),
            )
        )

    def does(self, who, path, **body):
        headers = {"Idempotency-Key": uuid4().hex}
        return self.clients[who].post(f"/api{path}", json=body, headers=headers)

    def sends(self, who, path, **form):
        return self.clients[who].post(path, data={"form_key": uuid4().hex, **form})

    def submits(self, who="coordinator", **more):
        return self.does(who, f"{self.at}/editions", **ON_TRACK | more)

    def answers(self, edition, act, who="caseworker", **body):
        return self.does(who, f"/group-reports/{edition['id']}/{act}", **body)

    def editions(self, who="coordinator"):
        return self.clients[who].get(f"/api{self.at}/editions").json["items"]

    def standing(self, who="coordinator"):
        (row,) = self.clients[who].get("/api/reports").json["items"]
        return row["standing"]

    def owes(self, code, due_on, **more):
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            deed_id = uow.find(ReportDue, self.due_id).deed_id
            owed = {"group_id": self.group.id, "household_id": self.home.id, "deed_id": deed_id}
            return uow.add(ReportDue(**owed, code=code, due_on=due_on, **more)).id

    def comes_on_paper(self):
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(ReportDue, self.due_id).submitted_on = date(2026, 2, 27)

    def says(self, who="caseworker", **more):
        said = {"person_id": self.adult, "rating": 4, "comment": "خوب است", "language": "prs"}
        usual = {"said": "own_account" if who == "family" else "interpreter"}
        return self.does(who, f"{self.at}/family-sections", **said | usual | more)

    def heard(self, who):
        found = self.clients[who].get(self.at)
        return "خوب است" in found.text


class TestFilled:
    def test_it_comes_from_what_is_on_record(self, owing):
        facts = owing.clients["reporter"].get(f"/api{owing.at}/facts").json["facts"]

        assert (facts["from_on"], facts["to_on"]) == ("2026-02-01", "2026-03-02")
        assert [met["code"] for met in facts["met"]] == ["HOU-01"]
        assert facts["late"] == {"EDU": 1}
        assert (facts["persons"], facts["joined"], facts["left"]) == (3, 0, 0)
        assert (facts["spent"], facts["spent_since"], facts["at_hand"]) == (4590, 4590, -4590)
        assert (facts["lives_since"], facts["moved"]) == ("2026-02-03", True)
        assert (facts["contacts"], facts["minutes"]) == (0, 0)

    def test_the_hours_of_volunteers_come_from_the_roster(self, owing, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(
                Shift(
                    group_id=owing.group.id,
                    household_id=owing.home.id,
                    kind=ShiftKind.VISIT,
                    starts_at=uow.now - timedelta(days=3),
                    ends_at=uow.now - timedelta(days=3) + timedelta(hours=2),
                    status=ShiftStatus.DONE,
                    minutes=90,
                )
            )
        facts = owing.clients["reporter"].get(f"/api{owing.at}/facts").json["facts"]

        assert (facts["contacts"], facts["minutes"]) == (1, 90)
        assert "1.5" in owing.clients["reporter"].get(f"{owing.at}/new").text

    def test_the_form_suggests_how_each_domain_stands(self, owing):
        page = owing.clients["coordinator"].get(f"{owing.at}/new").text

        assert "A milestone is late here." in page
        assert '<option value="at_risk" selected' in page

    def test_a_household_that_has_just_moved_in_has_no_house_on_record(self, owing, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            (placement,) = uow.all(uow.select(Placement))
            placement.dwelling_id = None
        facts = owing.clients["reporter"].get(f"/api{owing.at}/facts").json["facts"]

        assert facts["tenancy_to"] is None

        with transactions.begin(SYSTEM, "arrange") as uow:
            (placement,) = uow.all(uow.select(Placement))
            placement.end_on = TODAY
        facts = owing.clients["reporter"].get(f"/api{owing.at}/facts").json["facts"]
        assert facts["lives_since"] is None


class TestWhoWrites:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("coordinator", 201),
            ("reporter", 201),
            ("member", 403),
            ("stranger", 404),
            ("caseworker", 403),
            ("manager", 403),
            ("family", 403),
        ],
    )
    def test_coordinators_and_those_who_report_for_the_group(self, owing, who, status):
        assert owing.submits(who).status_code == status

    def test_nobody_once_the_family_shares_nothing_with_the_group(self, owing, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.find(type(owing.match), owing.match.id)
            match.status = SponsorshipStatus.SUSPENDED

        assert owing.submits().status_code == 404
        assert owing.clients["coordinator"].get("/api/reports").json["items"] == []


class TestItsWay:
    def test_overdue_submitted_returned_submitted_again_accepted(self, owing):
        assert owing.standing() == owing.standing("caseworker") == "overdue"

        first = owing.submits(status_hou="needs_help", sentence_hou="A heater is missing").json
        assert owing.standing() == "submitted"
        assert owing.submits().status_code == 409

        back = owing.answers(first, "return", comment_hou="Which room?", comment_general="Thanks")
        assert (back.status_code, owing.standing()) == (201, "returned")
        page = owing.clients["reporter"].get(f"{owing.at}/new").text
        assert "Which room?" in page
        assert "A heater is missing" in page

        second = owing.submits(worries="None").json
        assert (second["edition"], len(owing.editions())) == (2, 2)
        assert owing.answers(second, "acceptance", "manager").status_code == 201
        assert owing.standing() == owing.standing("manager") == "accepted"
        assert owing.answers(second, "return", comment_general="No").status_code == 409

    def test_what_was_on_record_is_frozen_with_it(self, owing, transactions):
        owing.submits()
        with transactions.begin(SYSTEM, "arrange") as uow:
            for milestone in uow.all(uow.select(Milestone)):
                milestone.status, milestone.met_on = Status.MET, TODAY

        (kept,) = owing.editions("caseworker")

        assert [met["code"] for met in kept["facts"]["met"]] == ["HOU-01"]

    def test_the_next_report_begins_where_the_last_one_ended(self, owing, transactions):
        owing.submits()
        with transactions.begin(SYSTEM, "arrange") as uow:
            first = uow.find(ReportDue, owing.due_id)
            about = {"group_id": first.group_id, "household_id": first.household_id}
            second = uow.add(
                ReportDue(**about, deed_id=first.deed_id, code="REP-030", due_on=TODAY)
            )
        facts = owing.clients["reporter"].get(f"/api/reports/{second.id}/facts").json["facts"]

        assert facts["from_on"] == "2026-03-02"
        assert facts["met"] == []

    def test_one_that_is_not_asked_for_any_more_is_not_submitted(self, owing, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(ReportDue, owing.due_id).cancelled_on = TODAY

        assert owing.submits().status_code == 409

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"status_edu": "needs_help"}, "sentence_edu"),
            ({"status_edu": "good"}, "status_edu"),
            ({"worries": "x" * 4001}, "worries"),
        ],
    )
    def test_what_is_missing_is_named(self, owing, body, field):
        assert field in owing.submits(**body).json["errors"]

    def test_a_report_is_returned_with_at_least_one_comment(self, owing):
        edition = owing.submits().json

        assert "comment_general" in owing.answers(edition, "return").json["errors"]

    @pytest.mark.parametrize("who", ["coordinator", "member", "family"])
    def test_the_group_does_not_answer_itself(self, owing, who):
        edition = owing.submits().json

        assert owing.answers(edition, "acceptance", who).status_code == 403

    def test_a_caseworker_of_others_knows_nothing_of_it(self, owing):
        edition = owing.submits().json

        assert owing.answers(edition, "acceptance", "other").status_code == 404
        assert owing.clients["other"].get(owing.at).status_code == 404
        assert owing.clients["other"].get("/api/reports").json["items"] == []


class TestOnPaper:
    def test_the_page_says_when_and_asks_for_nothing(self, owing):
        owing.comes_on_paper()

        pages = {
            who: owing.clients[who].get(owing.at).text for who in ("coordinator", "caseworker")
        }

        for page in pages.values():
            assert "It came on paper on Fri 27 Feb 2026." in page
            assert "It was not submitted yet." not in page
            assert f"{owing.at}/new" not in page
        assert owing.standing() == "on_paper"

    def test_it_is_not_submitted_again(self, owing):
        owing.comes_on_paper()

        assert owing.submits().status_code == 409
        again = owing.sends("coordinator", f"{owing.at}/new", **ON_TRACK)
        assert "This report came on paper already." in again.text
        assert owing.editions() == []

    def test_what_came_on_paper_after_it_was_returned_is_closed_too(self, owing):
        owing.answers(owing.submits().json, "return", comment_needs="For when?")
        owing.comes_on_paper()

        page = owing.clients["coordinator"].get(owing.at).text

        assert "It came on paper on" in page
        assert owing.submits().status_code == 409


class TestTheOrder:
    def test_what_waits_comes_first_then_what_was_accepted_or_came_on_paper(self, owing):
        owing.owes("REP-180", date(2026, 8, 1))
        owing.owes("REP-030", date(2026, 1, 1), submitted_on=date(2026, 1, 2))
        owing.owes("REP-090", date(2026, 2, 20))
        owing.answers(owing.submits().json, "acceptance")

        rows = owing.clients["caseworker"].get("/api/reports").json["items"]

        assert [(row["code"], row["standing"]) for row in rows] == [
            ("REP-090", "overdue"),
            ("REP-180", "due"),
            ("REP-030", "on_paper"),
            ("REP-014", "accepted"),
        ]


class TestTheFamily:
    def test_the_group_reads_it_only_where_the_person_agreed(self, owing):
        owing.says()
        before = (owing.heard("coordinator"), owing.heard("caseworker"), owing.heard("manager"))

        owing.says(shared=True)

        assert before == (False, True, False)
        assert (owing.heard("coordinator"), owing.heard("manager")) == (True, False)
        listed = owing.clients["caseworker"].get(f"/api{owing.at}/family-sections").json["items"]
        assert len(listed) == 1

    def test_an_adult_says_it_in_their_own_account_for_themselves(self, owing):
        assert owing.says("family").status_code == 201
        assert owing.says("family", person_id=owing.spouse).status_code == 403
        mine = owing.clients["family"].get(f"/api{owing.at}/family-sections").json["items"]
        assert [said["person_id"] for said in mine] == [owing.adult]

    @pytest.mark.parametrize(
        ("who", "faulty", "field"),
        [
            ("family", {"said": "interpreter"}, "said"),
            ("caseworker", {"said": "own_account"}, "said"),
            ("caseworker", {"person_id": str(uuid4())}, "person_id"),
            ("caseworker", {"rating": 6}, "rating"),
            ("caseworker", {"rating": "4"}, "rating"),
        ],
    )
    def test_what_is_not_right_is_named(self, owing, who, faulty, field):
        assert field in owing.says(who, **faulty).json["errors"]

    @pytest.mark.parametrize("who", ["coordinator", "member", "manager"])
    def test_nobody_else_says_it_for_them(self, owing, who):
        assert owing.says(who).status_code == 403

    def test_a_closed_report_takes_nothing_more(self, owing):
        owing.answers(owing.submits().json, "acceptance")

        assert owing.says().status_code == 409


class TestEvaluation:
    def test_the_facts_of_accepted_reports_are_numbers_and_codes(self, owing, transactions):
        edition = owing.submits().json
        with transactions.begin(SYSTEM, "look") as uow:
            assert submitted_facts(uow, ARRIVED, TODAY) == []
        owing.answers(edition, "acceptance")

        with transactions.begin(SYSTEM, "look") as uow:
            (told,) = submitted_facts(uow, ARRIVED, TODAY)

        assert (told.code, told.days_late, told.milestones_met) == ("REP-014", 15, 1)
        assert (told.spent_cents, told.minutes) == (4590, 0)
        assert told.statuses["HOU"] == "on_track"


class TestPages:
    def test_the_group_looks_it_over_and_submits_it(self, owing):
        listed = owing.clients["coordinator"].get("/reports").text
        assert "Arrival report" in listed
        assert "Overdue" in listed

        faulty = owing.sends(
            "coordinator", f"{owing.at}/new", **ON_TRACK | {"status_hou": "at_risk"}
        )
        assert faulty.status_code == 422
        done = owing.sends("coordinator", f"{owing.at}/new", **ON_TRACK, needs="A heater")
        assert (done.status_code, done.location) == (303, owing.at)

        page = owing.clients["coordinator"].get(owing.at).text
        assert "Submitted, not read yet" in page
        assert "A heater" in page
        assert "Accept it" not in page

    def test_the_caseworker_returns_it_and_accepts_it(self, owing):
        first = owing.submits().json
        back = f"/group-reports/{first['id']}/return"
        assert "Accept it" in owing.clients["caseworker"].get(owing.at).text
        assert owing.clients["caseworker"].get(back).status_code == 200
        assert owing.sends("caseworker", back, version=first["version"]).status_code == 422
        asked = {"version": first["version"], "comment_needs": "For when?"}
        assert owing.sends("caseworker", back, **asked).status_code == 303
        assert "For when?" in owing.clients["coordinator"].get(owing.at).text

        second = owing.submits().json
        accepted = owing.sends("caseworker", f"/group-reports/{second['id']}/acceptance")
        assert accepted.location == owing.at
        assert "Accepted" in owing.clients["member"].get(owing.at).text

    def test_one_that_is_returned_is_written_anew_from_its_own_words_though_a_later_one_was_given(
        self, owing
    ):
        first = owing.submits(needs="A heater").json
        owing.answers(first, "return", comment_hou="By when?", comment_needs="For when?")
        later = owing.owes("REP-030", date(2026, 3, 1))
        owing.does("coordinator", f"/reports/{later}/editions", **ON_TRACK, needs="Nothing more")

        form = owing.clients["coordinator"].get(f"{owing.at}/new").text

        assert "Housing: By when?" in form
        assert "What we need: For when?" in form
        assert "A heater" in form
        assert "Nothing more" not in form

    def test_what_is_missing_is_named_by_what_it_is_about(self, owing):
        risky = ON_TRACK | {"status_hou": "at_risk"}

        faulty = owing.sends("coordinator", f"{owing.at}/new", **risky)

        assert "Housing: Say in a sentence what is at risk, or what would help." in faulty.text

    def test_the_family_and_the_caseworker_have_a_form_for_its_word(self, owing):
        asked = owing.clients["family"].get(f"{owing.at}/family").text
        assert "The group cannot change it" in asked
        said = {"person_id": owing.adult, "rating": "5", "language": "prs", "shared": "true"}
        own = owing.sends("family", f"{owing.at}/family", **said, said="own_account")
        assert own.location == "/my-household"

        assert owing.clients["caseworker"].get(f"{owing.at}/family").status_code == 200
        done = owing.sends("caseworker", f"{owing.at}/family", **said, said="interpreter")
        assert done.location == owing.at
        assert "5 of 5" in owing.clients["member"].get(owing.at).text
