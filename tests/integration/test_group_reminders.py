"""What members of sponsor groups and managers are told by mail: once, to who must act, no names."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest

from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import SYSTEM
from resettle.core.jobs import Job
from resettle.messages import service as messages
from resettle.messages.acts import Write
from resettle.notifications import group_queries, jobs, rules, service
from resettle.notifications.acts import Choose
from resettle.notifications.mail import FileMailer, Post
from resettle.notifications.models import GroupReminder
from resettle.notifications.rules import Kind, Mailing
from resettle.placements.models import Sponsorship
from resettle.placements.models import SponsorshipStatus as Status
from resettle.sponsors import members
from resettle.sponsors.acts import RecordTraining
from resettle.sponsors.models import Deed, SponsorGroup, SponsorMember, Training, TrainingModule
from resettle.strain import service as strain
from resettle.strain.acts import SendToGroups
from tests.groups import a_manager
from tests.weeks import company

# 3 March 2026, 08:00 in New Zealand: past the hour of the day's mail, and not quiet.
MORNING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
TODAY = date(2026, 3, 3)


@pytest.fixture
def box(tmp_path):
    return tmp_path / "mail"


@pytest.fixture
def posting(transactions, box, clock):
    clock.move_to(MORNING)
    post = Post(FileMailer(box), "resettle <reminders@example.nz>", "https://r.test")
    return replace(transactions, resources={**transactions.resources, Post: post})


@pytest.fixture
def made(posting):
    """Make a group with its household; everybody of it can sign in and has mail."""
    made = company(posting)
    with posting.begin(SYSTEM, "arrange") as uow:
        for actor in (made.lead, made.helper):
            uow.find(UserAccount, actor.user_id).status = AccountStatus.ACTIVE
    return made


@pytest.fixture
def manager(posting):
    with posting.begin(SYSTEM, "arrange") as uow:
        actor = a_manager(uow)
        uow.find(UserAccount, actor.user_id).status = AccountStatus.ACTIVE
        return actor


def remind(posting, *actors):
    for actor in actors:
        with posting.begin(SYSTEM, "job:remind") as uow:
            jobs.remind(uow, {"user_id": str(actor.user_id)})


def change(posting, model, id_, **facts):
    with posting.begin(SYSTEM, "arrange") as uow:
        row = uow.find(model, id_)
        for name, value in facts.items():
            setattr(row, name, value)


def choose(posting, actor, mailing):
    with posting.begin(actor, "reminder:own") as uow:
        service.choose(
            uow,
            Choose(
                mailing=mailing, digest_at=time(7, 30), quiet_from=time(18), quiet_until=time(7)
            ),
        )


def mails(box):
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(box.glob("*"))]


def told(posting):
    with posting.begin(SYSTEM, "look", read_only=True) as uow:
        rows = uow.all(uow.select(GroupReminder).order_by(GroupReminder.made_at))
        return [(row.user_id, row.kind, row.stage) for row in rows]


class TestThread:
    def written(self, posting, made):
        with posting.begin(made.person, "thread:write") as uow:
            messages.write(uow, made.household.id, Write(text="The heater is broken again"))

    def test_a_message_of_the_family_is_told_once_with_its_page_and_no_name(
        self, posting, made, box
    ):
        self.written(posting, made)
        remind(posting, made.helper)
        remind(posting, made.helper)
        self.written(posting, made)
        remind(posting, made.helper)

        (mail,) = mails(box)
        text = mail.get_content()
        assert mail["Subject"] == "resettle: 1 thing waits for you"
        assert f"{made.household.reference}: a message in the shared thread" in text
        assert f"https://r.test/households/{made.household.id}/thread" in text
        assert not [word for word in ("Haddad", "Rana", "heater", "Ōtautahi") if word in text]

    def test_who_has_read_it_is_not_told(self, posting, made, box):
        self.written(posting, made)
        with posting.begin(made.helper, "thread:read") as uow:
            messages.mark_read(uow, made.household.id)

        remind(posting, made.helper)

        assert told(posting) == []

    @pytest.mark.parametrize("lost", ["household", "vetting", "account"])
    def test_who_may_no_longer_see_it_is_told_nothing(self, posting, made, box, lost):
        self.written(posting, made)
        with posting.begin(SYSTEM, "arrange") as uow:
            if lost == "household":
                (match,) = uow.all(uow.select(Sponsorship))
                match.status = Status.SUSPENDED
            elif lost == "vetting":
                uow.find(SponsorMember, made.helper_member.id).vetted_until = TODAY
            else:
                account = uow.find(UserAccount, made.helper.user_id)
                account.status = AccountStatus.DEACTIVATED

        remind(posting, made.helper)

        assert told(posting) == []
        assert not box.exists()

    def test_what_was_told_of_a_household_that_is_gone_is_shown_no_more(self, posting, made):
        self.written(posting, made)
        remind(posting, made.helper)
        with posting.begin(SYSTEM, "arrange") as uow:
            (match,) = uow.all(uow.select(Sponsorship))
            match.status = Status.SUSPENDED

        with posting.begin(made.helper, "look", read_only=True) as uow:
            assert uow.all(group_queries.told(uow, unread=True)) == []


class TestGroupMessage:
    def test_a_message_to_groups_is_told_to_each_member_by_its_page(
        self, posting, made, manager, box
    ):
        with posting.begin(manager, "group-message:send") as uow:
            strain.send(uow, SendToGroups(text="The office is closed on Monday"))

        remind(posting, made.helper, made.lead, manager)

        assert {kind for _, kind, _ in told(posting)} == {Kind.GROUP_MESSAGE}
        assert len(mails(box)) == 2
        text = mails(box)[0].get_content()
        assert "https://r.test/our-week" in text
        assert "Monday" not in text


class TestRunningOut:
    @pytest.mark.parametrize(
        ("days", "stage"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7)]
    )
    def test_it_is_told_sixty_thirty_and_seven_days_ahead(self, days, stage):
        assert rules.stage(TODAY + timedelta(days=days), TODAY) == stage

    def test_once_it_is_over_nothing_is_told(self):
        assert rules.stage(TODAY - timedelta(days=1), TODAY) is None

    def test_a_vetting_is_told_to_its_member_who_leads_and_managers_each_time_once(
        self, posting, made, manager, clock, box
    ):
        until = TODAY + timedelta(days=60)
        change(posting, SponsorMember, made.helper_member.id, vetted_until=until)
        for day in (0, 1, 30, 31, 53, 54):
            clock.move_to(MORNING + timedelta(days=day, hours=1))
            remind(posting, made.helper, made.lead, manager)

        found = told(posting)
        for actor in (made.helper, made.lead, manager):
            stages = [s for user, _, s in found if user == actor.user_id]
            assert stages == [60, 30, 7]
        assert len(mails(box)) == 9
        text = mails(box)[0].get_content()
        assert "a vetting runs out, due Sat 2 May" in text
        assert f"https://r.test/sponsor-groups/{made.group.id}" in text
        assert "Fraser" not in text

    def test_of_others_a_member_is_told_nothing(self, posting, made):
        soon = TODAY + timedelta(days=5)
        change(posting, SponsorMember, made.lead_member.id, vetted_until=soon)
        change(posting, SponsorGroup, made.group.id, approved_until=soon)

        remind(posting, made.helper)

        assert told(posting) == []

    def test_approval_and_deed_are_told_to_who_leads_and_to_managers(self, posting, made, manager):
        soon = TODAY + timedelta(days=20)
        change(posting, SponsorGroup, made.group.id, approved_until=soon)
        with posting.begin(SYSTEM, "arrange") as uow:
            a_deed_until(uow, made.group, soon)

        remind(posting, made.lead, manager)

        kinds = {(user, kind) for user, kind, _ in told(posting)}
        both = (made.lead.user_id, manager.user_id)
        assert kinds == {(user, kind) for user in both for kind in (Kind.APPROVAL, Kind.DEED)}

    def test_a_deed_that_another_goes_on_from_is_not_told(self, posting, made):
        with posting.begin(SYSTEM, "arrange") as uow:
            a_deed_until(uow, made.group, TODAY + timedelta(days=20))
            a_deed_until(uow, made.group, None)

        remind(posting, made.lead)

        assert told(posting) == []

    def test_of_a_group_that_has_ended_nothing_is_told(self, posting, made, manager):
        soon = TODAY + timedelta(days=20)
        change(posting, SponsorGroup, made.group.id, approved_until=soon, status="ENDED")
        change(posting, SponsorMember, made.helper_member.id, vetted_until=soon)

        remind(posting, manager)

        assert told(posting) == []

    def test_a_training_is_told_until_it_was_done_again(self, posting, made):
        with posting.begin(SYSTEM, "arrange") as uow:
            uow.add(
                Training(
                    group_id=made.group.id,
                    member_id=made.helper_member.id,
                    module=TrainingModule.CHILD_PROTECTION,
                    completed_on=date(2023, 3, 20),
                )
            )
        remind(posting, made.helper)
        assert told(posting) == [(made.helper.user_id, Kind.TRAINING, 30)]

        again = RecordTraining(TrainingModule.CHILD_PROTECTION, TODAY, "2026-17")
        with posting.begin(made.lead, "member:add") as uow:
            members.record_training(uow, made.helper_member.id, again)
        remind(posting, made.lead)

        assert len(told(posting)) == 1

    def test_of_29_february_the_years_end_in_march(self):
        assert rules.years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
        assert rules.years_after(date(2024, 2, 28), 3) == date(2027, 2, 28)


class TestChoices:
    @pytest.fixture
    def soon(self, posting, made):
        change(posting, SponsorGroup, made.group.id, approved_until=TODAY + timedelta(days=20))

    def test_who_wants_no_mail_finds_it_in_the_service_alone(self, posting, made, soon, box):
        choose(posting, made.lead, Mailing.OFF)

        remind(posting, made.lead)

        assert [kind for _, kind, _ in told(posting)] == [Kind.APPROVAL]
        assert not box.exists()

    def test_in_quiet_hours_it_waits(self, posting, made, soon, box, clock):
        choose(posting, made.lead, Mailing.AT_ONCE)
        clock.move_to(MORNING - timedelta(hours=2))
        remind(posting, made.lead)
        assert not box.exists()

        clock.move_to(MORNING)
        remind(posting, made.lead)
        remind(posting, made.lead)

        assert len(mails(box)) == 1

    def test_what_was_set_aside_is_not_mailed(self, posting, made, soon, box, clock):
        clock.move_to(MORNING - timedelta(hours=2))
        remind(posting, made.lead)
        with posting.begin(made.lead, "reminder:own") as uow:
            assert service.read_all(uow) == 1
        clock.move_to(MORNING)

        remind(posting, made.lead)

        assert not box.exists()

    def test_an_account_without_an_address_has_no_mail(self, posting, made, soon, box):
        change(posting, UserAccount, made.lead.user_id, email=None)

        remind(posting, made.lead)

        assert not box.exists()


def test_everybody_of_a_group_and_every_manager_is_looked_at(posting, made, manager):
    with posting.begin(SYSTEM, "job:look") as uow:
        jobs.look(uow, {})

    with posting.begin(SYSTEM, "look", read_only=True) as uow:
        left = {job.key for job in uow.session.query(Job)}
    for actor in (made.lead, made.helper, manager):
        assert f"notifications:remind:{actor.user_id}" in left
    assert "pulses:ask:2026-03-04" in left


def test_the_page_leads_to_where_each_is_done(posting, made, client_of):
    change(posting, SponsorGroup, made.group.id, approved_until=TODAY + timedelta(days=20))
    with posting.begin(made.person, "thread:write") as uow:
        messages.write(uow, made.household.id, Write(text="Hello"))
    remind(posting, made.lead)
    client = client_of(made.lead)

    page = client.get("/reminders")

    assert "The approval of a group runs out" in page.text
    assert f'href="/sponsor-groups/{made.group.id}"' in page.text
    assert f'href="/households/{made.household.id}/thread"' in page.text
    aside = client.post("/reminders/reading", follow_redirects=True)
    assert "2 set aside" in aside.text
    assert "Nothing new." in client.get("/reminders?unread=true").text


def test_programs_read_the_same_and_set_one_aside(posting, made, client_of):
    change(posting, SponsorGroup, made.group.id, approved_until=TODAY + timedelta(days=20))
    with posting.begin(made.person, "thread:write") as uow:
        messages.write(uow, made.household.id, Write(text="Hello"))
    remind(posting, made.lead)
    client, path = client_of(made.lead), "/api/reminders/groups"

    rows = {row["kind"]: row for row in client.get(path).json["items"]}
    key = {"Idempotency-Key": uuid4().hex}
    aside = client.post(f"/api/reminders/{rows['approval']['id']}/reading", headers=key)

    assert {kind: (row["group_id"], row["household_id"]) for kind, row in rows.items()} == {
        "approval": (str(made.group.id), None),
        "thread": (str(made.group.id), str(made.household.id)),
    }
    assert aside.status_code == 204
    assert [row["kind"] for row in client.get(f"{path}?unread=true").json["items"]] == ["thread"]
    assert client_of(made.helper).get(path).json["items"] == []


def a_deed_until(uow, group, until):
    uow.add(
        Deed(
            group_id=group.id,
            signed_on=date(2024, 1, 1),
            effective_from=date(2024, 1, 1),
            effective_to=until,
            report_days={"REP-014": 14},
        )
    )
