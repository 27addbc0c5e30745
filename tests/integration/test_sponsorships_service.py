"""Sponsorships: each says yes for themselves, room is taken once, an end leaves nobody alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid, NotFound
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole
from resettle.households.queries import people_at_home
from resettle.placements import endings, queries, readiness, service, sponsorships
from resettle.placements.acts import (
    AnswerProposal,
    DeclineProposal,
    EndSponsorship,
    GiveReason,
    MakePlacement,
    MoveAnchor,
    ProposeSponsorship,
    RecordArrival,
)
from resettle.placements.guards import FACTS
from resettle.placements.models import AnswerMethod, PlacementKind, SponsorshipStatus
from resettle.programmes.facts import Fact
from resettle.sponsors import queries as sponsors
from resettle.sponsors import reports
from resettle.sponsors import service as groups
from resettle.sponsors.acts import MoveGroup
from tests.groups import (
    a_caseworker,
    a_coordinator,
    a_deed,
    a_dwelling,
    a_family,
    a_group,
    a_manager,
    a_match,
    a_member,
    all_in_place,
    everybody_agrees,
    shares,
)
from tests.journeys import a_sponsored_case, at, go
from tests.world import a_user

Status = SponsorshipStatus
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
REASON = GiveReason("A concern was raised")
NO = DeclineProposal("TIMING")


@pytest.fixture
def uow(transactions) -> Iterator[UnitOfWork]:
    """Give work by the system, in which a test arranges and acts."""
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def as_(uow: UnitOfWork, actor: Actor) -> UnitOfWork:
    """Let the same work go on as somebody else."""
    uow.session.flush()
    uow.actor = actor
    return uow


def settle(uow: UnitOfWork) -> None:
    """Let happen what follows from what was told."""
    uow.session.flush()
    uow.settle()
    uow.session.flush()


def a_ready_match(uow, group=None, family=None, **given):
    """Make a match that lacks nothing but the confirmation."""
    group, family = group or a_group(uow), family or a_family(uow)
    if not sponsors.live_members_of(uow, group.id):
        a_member(uow, group)
        a_deed(uow, group)
    match = a_match(uow, group, family, status=Status.ACCEPTED, **given)
    everybody_agrees(uow, match)
    return match


def confirmed(uow, group=None, family=None):
    match = a_ready_match(uow, group, family)
    sponsorships.confirm(uow, match.id)
    settle(uow)
    return match


class TestPropose:
    def test_it_takes_as_many_places_as_there_are_people(self, uow):
        group, family = a_group(uow), a_family(uow)

        match = sponsorships.propose(uow, family.id, ProposeSponsorship(group.id, "NOMINATED"))

        assert (match.status, match.persons, match.proposed_on) == (Status.PROPOSED, 3, TODAY)
        assert (group.persons_now, group.households_now) == (0, 0)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"status": "TRAINING"}, "not ready for a household"),
            ({"status": "SUSPENDED"}, "not ready for a household"),
            ({"max_persons": 2}, "room for 2 people"),
            ({"max_persons": None}, "has not been approved"),
            ({"routes": ["UNHCR_MATCHED"]}, "not approved for this route"),
        ],
    )
    def test_a_group_that_cannot_is_not_asked(self, uow, given, said):
        group, family = a_group(uow, **given), a_family(uow)

        with pytest.raises(Conflict, match=said):
            sponsorships.propose(uow, family.id, ProposeSponsorship(group.id, "NOMINATED"))

    def test_a_household_has_one_group_at_a_time(self, uow):
        group, family = a_group(uow), a_family(uow)
        asked = ProposeSponsorship(group.id, "NOMINATED")
        sponsorships.propose(uow, family.id, asked)

        with pytest.raises(Conflict, match="already has a sponsor group"):
            sponsorships.propose(uow, family.id, asked)

    def test_who_was_declined_is_proposed_to_another(self, uow):
        family = a_family(uow)
        a_match(uow, a_group(uow), family, status=Status.DECLINED)
        other = a_group(uow)

        again = sponsorships.propose(uow, family.id, ProposeSponsorship(other.id, "NOMINATED"))

        assert queries.open_sponsorship(uow, family.id) is again

    def test_quota_households_have_no_group(self, uow):
        family = a_family(uow, programme=("rqp", 3))

        with pytest.raises(Conflict):
            sponsorships.propose(uow, family.id, ProposeSponsorship(a_group(uow).id, "NOMINATED"))

    @pytest.mark.parametrize(
        ("given", "route", "field"),
        [
            ({}, "BY_CHANCE", "route"),
            ({"programme": ("welcome-corps", 1)}, "NOMINATED", "group_id"),
        ],
    )
    def test_the_programme_and_the_route_fit(self, uow, given, route, field):
        group, family = a_group(uow, **given), a_family(uow)

        with pytest.raises(Invalid) as refusal:
            sponsorships.propose(uow, family.id, ProposeSponsorship(group.id, route))

        assert list(refusal.value.errors) == [field]

    def test_a_household_of_others_is_not_found(self, uow):
        group, family = a_group(uow), a_family(uow)

        with pytest.raises(NotFound):
            sponsorships.propose(
                as_(uow, a_caseworker(uow)), family.id, ProposeSponsorship(group.id, "NOMINATED")
            )


class TestAnswerOfTheGroup:
    def test_the_coordinator_accepts(self, uow):
        group = a_group(uow)
        match = a_match(uow, group, a_family(uow))
        coordinator = a_coordinator(uow, group)

        sponsorships.accept(as_(uow, coordinator), match.id)

        assert (match.status, match.accepted_by) == (Status.ACCEPTED, coordinator.user_id)
        with pytest.raises(Conflict):
            sponsorships.accept(uow, match.id)

    def test_or_declines_and_another_group_may_be_asked(self, uow):
        group, family = a_group(uow), a_family(uow)
        match = a_match(uow, group, family)

        sponsorships.decline(as_(uow, a_coordinator(uow, group)), match.id, NO)

        assert (match.status, match.ended_on) == (Status.DECLINED, TODAY)
        assert queries.open_sponsorship(uow, family.id) is None

    def test_another_groups_coordinator_does_not_find_it(self, uow):
        match = a_match(uow, a_group(uow), a_family(uow))

        with pytest.raises(NotFound):
            sponsorships.accept(as_(uow, a_coordinator(uow, a_group(uow))), match.id)

    def test_a_member_does_not_answer_for_the_group(self, uow):
        group = a_group(uow)
        match = a_match(uow, group, a_family(uow))
        member = replace(a_coordinator(uow, group), role=Role.SPONSOR_MEMBER)

        with pytest.raises(Forbidden):
            sponsorships.accept(as_(uow, member), match.id)


class TestAnswersOfTheHousehold:
    def answer(self, person_id, *, agrees=True, **given):
        told = {"method": AnswerMethod.SIGNED_FORM, "answered_on": TODAY} | given
        return AnswerProposal(person_id, agrees, **told)

    def test_each_adult_answers_and_may_think_again(self, uow):
        family = a_family(uow)
        match = a_match(uow, a_group(uow), family)
        one, other = queries.adults_at_home(uow, family.id, TODAY)

        sponsorships.answer(uow, match.id, self.answer(one, agrees=False))
        sponsorships.answer(uow, match.id, self.answer(one))
        sponsorships.answer(uow, match.id, self.answer(other))

        assert [adult.agrees for adult in queries.adults_of(uow, match)] == [True, True]
        assert len(queries.answers_of(uow, match.id)) == 2

    def test_an_adult_answers_in_their_own_account_and_only_for_themselves(self, uow):
        family = a_family(uow)
        match = a_match(uow, a_group(uow), family)
        one, other = queries.adults_at_home(uow, family.id, TODAY)
        oneself = Actor(Role.HOUSEHOLD_PERSON, uuid4(), person_id=one)

        with pytest.raises(Forbidden):
            sponsorships.answer(
                as_(uow, oneself),
                match.id,
                self.answer(other, method=AnswerMethod.OWN_ACCOUNT),
            )
        given = sponsorships.answer(
            uow, match.id, self.answer(one, method=AnswerMethod.OWN_ACCOUNT)
        )

        assert (given.person_id, given.agrees) == (one, True)

    def test_nobody_answers_for_a_child_or_a_stranger(self, uow):
        family, others = a_family(uow), a_family(uow)
        match = a_match(uow, a_group(uow), family)
        child = next(p for p in people_at_home(uow, family.id, TODAY) if p.born_on.year == 2019)
        stranger = queries.adults_at_home(uow, others.id, TODAY)[0]

        for person_id in (child.person_id, stranger):
            with pytest.raises(Invalid):
                sponsorships.answer(uow, match.id, self.answer(person_id))

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"method": AnswerMethod.OWN_ACCOUNT}, "method"),
            ({"method": AnswerMethod.INTERPRETER_READ}, "interpreter"),
            ({"answered_on": TODAY + DAY}, "answered_on"),
        ],
    )
    def test_how_the_answer_was_given_is_told(self, uow, given, field):
        family = a_family(uow)
        match = a_match(uow, a_group(uow), family)
        person_id = queries.adults_at_home(uow, family.id, TODAY)[0]

        with pytest.raises(Invalid) as refusal:
            sponsorships.answer(uow, match.id, self.answer(person_id, **given))

        assert list(refusal.value.errors) == [field]

    def test_once_confirmed_there_is_nothing_to_answer(self, uow):
        match = confirmed(uow)
        person_id = queries.adults_at_home(uow, match.household_id, TODAY)[0]

        with pytest.raises(Conflict):
            sponsorships.answer(uow, match.id, self.answer(person_id))


class TestConfirm:
    def test_a_second_person_confirms_and_room_is_taken(self, uow):
        match = a_ready_match(uow)
        group = sponsors.group_of(uow, match.group_id)

        sponsorships.confirm(uow, match.id)

        assert (match.status, match.confirmed_on) == (Status.CONFIRMED, TODAY)
        assert (group.persons_now, group.households_now) == (3, 1)
        assert match.deed_id == sponsors.deed_in_force(uow, group.id, TODAY).id
        with pytest.raises(Conflict, match="confirmed already"):
            sponsorships.confirm(uow, match.id)

    def test_who_proposed_does_not_confirm(self, uow):
        family = a_family(uow)
        one, other = a_caseworker(uow, family), a_caseworker(uow, family)
        match = a_ready_match(uow, family=family)
        match.proposed_by = one.user_id

        with pytest.raises(Forbidden, match="second person"):
            sponsorships.confirm(as_(uow, one), match.id)
        sponsorships.confirm(as_(uow, other), match.id)

        assert match.confirmed_by == other.user_id

    def test_everything_that_is_missing_is_told_in_words(self, uow):
        match = a_match(uow, a_group(uow, status="TRAINING"), a_family(uow))

        with pytest.raises(Blocked) as refusal:
            sponsorships.confirm(uow, match.id)

        assert refusal.value.missing == {
            "household.accepted": "2 of 2 people have not answered yet.",
            "consent.adults_given": (
                "2 of 2 adults have not agreed that the group learns their name."
            ),
            "sponsorship.accepted": Fact.ACCEPTED.missing,
            "sponsor.ready": Fact.SPONSOR_READY.missing,
            "vetting.all_clear": Fact.VETTING.missing,
            "deed.signed": Fact.DEED.missing,
        }
        assert readiness.readiness(uow, match.id).missing == refusal.value.missing

    def test_a_vetting_that_ran_out_blocks(self, uow):
        group = a_group(uow)
        a_member(uow, group, vetted_until=TODAY)
        a_deed(uow, group)
        match = a_ready_match(uow, group)

        with pytest.raises(Blocked) as refusal:
            sponsorships.confirm(uow, match.id)

        assert list(refusal.value.missing) == ["vetting.all_clear"]

    def test_one_spouse_does_not_consent_for_the_other(self, uow):
        group, family = a_group(uow), a_family(uow)
        a_member(uow, group)
        a_deed(uow, group)
        match = a_match(uow, group, family, status=Status.ACCEPTED)
        everybody_agrees(uow, match)
        newcomer = a_family(uow, born=[date(1960, 1, 1)])
        move_in(uow, newcomer, family)

        with pytest.raises(Blocked) as refusal:
            sponsorships.confirm(uow, match.id)

        assert refusal.value.missing["household.accepted"].startswith("1 of 3 people")
        assert refusal.value.missing["consent.adults_given"].startswith("1 of 3 adults")

    def test_room_that_went_in_the_meantime_is_a_conflict(self, uow):
        group = a_group(uow, max_persons=5)
        confirmed(uow, group)
        match = a_ready_match(uow, group)

        with pytest.raises(Conflict, match="room for 2 people"):
            sponsorships.confirm(uow, match.id)

        assert (group.persons_now, group.households_now) == (3, 1)


def move_in(uow: UnitOfWork, old: Household, new: Household) -> None:
    """Let the only member of one household move to another."""
    query = uow.select(HouseholdMember).where(HouseholdMember.household_id == old.id)
    member = uow.first(query)
    member.household_id, member.role = new.id, MemberRole.OTHER
    uow.session.flush()


class TestSuspend:
    def test_one_person_suspends_at_once_and_somebody_is_asked_to_go_on(self, uow):
        match = confirmed(uow)
        worker = a_user(uow)
        uow.add(
            Assignment(
                household_id=match.household_id,
                user_id=worker.id,
                kind=AssignmentKind.PRIMARY,
                from_on=TODAY,
            )
        )

        endings.suspend(as_(uow, a_manager(uow)), match.id, REASON)
        settle(uow)

        assert (match.status, match.suspended_on) == (Status.SUSPENDED, TODAY)
        assert (match.continuity_since, match.continuity_owner) == (TODAY, worker.id)

    def test_what_never_began_is_not_suspended(self, uow):
        match = a_match(uow, a_group(uow), a_family(uow))

        with pytest.raises(Conflict):
            endings.suspend(uow, match.id, REASON)

    def test_another_person_resumes(self, uow):
        match = confirmed(uow)
        family = uow.find(Household, match.household_id)
        one, other = a_caseworker(uow, family), a_caseworker(uow, family)
        endings.suspend(as_(uow, one), match.id, REASON)
        settle(uow)

        with pytest.raises(Forbidden):
            endings.resume(uow, match.id)
        endings.resume(as_(uow, other), match.id)

        assert (match.status, match.continuity_since) == (Status.CONFIRMED, None)
        with pytest.raises(Conflict):
            endings.resume(uow, match.id)

    def test_it_is_not_resumed_while_something_is_missing(self, uow):
        match = confirmed(uow)
        endings.suspend(uow, match.id, REASON)
        sponsors.live_members_of(uow, match.group_id)[0].vetted_until = TODAY

        with pytest.raises(Blocked):
            endings.resume(uow, match.id)

    def test_a_plan_answers_the_question_who_goes_on(self, uow):
        match = confirmed(uow)
        with pytest.raises(Conflict):
            endings.plan_continuity(uow, match.id, GiveReason("Red Cross steps in"))
        endings.suspend(uow, match.id, REASON)
        settle(uow)

        endings.plan_continuity(uow, match.id, GiveReason("Red Cross steps in"))

        assert (match.continuity_since, match.continuity_plan) == (None, "Red Cross steps in")

    def test_a_suspended_group_suspends_what_it_supports(self, uow):
        group = a_group(uow)
        one, other = confirmed(uow, group), confirmed(uow, group)

        groups.move(uow, group.id, MoveGroup("SUSPENDED", "An investigation"))
        settle(uow)

        assert {one.status, other.status} == {Status.SUSPENDED}
        assert one.continuity_since == other.continuity_since == TODAY


class TestEnd:
    def end(self, kind="COMPLETED", **given):
        return EndSponsorship(kind, given.pop("ended_on", TODAY), **given)

    def test_room_is_given_back_and_reports_are_asked_for_no_more(self, uow):
        group, family = a_group(uow), a_family(uow, arrived_on=TODAY - 20 * DAY)
        match = confirmed(uow, group, family)
        assert len(reports.owed_on(uow, group.id, family.id)) == 1

        endings.end(uow, match.id, self.end())
        settle(uow)

        assert (match.status, match.ending_kind) == (Status.ENDED, "COMPLETED")
        assert (group.persons_now, group.households_now) == (0, 0)
        assert uow.rows(sponsors.reports_of(uow, group.id)) == []
        assert match.continuity_since is None

    def test_a_breakdown_says_why_and_asks_who_goes_on(self, uow):
        match = confirmed(uow)
        with pytest.raises(Invalid):
            endings.end(uow, match.id, self.end("BREAKDOWN"))

        endings.end(uow, match.id, self.end("BREAKDOWN", reasons=["FUNDS"]))
        settle(uow)

        assert (match.reasons, match.continuity_since) == (["FUNDS"], TODAY)

    def test_after_an_end_another_group_may_be_asked(self, uow):
        family, other = a_family(uow), a_group(uow)
        match = confirmed(uow, family=family)
        endings.end(uow, match.id, self.end("BREAKDOWN", reasons=["FUNDS"]))
        settle(uow)

        again = sponsorships.propose(uow, family.id, ProposeSponsorship(other.id, "NOMINATED"))

        assert again.status is Status.PROPOSED

    def test_a_proposal_taken_back_frees_no_room_that_it_never_took(self, uow):
        group = a_group(uow)
        match = a_match(uow, group, a_family(uow))

        endings.end(uow, match.id, self.end("PROGRAMME_CLOSED"))
        settle(uow)

        assert (match.status, group.persons_now) == (Status.ENDED, 0)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"kind": "ABANDONED"}, "ending_kind"),
            ({"reasons": ["FATE"]}, "reasons"),
            ({"ended_on": TODAY + DAY}, "ended_on"),
            ({"ended_on": date(2020, 1, 1)}, "ended_on"),
        ],
    )
    def test_what_is_on_no_list_is_refused(self, uow, given, field):
        match = confirmed(uow)

        with pytest.raises(Invalid) as refusal:
            endings.end(uow, match.id, self.end(**given))

        assert list(refusal.value.errors) == [field]

    def test_each_side_may_withdraw_and_do_nothing_else(self, uow):
        group, family = a_group(uow), a_family(uow)
        match = confirmed(uow, group, family)
        adult = queries.adults_at_home(uow, family.id, TODAY)[0]
        oneself = Actor(Role.HOUSEHOLD_PERSON, uuid4(), person_id=adult)

        with pytest.raises(Invalid):
            endings.end(as_(uow, a_coordinator(uow, group)), match.id, self.end())
        as_(uow, oneself)
        endings.end(uow, match.id, self.end("WITHDRAWN_BY_HOUSEHOLD"))

        assert match.ended_by == oneself.user_id

    def test_a_child_does_not_end_it(self, uow):
        family = a_family(uow)
        match = confirmed(uow, family=family)
        child = next(p for p in people_at_home(uow, family.id, TODAY) if p.born_on.year == 2019)
        oneself = Actor(Role.HOUSEHOLD_PERSON, uuid4(), person_id=child.person_id)

        with pytest.raises(Forbidden):
            endings.end(as_(uow, oneself), match.id, self.end("WITHDRAWN_BY_HOUSEHOLD"))


class TestCoupling:
    def test_one_deed_serves_three_households_until_the_last_is_over(self, uow):
        """Scenario 2: one church, one deed, three households."""
        group = a_group(uow)
        families = [a_family(uow) for _ in range(3)]
        matches = [confirmed(uow, group, family) for family in families]
        for family in families:
            service.record_arrival(uow, family.id, RecordArrival(TODAY))
        settle(uow)
        assert {match.deed_id for match in matches} == {sponsors.deeds_of(uow, group.id)[0].id}
        assert len(sponsors.deeds_of(uow, group.id)) == 1

        stages = [group.status]
        for match in matches:
            endings.end(uow, match.id, EndSponsorship("COMPLETED", TODAY))
            settle(uow)
            stages.append(group.status)

        assert stages == ["ACTIVE", "ACTIVE", "ACTIVE", "COMPLETED"]

    @pytest.mark.parametrize(
        ("stage", "to", "reason", "kind"),
        [
            ("EXIT_REVIEW", "COMPLETED", "PLAN_COMPLETED", "COMPLETED"),
            ("EXIT_REVIEW", "COMPLETED", "SELF_RELIANT_EARLY", "COMPLETED_EARLY"),
            ("ASSESSING", "WITHDRAWN", "BY_HOUSEHOLD", "WITHDRAWN_BY_HOUSEHOLD"),
            ("ASSESSING", "WITHDRAWN", "BY_SPONSOR", "WITHDRAWN_BY_SPONSOR"),
            ("ASSESSING", "WITHDRAWN", "BY_UNHCR", None),
        ],
    )
    def test_a_sponsorship_ends_with_the_case(self, uow, stage, to, reason, kind):
        group, family = a_group(uow), a_family(uow)
        case = a_sponsored_case(uow, family)
        case.early_exit_agreed_on = case.exit_reviewed_on = TODAY
        case.exit_handover = "The family knows whom to ask"
        match = confirmed(uow, group, family)

        go(uow, at(case, stage), to, TODAY, reason=reason, note="As asked")
        settle(uow)

        assert (match.status, match.ended_on, match.ending_kind) == (Status.ENDED, TODAY, kind)
        assert (group.persons_now, match.continuity_since) == (0, None)

    @pytest.mark.parametrize("status", [Status.PROPOSED, Status.ACCEPTED])
    def test_a_group_is_offered_nobody_who_is_not_eligible(self, uow, status):
        family = a_family(uow)
        case = a_sponsored_case(uow, family)
        match = a_match(uow, a_group(uow), family, status=status)

        on = match.proposed_on - DAY
        go(uow, at(case, "ELIGIBILITY_SCREENED"), "INELIGIBLE", on, reason="NOT_ELIGIBLE_AGE")
        settle(uow)

        assert (match.status, match.ended_on) == (Status.ENDED, match.proposed_on)
        assert match.ending_note == "The case is over: Not eligible."

    def test_a_case_on_its_way_ends_nothing(self, uow):
        family = a_family(uow)
        case = a_sponsored_case(uow, family)
        match = confirmed(uow, family=family)

        go(uow, at(case, "WELCOME"), "SETTLING", TODAY)
        settle(uow)

        assert match.status is Status.CONFIRMED

    def test_an_arrival_makes_the_group_active_and_reports_due(self, uow):
        group, family = a_group(uow), a_family(uow)
        confirmed(uow, group, family)
        assert group.status == "READY"

        service.record_arrival(uow, family.id, RecordArrival(TODAY - 3 * DAY))
        settle(uow)

        assert group.status == "ACTIVE"
        owed = {r.code: r.due_on for r in reports.owed_on(uow, group.id, family.id)}
        assert owed["REP-014"] == TODAY + 11 * DAY

    def test_reports_move_with_the_arrival(self, uow):
        group, family = a_group(uow), a_family(uow)
        confirmed(uow, group, family)
        service.record_arrival(uow, family.id, RecordArrival(TODAY))
        settle(uow)

        service.move_anchor(uow, family.id, MoveAnchor("arrived", TODAY - DAY))
        settle(uow)

        owed = {r.code: r.due_on for r in reports.owed_on(uow, group.id, family.id)}
        assert owed["REP-014"] == TODAY + 13 * DAY

    @pytest.mark.parametrize("status", [None, Status.PROPOSED])
    def test_an_arrival_without_a_confirmed_group_owes_nothing(self, uow, status):
        group, family = a_group(uow), a_family(uow)
        if status is not None:
            a_match(uow, group, family, status=status)

        service.record_arrival(uow, family.id, RecordArrival(TODAY))
        service.move_anchor(uow, family.id, MoveAnchor("arrived", TODAY - DAY))
        settle(uow)

        assert reports.owed_on(uow, group.id, family.id) == []


class TestGuards:
    class Case:
        def __init__(self, family):
            self.household_id = family.id

    def holding(self, uow, family):
        case = self.Case(family)
        return {fact.value for fact, holds in FACTS.items() if holds(uow, case)}

    def test_at_first_nothing_holds(self, uow):
        assert self.holding(uow, a_family(uow)) == set()

    def test_a_proposal_to_a_group_with_room(self, uow):
        family = a_family(uow)
        a_match(uow, a_group(uow), family)

        assert self.holding(uow, family) == {
            "sponsorship.proposed",
            "sponsor.ready",
            "sponsor.capacity_free",
        }

    def test_a_confirmed_match_has_everything(self, uow):
        family = a_family(uow)
        confirmed(uow, a_group(uow, max_persons=3), family)

        assert self.holding(uow, family) == {
            "sponsorship.proposed",
            "sponsorship.accepted",
            "household.accepted",
            "consent.adults_given",
            "sponsor.ready",
            "sponsor.capacity_free",
            "deed.signed",
            "vetting.all_clear",
        }

    def test_a_house_made_ready_with_somebody_at_the_door(self, uow):
        family = a_family(uow)
        dwelling = a_dwelling(uow, family)
        assert self.holding(uow, family) == set()

        all_in_place(uow, dwelling, family)

        assert self.holding(uow, family) == {"house.ready", "handover.person_named"}

    def test_a_placement_with_who_received_them(self, uow):
        family = a_family(uow, arrived_on=TODAY)
        stay = MakePlacement(
            kind=PlacementKind.TRANSITIONAL,
            start_on=TODAY,
            dwelling_id=a_dwelling(uow, family).id,
            received_by="Father Tim",
        )

        service.place(uow, family.id, stay)

        assert self.holding(uow, family) == {"placement.current", "handover.person_named"}

    def test_continuity_holds_once_somebody_has_planned_it(self, uow):
        family = a_family(uow)
        match = confirmed(uow, family=family)
        endings.suspend(uow, match.id, REASON)
        settle(uow)
        assert "continuity.planned" not in self.holding(uow, family)

        endings.plan_continuity(uow, match.id, GiveReason("Another group"))

        assert "continuity.planned" in self.holding(uow, family)


class TestLists:
    def test_sponsorships_are_found_by_status_group_and_household(self, uow):
        one, other = a_family(uow), a_family(uow)
        group = a_group(uow)
        first = a_match(uow, group, one)
        second = a_match(uow, a_group(uow), other, status=Status.ACCEPTED)

        def found(**wanted):
            query = queries.sponsorships(uow, queries.SponsorshipFilters(**wanted))
            return {row.id for row in uow.rows(query)}

        assert found() == {first.id, second.id}
        assert found(status=Status.ACCEPTED) == {second.id}
        assert found(group_id=group.id) == {first.id}
        assert found(household_id=other.id) == {second.id}


def test_sharing_one_thing_is_not_sharing_the_name(uow):
    group, family = a_group(uow), a_family(uow, born=[date(1990, 1, 1)])
    match = a_match(uow, group, family)
    person_id = queries.adults_at_home(uow, family.id, TODAY)[0]

    shares(uow, family.id, person_id, group.id, Item.PROFILE)

    assert "consent.adults_given" in readiness.missing_for(uow, match)
