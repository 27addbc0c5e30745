"""From one sponsor group to the next: nobody is asked twice in vain, and no day is uncovered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM, Role
from resettle.core.errors import Blocked, Conflict, Invalid
from resettle.placements import endings, queries, sponsorships
from resettle.placements.acts import (
    AnswerProposal,
    DeclineProposal,
    EndSponsorship,
    GiveReason,
    ProposeSponsorship,
)
from resettle.placements.models import AnswerMethod, SponsorshipStatus
from resettle.settings import Settings
from resettle.sponsors import service as groups
from resettle.sponsors.acts import MoveGroup
from resettle.tasks.models import Task, TaskStatus
from tests.groups import (
    a_caseworker,
    a_coordinator,
    a_deed,
    a_family,
    a_group,
    a_match,
    a_member,
    everybody_agrees,
)
from tests.world import a_user

Status = SponsorshipStatus
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
TEENAGER = date(2009, 3, 1)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def settle(uow):
    uow.session.flush()
    uow.settle()
    uow.session.flush()


def ready(uow, **given):
    group = a_group(uow, **given)
    a_member(uow, group)
    a_deed(uow, group)
    return group


def confirmed(uow, group, family):
    match = a_match(uow, group, family, status=Status.ACCEPTED)
    everybody_agrees(uow, match)
    sponsorships.confirm(uow, match.id)
    settle(uow)
    return match


def propose(uow, family, group):
    return sponsorships.propose(uow, family.id, ProposeSponsorship(group.id, "NOMINATED"))


def tasks(uow, family):
    found = uow.all(uow.select(Task).where(Task.household_id == family.id))
    return {(task.title.split(":")[0], task.status) for task in found}


class TestHandOver:
    def test_the_first_group_goes_on_until_the_next_is_confirmed_and_ends_then(self, uow):
        family, one, other = a_family(uow), ready(uow), ready(uow)
        first = confirmed(uow, one, family)

        second = propose(uow, family, other)
        assert second.takes_over_from == first.id
        assert queries.open_sponsorship(uow, family.id) is first
        sponsorships.accept(uow, second.id)
        everybody_agrees(uow, second)
        sponsorships.confirm(uow, second.id)
        settle(uow)

        assert (first.status, first.ending_kind, first.ended_on) == (
            Status.ENDED,
            "TRANSFERRED",
            second.confirmed_on,
        )
        assert queries.open_sponsorship(uow, family.id) is second
        assert (one.persons_now, one.households_now) == (0, 0)
        assert (other.persons_now, other.households_now) == (3, 1)
        assert first.continuity_since is None
        assert tasks(uow, family) == set()

    def test_a_next_group_that_is_not_ready_takes_nothing_from_the_first(self, uow):
        family, one, other = a_family(uow), ready(uow), ready(uow)
        first, second = confirmed(uow, one, family), propose(uow, family, other)

        with pytest.raises(Blocked):
            sponsorships.confirm(uow, second.id)

        assert first.status is Status.CONFIRMED

    def test_the_group_that_supports_a_household_is_not_asked_again(self, uow):
        family, group = a_family(uow), ready(uow)
        confirmed(uow, group, family)

        with pytest.raises(Conflict, match="it is this one"):
            propose(uow, family, group)

    def test_nobody_ends_a_sponsorship_as_handed_over_without_a_next_group(self, uow):
        match = confirmed(uow, ready(uow), a_family(uow))

        with pytest.raises(Invalid) as refusal:
            endings.end(uow, match.id, EndSponsorship("TRANSFERRED", TODAY))

        assert refusal.value.errors == {
            "ending_kind": ["Propose the next group: this one ends when that one is confirmed."]
        }

    def test_wanting_a_next_group_ends_nothing_and_somebody_has_to_find_it(self, uow):
        family = a_family(uow)
        match = confirmed(uow, ready(uow), family)

        endings.want_successor(uow, match)
        settle(uow)

        assert (match.status, match.continuity_since) == (Status.CONFIRMED, TODAY)
        assert tasks(uow, family) == {
            ("Plan safety and continuity", TaskStatus.OPEN),
            ("Search for a new sponsor group", TaskStatus.OPEN),
        }

    def test_finding_the_next_group_ends_the_search_and_the_question(self, uow):
        family = a_family(uow)
        first = confirmed(uow, ready(uow), family)
        endings.end(uow, first.id, EndSponsorship("BREAKDOWN", TODAY, ["FUNDS"]))
        settle(uow)

        confirmed(uow, ready(uow), family)

        assert first.continuity_since is None
        assert {status for _, status in tasks(uow, family)} == {TaskStatus.DONE}


class TestContinuity:
    def test_the_plan_is_due_within_a_day_and_done_with_its_task(self, uow):
        family = a_family(uow)
        match = confirmed(uow, ready(uow), family)
        endings.suspend(uow, match.id, GiveReason("A concern"))
        settle(uow)
        assert match.continuity_due_on == TODAY + DAY

        endings.plan_continuity(uow, match.id, GiveReason("The Red Cross does"))
        settle(uow)

        assert (match.continuity_since, match.continuity_due_on) == (None, None)
        assert tasks(uow, family) == {("Plan safety and continuity", TaskStatus.DONE)}

    def test_without_a_primary_caseworker_another_of_the_household_decides(self, uow):
        family = a_family(uow)
        match = confirmed(uow, ready(uow), family)
        second = a_user(uow)
        uow.add(
            Assignment(
                household_id=family.id,
                user_id=second.id,
                kind=AssignmentKind.SECOND,
                from_on=TODAY,
            )
        )

        endings.suspend(uow, match.id, GiveReason("A concern"))
        settle(uow)

        assert match.continuity_owner == second.id

    def test_where_nobody_looks_after_it_whoever_acted_decides_or_nobody(self, uow):
        match = confirmed(uow, ready(uow), a_family(uow))

        endings.suspend(uow, match.id, GiveReason("A concern"))
        settle(uow)

        assert match.continuity_owner is None


class TestGroupBrokenOff:
    def test_what_a_group_had_accepted_is_asked_about_and_a_proposal_taken_back(self, uow):
        group = ready(uow)
        supported, accepted, proposed = a_family(uow), a_family(uow), a_family(uow)
        running = confirmed(uow, group, supported)
        said_yes = a_match(uow, group, accepted, status=Status.ACCEPTED)
        asked = a_match(uow, group, proposed)

        groups.move(uow, group.id, MoveGroup("SUSPENDED", "An investigation"))
        settle(uow)

        assert [m.status for m in (running, said_yes, asked)] == [
            Status.SUSPENDED,
            Status.ACCEPTED,
            Status.ENDED,
        ]
        assert (running.continuity_since, said_yes.continuity_since) == (TODAY, TODAY)

    @pytest.mark.parametrize(
        ("stages", "kind"),
        [
            (("SUSPENDED", "ENDED"), "DEED_TERMINATED"),
            (("WITHDRAWN",), "WITHDRAWN_BY_SPONSOR"),
        ],
    )
    def test_what_it_had_accepted_waits_for_another_group_once_it_is_no_more(
        self, uow, stages, kind
    ):
        group, family = ready(uow, status="AWAITING_MATCH"), a_family(uow)
        worker = a_caseworker(uow, family)
        match = a_match(uow, group, family, status=Status.ACCEPTED)

        for stage in stages:
            groups.move(uow, group.id, MoveGroup(stage, "They gave up"))
            settle(uow)

        assert (match.status, match.ending_kind) == (Status.ENDED, kind)
        assert (match.continuity_since, match.continuity_owner) == (TODAY, worker.user_id)
        assert queries.waiting(uow, family.id) is None
        search = uow.first(uow.select(Task).where(Task.source_id == match.id))
        assert search.title == "Search for a new sponsor group"
        again = sponsorships.propose(uow, family.id, ProposeSponsorship(ready(uow).id, "NOMINATED"))
        assert again.status is Status.PROPOSED

    def test_for_a_proposal_taken_back_nobody_is_asked_to_search(self, uow):
        match = a_match(uow, ready(uow), a_family(uow))

        endings.take_back(uow, match, "Taken back.")
        settle(uow)

        assert uow.count(Task, Task.source_id == match.id) == 0

    def test_a_suspended_group_accepts_nobody(self, uow):
        group = ready(uow)
        match = a_match(uow, group, a_family(uow))
        group.status = "SUSPENDED"

        with pytest.raises(Conflict, match="not ready for a household"):
            sponsorships.accept(uow, match.id)


class TestDecline:
    def test_it_has_a_reason_of_the_list(self, uow):
        match = a_match(uow, a_group(uow), a_family(uow))

        sponsorships.decline(uow, match.id, DeclineProposal("HOUSING", "No house in Timaru"))

        assert (match.decline_reason, match.ending_note) == ("HOUSING", "No house in Timaru")

    @pytest.mark.parametrize(
        ("given", "field"),
        [(("BORED", None), "reason"), (("OTHER", None), "note"), (("OTHER", "  "), "note")],
    )
    def test_a_reason_that_says_nothing_is_refused(self, uow, given, field):
        match = a_match(uow, a_group(uow), a_family(uow))

        with pytest.raises(Invalid) as refusal:
            sponsorships.decline(uow, match.id, DeclineProposal(*given))

        assert list(refusal.value.errors) == [field]

    def test_the_group_is_not_asked_about_the_same_household_for_a_while(self, uow):
        family, group = a_family(uow), ready(uow)
        no = a_match(uow, group, family, status=Status.DECLINED)
        days = uow.use(Settings).decline_cool_off_days

        with pytest.raises(Conflict, match="declined this household"):
            propose(uow, family, group)
        no.ended_on = TODAY - days * DAY
        uow.session.flush()

        assert propose(uow, family, group).status is Status.PROPOSED


class TestAnswers:
    def test_the_group_has_as_many_working_days_as_its_programme_says(self, uow):
        match = propose(uow, a_family(uow), ready(uow))

        assert match.answer_by == date(2026, 3, 16)

    def test_a_programme_without_such_a_day_sets_none(self, uow):
        family = a_family(uow, programme=("us-wc", 1))
        group = ready(uow, programme=("us-wc", 1), routes=["MATCHED"])

        assert queries.due_by(uow, family, queries.ANSWER) is None
        assert group.routes

    def test_who_is_16_answers_for_themselves_and_is_waited_for(self, uow):
        family = a_family(uow, born=(date(1985, 1, 1), TEENAGER))
        match = a_match(uow, a_group(uow), family)
        teenager = queries.asked_at_home(uow, family.id, TODAY)[-1]
        oneself = replace(
            a_coordinator(uow, a_group(uow)),
            role=Role.HOUSEHOLD_PERSON,
            person_id=teenager,
            group_ids=frozenset(),
        )
        assert len(queries.adults_at_home(uow, family.id, TODAY)) == 1

        uow.session.flush()
        uow.actor = oneself
        said = AnswerProposal(teenager, False, AnswerMethod.OWN_ACCOUNT, TODAY)  # no
        sponsorships.answer(uow, match.id, said)
        uow.actor = SYSTEM

        assert [one.agrees for one in queries.asked_of(uow, match)] == [None, False]


def test_a_case_that_is_over_ends_what_runs_and_what_waits(uow):
    family, one, other = a_family(uow), ready(uow), ready(uow)
    confirmed(uow, one, family)
    propose(uow, family, other)

    for each in queries.all_open(uow, family.id):
        endings.end_with_case(uow, each, TODAY, "COMPLETED", "The case is over.")

    assert queries.all_open(uow, family.id) == []


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [("COMPLETED", -1, "it ends early"), ("COMPLETED_EARLY", 0, "it is completed")],
)
def test_support_that_ends_at_its_time_is_completed_and_before_it_early(uow, kind, days, said):
    family = a_family(uow)
    match = confirmed(uow, ready(uow), family)
    family.support_end_on = TODAY - days * DAY
    uow.session.flush()

    with pytest.raises(Invalid) as refusal:
        endings.end(uow, match.id, EndSponsorship(kind, TODAY))

    assert said in refusal.value.errors["ending_kind"][0]


def test_a_caseworker_who_acts_alone_owns_the_question(uow):
    family = a_family(uow)
    match = confirmed(uow, ready(uow), family)
    worker = a_caseworker(uow, family)

    uow.session.flush()
    uow.actor = worker
    endings.suspend(uow, match.id, GiveReason("A concern"))
    settle(uow)

    assert match.continuity_owner == worker.user_id
