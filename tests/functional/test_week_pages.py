"""The group's week over HTTP: what each sees of it and may press, on pages alone."""

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.plans.jobs import begin_exits
from resettle.plans.nights import EXITS
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.roster.queries import TWO_AT_ONCE
from resettle.sponsors.models import ReportDue
from resettle.tasks.models import Task, TaskStatus
from tests import groups
from tests.desks import a_step
from tests.weeks import LATER, TODAY, a_shift, at, company

CAR = {"licence_until": LATER, "vehicle_seats": 4, "child_seats": 1, "drives_children": True}


@pytest.fixture
def made(transactions):
    return company(transactions, **CAR)


@pytest.fixture
def arranged(transactions, made):
    """Give a way to make shifts of the company."""

    def arrange(**facts):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return a_shift(uow, made, **facts)

    return arrange


def kept(transactions, shift):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        found = uow.find(Shift, shift.id)
        return found.status, found.member_id, found.went, found.minutes


class TestOurWeek:
    def test_a_group_without_a_household_is_told_what_will_stand_here(
        self, transactions, client_of, made
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(uow.select(Sponsorship))
            match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY

        page = client_of(made.helper).get("/our-week").text

        assert "Your group supports no household at the moment" in page
        assert "what is due and who does it stands here" in page

    def test_who_waits_to_be_confirmed_is_told_so(self, client_of, made):
        waiting = Actor(Role.SPONSOR_MEMBER, user_id=made.helper.user_id)

        assert "your vetting is clear" in client_of(waiting).get("/our-week").text

    def test_a_quiet_week_says_so(self, client_of, made):
        page = client_of(made.helper).get("/our-week").text

        assert "Nothing is due this week" in page
        assert made.household.reference in client_of(made.helper).get("/our-household").text

    def test_each_day_says_what_is_due_and_who_does_it(self, client_of, made, arranged):
        arranged(starts_at=at(10, TODAY + timedelta(days=1)), member_id=made.lead_member.id,
                 status=ShiftStatus.CONFIRMED)  # fmt: skip
        arranged(starts_at=at(11, TODAY + timedelta(days=6)), kind=ShiftKind.LIFT)
        arranged(starts_at=at(11, TODAY + timedelta(days=8)), words="Too far ahead")

        page = client_of(made.helper).get("/our-week").text

        days = re.findall(r"<h2>(?:Today, )?(\w{3} \d+ \w{3})", page)
        assert days == ["Tue 3 Mar", "Sun 8 Mar"]
        assert "Ruth Ellison" in page
        assert "Nobody yet" in page
        assert "Too far ahead" not in page

    def test_of_what_is_past_it_asks_how_it_went(self, client_of, made, arranged):
        day = TODAY - timedelta(days=2)
        own = arranged(
            starts_at=at(10, day), member_id=made.helper_member.id, status=ShiftStatus.CONFIRMED
        )
        arranged(starts_at=at(12, day), member_id=made.lead_member.id, status=ShiftStatus.ASKED)

        page = client_of(made.helper).get("/our-week").text

        assert "How did it go?" in page
        assert page.count("Say it") == 1
        assert f"/roster-shifts/{own.id}/departure" in page

    def test_milestones_and_reports_of_the_group_stand_there(self, transactions, client_of, made):
        with transactions.begin(SYSTEM, "arrange") as uow:
            facts = {"programme_code": "cors", "programme_version": 2}
            a_step(uow, made.household, code="PRE-05", due_on=TODAY - timedelta(days=3), **facts)
            deed = groups.a_deed(uow, made.group)
            uow.add(
                ReportDue(
                    group_id=made.group.id,
                    household_id=made.household.id,
                    deed_id=deed.id,
                    code="REP-014",
                    due_on=TODAY - timedelta(days=1),
                )
            )
        lead = client_of(made.lead)

        page = lead.get("/our-week").text

        assert "Milestones that your group owes" in page
        assert "3 days late" in page
        way = re.search(r'href="(/reports/[^"]+)">Arrival report<', page)[1]
        assert lead.get(way).status_code == 200
        assert "Arrival report" in lead.get(f"/sponsor-groups/{made.group.id}").text

    def test_a_report_about_a_household_that_is_not_known_any_more_leads_to_the_group(
        self, transactions, client_of, made
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            deed = groups.a_deed(uow, made.group)
            gone = {"group_id": made.group.id, "household_id": groups.a_family(uow).id}
            uow.add(ReportDue(deed_id=deed.id, code="REP-365", due_on=TODAY, **gone))

        page = client_of(made.lead).get("/our-week").text

        assert f'<a href="/sponsor-groups/{made.group.id}">REP-365</a>' in page

    def test_the_last_months_begin_by_themselves_with_tasks_of_the_group(
        self, transactions, client_of, made
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(Household, made.household.id).support_end_on = date(2026, 5, 20)
        with transactions.begin(SYSTEM, EXITS) as uow:
            begin_exits(uow, {})
        client = client_of(made.helper)

        page = client.get("/our-week").text

        assert "Letting go" in page
        assert "Your support ends on" in page
        assert "Say for each support who takes it over, with the family" in page
        assert page.count("Look through the final report, and send it") == 1
        way = re.search(r'href="(/plans/[^"]+/letting-go)"', page)[1]
        assert client.get(way).status_code == 200
        with transactions.begin(SYSTEM, "arrange") as uow:
            for task in uow.all(uow.select(Task)):
                task.status = TaskStatus.DONE
        assert "All your tasks for it are done." in client.get("/our-week").text

    def test_with_two_households_each_line_says_of_which(
        self, transactions, client_of, made, arranged
    ):
        arranged(starts_at=at(10, TODAY + timedelta(days=1)))
        assert made.household.reference not in client_of(made.lead).get("/our-week").text
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = groups.a_family(uow)
            match = groups.a_match(uow, made.group, other, status=SponsorshipStatus.CONFIRMED)
            groups.everybody_agrees(uow, match)

        page = client_of(made.lead).get("/our-week").text

        assert f"/households/{other.id}/roster/new" in page
        assert re.search(rf"Visit</strong> {made.household.reference}", page)
        assert page.count(made.household.reference) > page.count(other.reference)

    def test_that_nobody_has_taken_a_shift_is_said_once(self, client_of, made, arranged):
        for hour in (10, 14):
            arranged(starts_at=at(hour, TODAY + timedelta(days=1)))

        page = client_of(made.helper).get("/our-week").text

        assert page.count("Nobody yet") == 2
        assert "Nobody has taken this yet" not in page

    def test_a_clash_is_told_of_every_line_that_has_one(self, client_of, made, arranged):
        for hour in (10, 10, 14, 14):
            arranged(starts_at=at(hour, TODAY + timedelta(days=1)))

        page = client_of(made.helper).get("/our-week").text

        assert page.count(TWO_AT_ONCE) == 4


class TestWaysAround:
    """Pages of one household and its group: from each to the others, and out again."""

    PAGES = ("roster", "thread", "group-tasks", "sponsor-updates", "contact-card")

    @pytest.mark.parametrize("page", PAGES)
    def test_members_of_a_group_go_on_and_back_to_their_week(self, client_of, made, page):
        told = client_of(made.helper).get(f"/households/{made.household.id}/{page}").text

        assert '<a class="back" href="/our-week">' in told
        for other in self.PAGES:
            assert f'href="/households/{made.household.id}/{other}"' in told

    @pytest.mark.parametrize("page", PAGES)
    def test_caseworkers_go_back_to_the_file(self, client_of, made, page):
        told = client_of(made.worker).get(f"/households/{made.household.id}/{page}").text

        assert f'<a class="back" href="/households/{made.household.id}/' in told

    @pytest.mark.parametrize("page", ["roster", "thread", "contact-card"])
    def test_a_family_goes_back_home_and_sees_no_pages_of_others(self, client_of, made, page):
        told = client_of(made.person).get(f"/households/{made.household.id}/{page}").text

        assert '<a class="back" href="/my-household">' in told
        assert "data-leave" in told
        assert "/group-tasks" not in told
        assert "/sponsor-updates" not in told


class TestPlanning:
    def form(self, made, **more):
        usual = {"kind": "visit", "on": "2026-03-03", "at": "10:00", "minutes": "90"}
        return f"/households/{made.household.id}/roster/new", usual | more

    def test_a_shift_is_planned_and_shown(self, client_of, made):
        client = client_of(made.lead)
        path, body = self.form(made, words="Walk to the library", member_id=made.helper_member.id)
        assert "Tom Fraser" in client.get(path).text

        answer = client.post(path, data=body, follow_redirects=True)

        assert "It is on the roster." in answer.text
        assert "10:00–11:30" in answer.text
        assert "Walk to the library" in answer.text

    def test_a_member_puts_on_nobody_but_themselves(self, client_of, made):
        page = client_of(made.helper).get(self.form(made)[0]).text

        assert "Tom Fraser" in page
        assert "Ruth Ellison" not in page

    def test_what_is_wrong_stands_beside_its_field(self, client_of, made):
        path, body = self.form(made, every_weeks="1")

        answer = client_of(made.helper).post(path, data=body)

        assert answer.status_code == 422
        assert "Say until which day it comes again" in answer.text

    def test_who_rides_is_named_as_far_as_they_share_it(self, client_of, made):
        page = client_of(made.helper).get(self.form(made)[0]).text

        assert "Rana Haddad" in page
        assert "Person 3" in page  # the child's guardian has not shared its name


class TestFeed:
    """Each member has a calendar of their own: what they have taken on, and of nothing else."""

    def fetched(self, app, address):
        answer = app.test_client().get(address)
        return answer, "" if answer.status_code != HTTPStatus.OK else answer.get_data(as_text=True)

    def test_ones_own_shifts_and_tasks_are_in_it_under_neutral_names_until_one_is_let_go(
        self, app, transactions, client_of, made, arranged
    ):
        facts = {"status": ShiftStatus.CONFIRMED, "words": "To the mosque"}
        own = arranged(member_id=made.helper_member.id, **facts)
        others = arranged(member_id=made.lead_member.id, starts_at=at(14), **facts)
        asked = client_of(made.helper).post("/account/calendar-feed", data={}).text
        address = re.search(r"http://[^/]*(/calendar-feeds/[\w-]{43}\.ics)", asked)[1]

        _, feed = self.fetched(app, address)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(type(made.helper_member), made.helper_member.id).left_on = TODAY
        gone, nothing = self.fetched(app, address)

        assert f"{own.id}@resettle" in feed
        assert str(others.id) not in feed
        assert f"SUMMARY:Roster\\, {made.household.reference}" in feed
        for secret in ("mosque", "Haddad", "Rana", "Tom", "visit"):
            assert secret not in feed
        assert str(own.id) not in nothing
        assert "VEVENT" not in nothing
        assert gone.status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}


class TestWhoSuits:
    """TODAY is a Monday; the household speaks Arabic."""

    @pytest.mark.parametrize(
        ("brings", "said"),
        [
            (([], []), ("", "")),
            ((["eng"], ["tue_evening"]), ("", ": usually has time Tue evening")),
            ((["ara"], []), (": speaks Arabic", ": speaks Arabic")),
            (([], ["mon_morning"]), (": usually has time then", ": usually has time Mon morning")),
            (
                (["ara"], ["mon_morning"]),
                (
                    ": speaks Arabic, usually has time then",
                    ": speaks Arabic, usually has time Mon morning",
                ),
            ),
        ],
    )
    def test_what_speaks_for_a_member_stands_beside_the_name(
        self, transactions, client_of, made, arranged, brings, said
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            member = uow.find(type(made.helper_member), made.helper_member.id)
            member.languages, member.availability = brings
        client, shift = client_of(made.lead), arranged(starts_at=at(10, TODAY + timedelta(days=7)))

        asked = client.get(f"/roster-shifts/{shift.id}").text
        planning = client.get(f"/households/{made.household.id}/roster/new").text

        assert f">Tom Fraser{said[0]}<" in asked
        assert f">Tom Fraser{said[1]}<" in planning


class TestOnTheWay:
    def press(self, client, shift, act, **body):
        path = f"/roster-shifts/{shift.id}/{act}"
        return client.post(path, data=body, follow_redirects=True)

    def test_taken_offered_kept_and_released(self, transactions, client_of, made, arranged):
        shift, client = arranged(), client_of(made.helper)

        assert "It is yours" in self.press(client, shift, "taking").text
        assert "seeks somebody else" in self.press(client, shift, "offer").text
        assert "You keep it" in self.press(client, shift, "keeping").text
        assert "open again" in self.press(client, shift, "release").text
        assert kept(transactions, shift)[0] is ShiftStatus.OPEN

    def test_asked_confirmed_arrived_and_left(self, transactions, client_of, made, arranged):
        begins = at(22, TODAY)
        shift, client = arranged(starts_at=begins), client_of(made.helper)
        lead = client_of(made.lead)
        page = lead.get(f"/roster-shifts/{shift.id}").text
        assert "Ask somebody" in page
        answer = self.press(lead, shift, "assignment", member_id=made.helper_member.id)
        assert "They are asked" in answer.text
        assert "I will be there" in client.get("/our-week").text

        assert "Confirmed" in self.press(client, shift, "confirmation").text
        assert "You have arrived" in self.press(client, shift, "arrival").text
        form = f"/roster-shifts/{shift.id}/departure"
        assert "Minutes" not in client.get(form).text
        left = client.post(form, data={"went": "We read a letter"}, follow_redirects=True)

        assert "minutes are counted" in left.text
        assert kept(transactions, shift)[0] is ShiftStatus.DONE
        roster = client.get(f"/households/{made.household.id}/roster").text
        assert "We read a letter" in roster
        back = self.press(client, shift, "reopening")
        assert "as it was before" in back.text

    def test_who_leads_speaks_for_a_member_without_an_account(
        self, transactions, client_of, made, arranged
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            quiet = groups.a_member(uow, made.group).id
        shift, lead = arranged(starts_at=at(22, TODAY)), client_of(made.lead)
        self.press(lead, shift, "assignment", member_id=quiet)

        week = lead.get("/our-week").text
        self.press(lead, shift, "confirmation")
        self.press(lead, shift, "arrival")

        assert "They will be there" in week
        assert "They have left" in lead.get("/our-week").text
        assert "They have left" not in client_of(made.helper).get("/our-week").text

    def test_that_nobody_came_is_for_who_leads(self, client_of, made, arranged):
        shift = arranged(starts_at=at(9, TODAY), member_id=made.helper_member.id,
                         status=ShiftStatus.CONFIRMED)  # fmt: skip

        assert self.press(client_of(made.helper), shift, "absence").status_code == 403
        assert "Recorded: nobody came" in self.press(client_of(made.lead), shift, "absence").text
        roster = client_of(made.lead).get(f"/households/{made.household.id}/roster").text
        assert "1 times nobody came" in roster

    def test_changed_and_called_off(self, transactions, client_of, made, arranged):
        mine = {"member_id": made.helper_member.id, "status": ShiftStatus.CONFIRMED}
        series = {"series_id": groups.uuid4(), "starts_at": at(10, date(2026, 3, 4))}
        shift = arranged(**mine, **series)
        arranged(series_id=shift.series_id, starts_at=at(10, date(2026, 3, 11)))
        client, path = client_of(made.helper), f"/roster-shifts/{shift.id}"
        assert "1 more follow in this series" in client.get(path).text
        form = client.get(f"{path}/change").text
        assert 'value="60"' in form
        body = {"on": "2026-03-05", "at": "11:00", "minutes": "30"}

        changed = client.post(f"{path}/change", data=body, follow_redirects=True)
        off = client.get(f"{path}/cancellation").text
        done = client.post(
            f"{path}/cancellation", data={"reason": "Away", "following": "true"},
            follow_redirects=True,
        )  # fmt: skip

        assert "11:00–11:30" in changed.text
        assert "And the 1 that follow" in off
        assert "It is called off" in done.text
        assert "Away" in client.get(path).text


class TestWhoElseSees:
    def test_the_family_sees_who_comes_and_not_what_is_open(self, client_of, made, arranged):
        arranged(words="Not taken by anybody")
        arranged(words="Tea", member_id=made.helper_member.id, status=ShiftStatus.CONFIRMED)
        client = client_of(made.person)

        page = client.get(f"/households/{made.household.id}/roster").text

        assert "Tea" in page
        assert "Not taken by anybody" not in page
        assert "Plan a shift" not in page

    def test_the_caseworker_reads_it(self, client_of, made, arranged):
        shift = arranged(words="Tea", kind=ShiftKind.LIFT)
        client = client_of(made.worker)

        assert "Tea" in client.get(f"/households/{made.household.id}/roster").text
        page = client.get(f"/roster-shifts/{shift.id}").text
        assert "3 people, 1 of them children; 1 need a seat for children" in page
        assert "Ask somebody" not in page

    def test_the_hours_are_told_to_reports(self, client_of, made, arranged):
        arranged(status=ShiftStatus.DONE, minutes=50)

        path = f"/api/households/{made.household.id}/roster/hours"
        found = client_of(made.worker).get(f"{path}?first=2026-03-01&last=2026-03-31").json

        assert (found["minutes"], found["shifts"], found["by_kind"]) == (50, 1, {"visit": 50})


class TestLifts:
    @pytest.fixture
    def appointment(self, client_of, made):
        path = f"/api/households/{made.household.id}/appointments"
        body = {"kind": "hospital", "with_whom": "Dr Rata"}
        body |= {"starts_at": "2026-03-05T10:00:00+13:00"}
        body["ends_at"] = "2026-03-05T11:00:00+13:00"
        headers = {"Idempotency-Key": "an-appointment"}
        return client_of(made.worker).post(path, json=body, headers=headers).json["id"]

    def test_asked_taken_and_called_off(self, client_of, made, appointment):
        worker, path = client_of(made.worker), f"/appointments/{appointment}/lift"
        assert path in worker.get(f"/appointments/{appointment}").text
        assert "does not see with whom" in worker.get(path).text

        asked = worker.post(path, data={"words": "Into town"}, follow_redirects=True)
        week = client_of(made.helper).get("/our-week").text
        off = worker.post(f"{path}/withdrawal", follow_redirects=True)

        assert "The group is asked" in asked.text
        assert "Into town" in week
        assert not [secret for secret in ("Dr Rata", "ospital") if secret in week]
        assert "The lift is called off" in off.text

    def test_where_nobody_supports_there_is_nobody_to_ask(
        self, transactions, client_of, made, appointment
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(uow.select(Sponsorship))
            match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY

        page = client_of(made.worker).get(f"/appointments/{appointment}/lift").text

        assert "No sponsor group supports this household" in page

    def test_a_car_is_noted_where_the_members_stand(self, client_of, made):
        client, path = client_of(made.helper), f"/sponsor-groups/members/{made.helper_member.id}"
        assert f"{path}/car" in client.get(f"/sponsor-groups/{made.group.id}").text
        assert 'value="4"' in client.get(f"{path}/car").text

        noted = client.post(f"{path}/car", data={"vehicle_seats": "5"}, follow_redirects=True)

        assert "The car is noted" in noted.text
        assert 'value="5"' in client.get(f"{path}/car").text
