"""Changes between two files: who goes where, what goes along, what stays, and the way back."""

from datetime import date, timedelta

import pytest

from resettle.cases.models import Assignment, AssignmentKind, CaseLink, LinkKind
from resettle.cases.queries import of_household, primary
from resettle.changes import acts, service
from resettle.changes.models import HouseholdChange
from resettle.consents.following import standing_of
from resettle.consents.models import Item, Purpose
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid
from resettle.households.models import DenyListed, Household, HouseholdMember, Person
from resettle.households.queries import current_members, household_of
from resettle.milestones import service as milestones
from resettle.milestones.models import MilestoneChange, Status
from resettle.placements.models import Placement, PlacementKind, SponsorshipStatus
from resettle.placements.queries import current_placement, open_sponsorship
from resettle.sponsors.models import ReportDue, SponsorGroup
from resettle.tasks.models import Category, Task, TaskStatus
from tests.desks import a_step
from tests.groups import a_deed, a_dwelling, a_group, a_match, all_in_place
from tests.integration.test_changes_service import (
    ARRIVED,
    TODAY,
    Family,
    a_split,
    everything,
    lines,
)
from tests.journeys import a_quota_case, at
from tests.world import a_consent, a_household, a_member, a_user

SINCE = date(2026, 1, 5)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def two(uow):
    return Two(uow)


class Two(Family):
    """The family, with its case, home and group; and a couple in a file of their own."""

    def __init__(self, uow):
        super().__init__(uow)
        worker, uow.actor = uow.actor, SYSTEM
        self.other = a_household(
            uow,
            display_name="Amiri",
            programme_code="rqp",
            programme_version=3,
            location="CHC",
            arrived_on=ARRIVED,
        )
        self.aunt = a_member(uow, self.other, given_name="Nasrin", joined_on=ARRIVED)
        self.uncle = a_member(uow, self.other, "HUS", given_name="Hamid", joined_on=ARRIVED)
        for household in (self.home, self.other):
            at(a_quota_case(uow, household), "SUPPORT_ACTIVE")
            self.lives(household)
        uow.add(
            Assignment(
                household_id=self.other.id,
                user_id=worker.user_id,
                kind=AssignmentKind.PRIMARY,
                from_on=ARRIVED,
            )
        )
        uow.settle()
        uow.actor = worker

    def lives(self, household):
        self.uow.add(
            Placement(
                household_id=household.id,
                kind=PlacementKind.SETTLED,
                dwelling_id=a_dwelling(self.uow, household).id,
                location="CHC",
                start_on=SINCE,
            )
        )

    def a_house(self, location):
        house = a_dwelling(self.uow, self.home, location=location)
        all_in_place(self.uow, house, self.home)
        self.uow.session.flush()
        return house

    def is_sponsored(self, household, status=SponsorshipStatus.CONFIRMED):
        worker, self.uow.actor = self.uow.actor, SYSTEM
        group = a_group(self.uow)
        group.persons_now, group.households_now = 3, 1
        match = a_match(self.uow, group, household, status=status)
        self.uow.session.flush()
        self.uow.actor = worker
        return match

    def owes(self, match, code, due_on):
        worker, self.uow.actor = self.uow.actor, SYSTEM
        owed = self.uow.add(
            ReportDue(
                group_id=match.group_id,
                household_id=match.household_id,
                deed_id=a_deed(self.uow, self.uow.find(SponsorGroup, match.group_id)).id,
                code=code,
                due_on=due_on,
            )
        )
        self.uow.actor = worker
        return owed

    def people_of(self, household):
        return {member.person_id for member in current_members(self.uow, household.id)}

    def joins(self, *relationships, **more):
        pairs = zip((self.aunt, self.uncle), relationships or ("SIS", "BRL"), strict=False)
        people = [acts.Going(person.id, relationship) for person, relationship in pairs]
        return acts.Join(**{"on": TODAY, "other_id": self.other.id, "people": people} | more)

    def marries(self, **more):
        usual = {"on": TODAY, "person_id": self.father.id, "marital_status": "MA"}
        return acts.Marriage(**usual | {"relationship": "WIF"} | more)


def made_by(uow, change):
    part = uow.first(uow.select(HouseholdChange).where(HouseholdChange.part_of == change.id))
    return uow.find(Household, part.household_id)


def refused(two, act, error=Invalid):
    """Give what is said of an act that is refused, and that changed nothing."""
    with pytest.raises(error) as told:
        service.preview(two.uow, two.home.id, act)
    return str(told.value) if error is Conflict else told.value.errors


class TestSplit:
    def test_the_new_file_has_the_old_hands_unless_somebody_is_named(self, uow, two):
        made = made_by(uow, two.records(a_split(two)))
        assert primary(uow, made.id).user_id == two.actor.user_id

    def test_who_is_named_looks_after_the_new_file(self, uow, two):
        uow.actor = SYSTEM
        colleague = a_user(uow, name="Sina Leota")

        change = two.records(a_split(two, caseworker_id=colleague.id))

        made = made_by(uow, change)
        assert primary(uow, made.id).user_id == colleague.id
        assert primary(uow, two.home.id).user_id == two.actor.user_id

    def test_who_is_kept_from_the_one_file_is_kept_from_the_other(self, uow, two):
        uow.actor = SYSTEM
        brother = a_user(uow)
        uow.add(DenyListed(household_id=two.home.id, user_id=brother.id, reason="kin"))

        change = two.records(a_split(two))

        made = made_by(uow, change)
        kept = uow.all(uow.select(DenyListed).where(DenyListed.household_id == made.id))
        assert [(each.user_id, each.reason) for each in kept] == [(brother.id, "kin")]
        told = [line for part in parts(uow, change) for line in lines(part)]
        assert "Who is kept from the one file is kept from the other too." in told

    def test_the_case_is_opened_beside_the_one_there_is_and_takes_no_place(self, uow, two):
        made = made_by(uow, two.records(a_split(two)))

        old, new = of_household(uow, two.home.id)[-1], of_household(uow, made.id)[-1]
        assert (new.stage, new.stage_since, new.case_size) == (old.stage, old.stage_since, 0)
        links = uow.all(uow.select(CaseLink).where(CaseLink.kind == LinkKind.SPLIT))
        assert {(x.case_id, x.linked_case_id) for x in links} == {
            (old.id, new.id),
            (new.id, old.id),
        }

    def test_of_a_sponsored_household_somebody_settles_who_supports_the_new_one(self, uow, two):
        two.is_sponsored(two.home)

        made = made_by(uow, two.records(a_split(two)))

        asked = uow.all(uow.select(Task).where(Task.household_id == made.id))
        assert {each.title for each in asked} == {
            "Record where the new household lives",
            "Settle who supports the new household",
        }
        assert open_sponsorship(uow, made.id) is None
        assert open_sponsorship(uow, two.home.id) is not None

    def test_with_the_case_and_the_named_hands_it_is_undone_exactly(self, uow, two):
        uow.actor = SYSTEM
        colleague = a_user(uow)
        uow.add(DenyListed(household_id=two.home.id, user_id=a_user(uow).id, reason="kin"))
        uow.session.flush()
        before = everything(uow)

        change = two.records(a_split(two, caseworker_id=colleague.id, task_ids=[two.bill.id]))
        service.undo(uow, change.id)

        assert everything(uow) == before

    def test_what_was_agreed_beyond_the_home_goes_along_with_the_past_of_steps(self, uow, two):
        agreed = a_consent(uow, two.home, two.mother, Item.NAME, seq=9)
        agreed.purpose = Purpose.SHARE_WITH_SCHOOL
        step = a_step(uow, two.home, code="PRE-06", person_id=two.mother.id)
        uow.session.flush()
        milestones.begin(uow, step.id)
        uow.session.flush()
        before = everything(uow)

        change = two.records(a_split(two))

        made = made_by(uow, change)
        purposes = {each.purpose: each for each in standing_of(uow, two.mother.id)}
        assert purposes.keys() == {Purpose.SHARE_WITH_SCHOOL}
        assert purposes[Purpose.SHARE_WITH_SCHOOL].household_id == made.id
        past = uow.first(uow.select(MilestoneChange).where(MilestoneChange.milestone_id == step.id))
        assert (step.household_id, past.household_id) == (made.id, made.id)
        told = lines(change) + [line for part in parts(uow, change) for line in lines(part)]
        assert "Goes along with Zahra: share with school, name." in told
        service.undo(uow, change.id)
        assert everything(uow) == before
        again = {each.purpose: each.household_id for each in standing_of(uow, two.mother.id)}
        assert again[Purpose.SHARE_WITH_SCHOOL] == two.home.id

    def test_a_file_to_which_something_was_added_since_stays(self, uow, two):
        change = two.records(a_split(two))
        made = made_by(uow, change)
        uow.actor = SYSTEM
        a_member(uow, made, "SON", given_name="Arman")

        with pytest.raises(Conflict, match="“household member” was added"):
            service.undo(uow, change.id)

    @pytest.mark.parametrize("successor", [None, "daughter"])
    def test_if_the_head_goes_one_who_stays_must_lead(self, two, successor):
        going = [acts.Going(two.father.id, "PA"), acts.Going(two.daughter.id, "DAU")]
        named = None if successor is None else getattr(two, successor).id

        said = refused(two, acts.Split(on=TODAY, people=going, successor_id=named))

        assert said.keys() == {"successor_id"}

    def test_nobody_goes_who_is_not_there_or_before_they_came(self, two):
        stranger = acts.Split(on=TODAY, people=[acts.Going(two.aunt.id, "PA")])
        early = a_split(two, on=ARRIVED - timedelta(days=1))

        assert refused(two, stranger).keys() == {"people"}
        assert refused(two, early).keys() == {"on"}


def parts(uow, change):
    return uow.all(uow.select(HouseholdChange).where(HouseholdChange.part_of == change.id))


class TestCouples:
    def test_who_comes_from_another_household_leaves_it_and_joins(self, uow, two):
        cousin = a_member(uow, two.other, "SIS", given_name="Mina", joined_on=ARRIVED)

        change = two.records(two.marries(partner_id=cousin.id))

        assert cousin.id in two.people_of(two.home)
        assert two.people_of(two.other) == {two.aunt.id, two.uncle.id}
        assert {cousin.marital_status, two.father.marital_status} == {"MA"}
        assert any("no longer belongs" in line for line in lines(parts(uow, change)[0]))

    def test_a_marriage_across_two_files_is_undone_exactly(self, uow, two):
        cousin = a_member(uow, two.other, "SIS", given_name="Mina", joined_on=ARRIVED)
        uow.session.flush()
        before = everything(uow)

        service.undo(uow, two.records(two.marries(partner_id=cousin.id)).id)

        assert everything(uow) == before

    def test_somebody_known_who_has_no_home_any_more_joins(self, uow, two):
        uow.actor = SYSTEM
        cousin = a_member(uow, two.other, "SIS", given_name="Mina", joined_on=ARRIVED)
        query = uow.select(HouseholdMember).where(HouseholdMember.person_id == cousin.id)
        stay = uow.first(query)
        stay.left_on, stay.leave_reason = SINCE, "moved_out"
        uow.session.flush()

        two.records(two.marries(partner_id=cousin.id))

        assert household_of(uow, cousin.id) == two.home.id

    def test_whose_household_would_be_left_without_them_comes_otherwise(self, uow, two):
        assert "split that one first" in refused(two, two.marries(partner_id=two.aunt.id), Conflict)
        query = uow.select(HouseholdMember).where(HouseholdMember.person_id == two.uncle.id)
        stay = uow.first(query)
        stay.left_on, stay.leave_reason = SINCE, "moved_out"
        uow.session.flush()
        assert "join the two households" in refused(
            two, two.marries(partner_id=two.aunt.id), Conflict
        )

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            (lambda two: {"person_id": two.aunt.id, "partner_id": two.mother.id}, "person_id"),
            (lambda _: {"partner_id": None}, "partner_id"),
            (lambda two: {"partner_id": two.son.id}, "person_id"),
            (lambda two: {"partner_id": two.uncle.id, "relationship": None}, "relationship"),
            (lambda two: {"partner_id": two.uncle.id, "relationship": "PA"}, "relationship"),
        ],
        ids=["stranger", "nobody", "child", "no relationship", "second head"],
    )
    def test_a_marriage_that_cannot_be_is_refused_with_its_field(self, two, more, field):
        assert refused(two, two.marries(**more(two))).keys() == {field}

    def test_who_separates_may_stay_in_one_file(self, uow, two):
        change = two.records(
            acts.Separation(on=TODAY, person_id=two.father.id, partner_id=two.mother.id)
        )

        assert parts(uow, change) == []
        assert two.mother.id in two.people_of(two.home)
        assert lines(change) == [
            "Karim becomes separated.",
            "Zahra becomes separated.",
        ]

    @pytest.mark.parametrize("partner", ["father", "aunt"])
    def test_two_of_one_household_separate(self, two, partner):
        named = getattr(two, partner).id
        act = acts.Separation(on=TODAY, person_id=two.father.id, partner_id=named)

        assert refused(two, act).keys() == {"person_id"}

    def test_a_day_to_come_has_not_changed_anybody(self, two):
        act = two.marries(partner_id=two.mother.id, on=TODAY + timedelta(days=1))

        assert refused(two, act).keys() == {"on"}


class TestJoin:
    def test_everybody_comes_with_what_is_open_and_the_file_is_closed(self, uow, two):
        match = two.is_sponsored(two.other)
        step = a_step(uow, two.other)
        bill = uow.add(
            Task(
                household_id=two.other.id,
                title="Power bill there",
                category=Category.HOUSE,
                due_on=TODAY,
            )
        )

        change = two.records(two.joins())

        assert {two.aunt.id, two.uncle.id} <= two.people_of(two.home)
        assert (two.other.exited_on, two.other.exit_reason) == (TODAY, "JOINED_OTHER_HOUSEHOLD")
        assert (step.status, step.reason) == (
            Status.NOT_APPLICABLE,
            "The household has joined another one.",
        )
        assert bill.household_id == two.home.id
        assert current_placement(uow, two.other.id) is None
        assert (match.status, match.ending_kind) == (SponsorshipStatus.ENDED, "TRANSFERRED")
        assert "Closed: " in " ".join(lines(parts(uow, change)[0]))
        assert "The two cases are linked." in lines(change)

    def test_it_is_undone_exactly_with_home_case_and_group(self, uow, two):
        two.is_sponsored(two.other)
        a_step(uow, two.other)
        a_step(uow, two.other, code="PRE-06", person_id=two.aunt.id)
        uow.session.flush()
        before = everything(uow)

        change = two.records(two.joins())
        assert everything(uow) != before
        service.undo(uow, change.id)

        assert everything(uow) == before

    def test_what_was_changed_since_keeps_it_from_being_undone(self, uow, two):
        change = two.records(two.joins())
        uow.find(Person, two.aunt.id)
        query = uow.select(HouseholdMember).where(
            HouseholdMember.person_id == two.aunt.id, HouseholdMember.left_on.is_(None)
        )
        uow.first(query).relationship_code = "AUN"
        uow.session.flush()

        with pytest.raises(Conflict, match="“household member” was changed"):
            service.undo(uow, change.id)

    def test_who_joins_is_another_open_household_and_all_of_it(self, uow, two):
        assert refused(two, two.joins(other_id=two.home.id)).keys() == {"other_id"}
        assert refused(two, two.joins("SIS")).keys() == {"people"}
        assert refused(two, two.joins("PA", "HUS")).keys() == {"people"}
        two.other.exited_on = TODAY
        uow.session.flush()
        assert "closed" in refused(two, two.joins(), Conflict)


class TestMove:
    def test_into_a_house_the_household_is_placed_there_with_new_hands(self, uow, two):
        uow.actor = SYSTEM
        colleague = a_user(uow, name="Sina Leota")
        house = two.a_house("WLG")

        change = two.records(
            acts.Move(on=TODAY, location="WLG", dwelling_id=house.id, caseworker_id=colleague.id)
        )

        home = current_placement(uow, two.home.id)
        assert (home.dwelling_id, home.start_on) == (house.id, TODAY)
        assert two.home.location == "WLG"
        assert primary(uow, two.home.id).user_id == colleague.id
        told = " ".join(lines(change))
        assert "Lives in Wellington region from 2 March 2026." in told
        assert "Leaves the home in Christchurch on 2 March 2026." in told
        assert "Sina Leota looks after" in told

    def test_such_a_move_is_undone_exactly(self, uow, two):
        house = two.a_house("WLG")
        before = everything(uow)

        change = two.records(acts.Move(on=TODAY, location="WLG", dwelling_id=house.id))
        service.undo(uow, change.id)

        assert everything(uow) == before

    def test_out_of_the_country_support_and_home_end(self, uow, two):
        match = two.is_sponsored(two.home)
        owed = two.owes(match, "REP-365", TODAY + timedelta(days=200))

        change = two.records(acts.Move(on=TODAY, overseas=True))

        assert (match.status, match.ending_kind) == (SponsorshipStatus.ENDED, "COMPLETED_EARLY")
        assert two.task.status is two.bill.status is TaskStatus.CANCELLED
        assert current_placement(uow, two.home.id) is None
        assert "The group’s support ends on 2 March 2026." in lines(change)
        assert owed.cancelled_on == TODAY
        assert "The report REP-365 is no longer asked of the group." in lines(change)

    def test_without_further_support_somebody_must_settle_who_supports_now(self, uow, two):
        match = two.is_sponsored(two.home)

        change = two.records(
            acts.Move(on=TODAY, location="WLG", outcome="NO_FURTHER_SUPPORT", reasons=["FUNDS"])
        )

        assert (match.status, match.ending_kind) == (SponsorshipStatus.ENDED, "BREAKDOWN")
        assert match.continuity_since is not None
        told = lines(change)
        assert "It is recorded what becomes of the support." in told
        assert "Somebody has to settle who supports the household from now on." in told

    @pytest.mark.parametrize(
        ("act", "field"),
        [
            (acts.Move(on=TODAY), "location"),
            (acts.Move(on=date(2025, 11, 30), location="WLG"), "on"),
            (acts.Move(on=TODAY, location="WLG", outcome="MONEY_ONLY"), "outcome"),
        ],
        ids=["nowhere", "before it came", "no group"],
    )
    def test_a_move_that_cannot_be_is_refused_with_its_field(self, two, act, field):
        assert refused(two, act).keys() == {field}

    def test_nobody_leaves_a_home_before_they_moved_in(self, two):
        act = acts.Move(on=SINCE - timedelta(days=1), location="WLG")

        assert "since a later day" in refused(two, act, Conflict)


class TestDeath:
    def test_what_was_to_be_done_for_who_has_died_rests(self, uow, two):
        two.records(acts.Death(on=TODAY, person_id=two.son.id))

        assert two.task.status is TaskStatus.CANCELLED
        assert two.bill.status is TaskStatus.OPEN

    def test_nothing_that_they_agreed_to_counts_any_more(self, uow, two):
        change = two.records(acts.Death(on=TODAY, person_id=two.mother.id))

        assert not standing_of(uow, two.mother.id)
        assert "Ends for Zahra: share with sponsor, phone." in lines(change)

    def test_with_the_last_one_the_file_is_closed(self, uow, two):
        alone = a_household(uow, programme_code="rqp", programme_version=3, arrived_on=ARRIVED)
        last = a_member(uow, alone, joined_on=ARRIVED)
        uow.session.flush()
        uow.actor = SYSTEM

        service.record(uow, alone.id, acts.Death(on=TODAY, person_id=last.id))

        assert (alone.exited_on, alone.exit_reason) == (TODAY, "DECEASED")

    def test_only_a_member_dies_in_a_file(self, two):
        assert refused(two, acts.Death(on=TODAY, person_id=two.aunt.id)).keys() == {"person_id"}
