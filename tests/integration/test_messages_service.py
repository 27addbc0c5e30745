"""Updates to the caseworker, the shared thread, and the tasks that a group does."""

from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.incidents.models import Incident
from resettle.messages import queries, service
from resettle.messages.acts import Report, SendUpdate, Write
from resettle.messages.models import Mood, Side, SponsorUpdate, ThreadMessage
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.roster import group_tasks, handing, rules
from resettle.roster.acts import AddGroupTask, ChangeGroupTask
from resettle.tasks import service as tasks
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit, Task, TaskStatus
from tests.weeks import TODAY, a_company


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def made(uow):
    made = a_company(uow)
    uow.actor = made.helper
    return made


def ended(uow):
    """Let the support have ended."""
    actor, uow.actor = uow.actor, SYSTEM
    match = uow.first(uow.select(Sponsorship))
    match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY
    uow.session.flush()
    uow.actor = actor


class TestUpdates:
    def test_it_waits_until_a_caseworker_has_read_it(self, uow, made):
        command = SendUpdate(text="They slept badly, the street is loud", mood=Mood.HARD)
        update = service.send_update(uow, made.household.id, command)
        with pytest.raises(Forbidden):
            service.read_update(uow, update.id)
        uow.actor = made.worker

        service.read_update(uow, update.id)

        assert (update.signed, update.read_by) == ("Tom Fraser", made.worker.user_id)
        with pytest.raises(Conflict):
            service.read_update(uow, update.id)

    def test_the_family_knows_nothing_of_it(self, uow, made):
        service.send_update(uow, made.household.id, SendUpdate(text="A good week"))
        uow.actor = made.person

        assert uow.all(uow.select(SponsorUpdate)) == []
        with pytest.raises(Forbidden):
            queries.updates(uow, made.household.id)

    def test_without_a_group_nobody_sends(self, uow, made):
        ended(uow)

        with pytest.raises(NotFound):
            service.send_update(uow, made.household.id, SendUpdate(text="Hello"))


class TestThread:
    def test_everybody_of_it_reads_what_each_writes(self, uow, made):
        for actor in (made.helper, made.person, made.worker):
            uow.actor = actor
            service.write(uow, made.household.id, Write(text=f"From {actor.role}"))
            uow.now += timedelta(minutes=1)

        for actor in (made.lead, made.person, made.worker):
            uow.actor = actor
            said = queries.latest(uow, made.household.id)
            assert [one.side for one in said] == [Side.GROUP, Side.FAMILY, Side.CASEWORKER]
        # People of the family sign with no name: who shares theirs is known by it elsewhere.
        assert [one.signed for one in said] == ["Tom Fraser", None, "Mere"]

    def test_what_others_wrote_is_unread_until_one_reads_or_answers(self, uow, made):
        home = made.household.id
        service.write(uow, home, Write(text="Kia ora"))
        assert queries.unread(uow) == {}
        uow.actor, uow.now = made.person, uow.now + timedelta(minutes=1)
        assert queries.unread(uow) == {home: 1}

        service.mark_read(uow, home)
        assert queries.unread(uow) == {}
        uow.now += timedelta(minutes=1)
        service.write(uow, home, Write(text="Salaam"))
        uow.actor = made.helper

        assert queries.unread(uow) == {home: 1}
        uow.now += timedelta(minutes=1)
        service.write(uow, home, Write(text="See you on Monday"))
        assert queries.unread(uow) == {}

    def test_taken_back_it_is_kept_and_shown_to_nobody(self, uow, made):
        message = service.write(uow, made.household.id, Write(text="Wrong thread"))
        uow.actor = made.lead
        with pytest.raises(Conflict, match="Only who wrote"):
            service.retract(uow, message.id)
        uow.actor = made.helper

        service.retract(uow, message.id)

        assert (message.shown_text, message.text) == (None, "Wrong thread")
        with pytest.raises(Conflict):
            service.retract(uow, message.id)

    def test_told_as_a_worry_it_is_an_incident_of_which_the_thread_shows_nothing(self, uow, made):
        message = service.write(uow, made.household.id, Write(text="You owe us money"))
        before = message.version
        uow.actor = made.person

        service.report(uow, message.id, Report(text="We are afraid of this"))
        uow.settle()

        uow.actor = SYSTEM
        (incident,) = uow.all(uow.select(Incident))
        assert "You owe us money" in incident.text
        assert "We are afraid of this" in incident.text
        assert (incident.reported_by, message.version) == (made.person.user_id, before)

    def test_another_group_reads_nothing_of_what_was_written_before_it(self, uow, made):
        service.write(uow, made.household.id, Write(text="Kia ora"))
        uow.session.flush()
        ended(uow)

        assert uow.all(uow.select(ThreadMessage)) == []
        uow.actor = made.worker
        with pytest.raises(Conflict, match="No sponsor group"):
            service.write(uow, made.household.id, Write(text="Is anybody there?"))


class TestGroupTasks:
    def a_task(self, uow, made, **more):
        given = {"title": "Buy a heater", "category": Category.HOUSE, "due_on": TODAY, **more}
        uow.actor = made.worker
        task = tasks.add(uow, made.household.id, AddTask(**given))
        uow.actor = made.helper
        return task

    def test_what_was_not_handed_over_is_not_known_to_the_group(self, uow, made):
        task = self.a_task(uow, made, detail="They asked for this in confidence")
        assert uow.find(Task, task.id) is None
        uow.actor = made.worker
        handing.hand(uow, task.id)
        uow.actor = made.helper
        assert uow.find(Task, task.id) is task
        uow.actor = made.worker

        handing.recall(uow, task.id)

        uow.actor = made.helper
        assert uow.find(Task, task.id) is None

    def test_it_is_handed_over_once_while_it_is_open_to_a_group_that_is_there(self, uow, made):
        task = self.a_task(uow, made)
        uow.actor = made.worker
        with pytest.raises(Conflict, match="No group"):
            handing.recall(uow, task.id)
        handing.hand(uow, task.id)
        with pytest.raises(Conflict, match="already"):
            handing.hand(uow, task.id)
        handing.recall(uow, task.id)
        ended(uow)
        with pytest.raises(Conflict, match="No sponsor group"):
            handing.hand(uow, task.id)
        tasks.finish(uow, task.id)
        with pytest.raises(Conflict, match="done or cancelled"):
            handing.hand(uow, task.id)

    def test_a_member_takes_it_and_who_leads_gives_it(self, uow, made):
        command = AddGroupTask(title="Library cards", category=Category.SOCIAL, due_on=TODAY)
        task = handing.add(uow, made.household.id, command)
        with pytest.raises(Forbidden):
            handing.change(uow, task.id, ChangeGroupTask(member_id=made.lead_member.id))
        handing.change(uow, task.id, ChangeGroupTask(member_id=made.helper_member.id))
        uow.actor = made.lead

        handing.change(
            uow, task.id,
            ChangeGroupTask(member_id=made.lead_member.id, handover=HandoverLevel.TOGETHER),
        )  # fmt: skip

        assert (task.member_id, task.handover) == (made.lead_member.id, HandoverLevel.TOGETHER)
        made.helper_member.vetted_until = TODAY
        with pytest.raises(Invalid):
            handing.change(uow, task.id, ChangeGroupTask(member_id=made.helper_member.id))

    def test_ones_own_is_given_as_it_is_made(self, uow, made):
        command = AddGroupTask(
            title="Cards", category=Category.SOCIAL, due_on=TODAY, member_id=made.helper_member.id
        )

        assert handing.add(uow, made.household.id, command).member_id == made.helper_member.id

    def test_one_that_repeats_stays_with_the_group(self, uow, made):
        task = self.a_task(uow, made, repeat_every=1, repeat_unit=RepeatUnit.WEEK)
        uow.actor = made.worker
        handing.hand(uow, task.id)
        uow.actor = made.helper
        handing.change(uow, task.id, ChangeGroupTask(member_id=made.helper_member.id))

        handing.finish(uow, task.id)

        (following,) = group_tasks.due_by(uow, TODAY + timedelta(days=7))
        assert (following.group_id, following.member_id) == (made.group.id, made.helper_member.id)
        with pytest.raises(Conflict):
            handing.finish(uow, task.id)
        handing.reopen(uow, task.id)
        assert task.status is TaskStatus.OPEN
        with pytest.raises(Conflict):
            handing.reopen(uow, task.id)

    def test_without_a_group_none_is_made(self, uow, made):
        ended(uow)
        command = AddGroupTask(title="Cards", category=Category.SOCIAL, due_on=TODAY)

        uow.actor = SYSTEM
        with pytest.raises(Conflict, match="No sponsor group"):
            handing.add(uow, made.household.id, command)

    def test_how_the_family_takes_over_is_seen_by_kind(self, uow, made):
        for number, level in enumerate(("we_do", "we_do", "together", "together")):
            command = AddGroupTask(
                title="To the market by bus",
                category=Category.TRANSPORT,
                due_on=date(2026, 2, 1 + number),
                handover=HandoverLevel(level),
            )
            task = handing.add(uow, made.household.id, command)
            uow.today = date(2026, 2, 1 + number)
            handing.finish(uow, task.id)
        uow.session.flush()

        (trend,) = group_tasks.trends(uow, made.household.id)

        assert trend.levels == ["we_do", "we_do", "together", "together"]
        assert trend.next == "family_leads"


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([], "we_do"),
        (["we_do"], "we_do"),
        (["we_do", "we_do"], "together"),
        (["we_do", "together"], "together"),
        (["family_leads", "family_leads"], "family_leads"),
    ],
)
def test_what_was_done_twice_goes_on_to_the_next_level(done, expected):
    assert rules.next_level(done) == expected
