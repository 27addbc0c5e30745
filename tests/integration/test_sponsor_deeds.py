"""A deed is revised and terminated; what is still owed follows its schedule."""

from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.sponsors import deeds, members, queries, reports, service
from resettle.sponsors.acts import EndDeed, MoveGroup, ReviseDeed, UpdateMember
from resettle.sponsors.models import ReportDue
from tests.groups import a_deed, a_family, a_group, a_member

TODAY = date(2026, 3, 2)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "tests") as work:
        yield work


@pytest.fixture
def owed(uow):
    """Make a group that owes two reports, from an arrival ten days ago."""
    group, family = a_group(uow), a_family(uow)
    deed = a_deed(uow, group)
    arrived_on = uow.today - timedelta(days=10)
    reports.owe(uow, deed, family.id, arrived_on, since=arrived_on)
    return group, deed, arrived_on


def due(uow, group):
    rows = uow.all(uow.select(ReportDue).where(ReportDue.group_id == group.id))
    return {row.code: row.due_on for row in rows if row.cancelled_on is None}


class TestRevise:
    def test_what_is_owed_moves_and_what_is_left_out_is_owed_no_more(self, uow, owed):
        group, deed, arrived_on = owed

        days = {"REP-014": 21, "REP-090": 90}
        deeds.revise(uow, group.id, deed.id, ReviseDeed(report_days=days))

        assert due(uow, group) == {
            code: arrived_on + timedelta(days=after) for code, after in days.items()
        }

    def test_what_was_given_stays(self, uow, owed):
        group, deed, arrived_on = owed
        first = uow.all(uow.select(ReportDue).where(ReportDue.code == "REP-014"))[0]
        first.submitted_on = uow.today

        deeds.revise(uow, group.id, deed.id, ReviseDeed(report_days={"REP-365": 300}))

        assert first.cancelled_on is None
        assert due(uow, group)["REP-365"] == arrived_on + timedelta(days=300)

    def test_its_end_alone_leaves_the_schedule(self, uow, owed):
        group, deed, _ = owed
        before = dict(deed.report_days)

        revised = deeds.revise(uow, group.id, deed.id, ReviseDeed(effective_to=date(2027, 1, 1)))

        assert (revised.effective_to, revised.report_days) == (date(2027, 1, 1), before)

    @pytest.mark.parametrize(
        "command", [ReviseDeed(date(2019, 1, 1)), ReviseDeed(report_days={"REP-000": 9})]
    )
    def test_nonsense_is_refused(self, uow, owed, command):
        group, deed, _ = owed

        with pytest.raises(Invalid):
            deeds.revise(uow, group.id, deed.id, command)

    def test_the_deed_of_another_group_is_not_found(self, uow, owed):
        with pytest.raises(NotFound):
            deeds.revise(uow, a_group(uow).id, owed[1].id, ReviseDeed())


class TestTerminate:
    def test_from_that_day_no_deed_holds(self, uow, owed):
        group, deed, _ = owed

        deeds.terminate(uow, group.id, deed.id, EndDeed(uow.today))

        assert queries.deed_in_force(uow, group.id, uow.today) is None
        with pytest.raises(Conflict):
            deeds.terminate(uow, group.id, deed.id, EndDeed(uow.today))

    def test_not_before_it_was_signed(self, uow, owed):
        with pytest.raises(Invalid):
            deeds.terminate(uow, owed[0].id, owed[1].id, EndDeed(date(2019, 1, 1)))


class TestSuspension:
    def test_the_code_of_its_reason_is_of_the_programmes_list_and_conditions_are_kept(self, uow):
        group = a_group(uow, status="ACTIVE")
        with pytest.raises(Invalid) as refusal:
            service.move(uow, group.id, MoveGroup("SUSPENDED", "Why", reason_code="RUMOUR"))

        service.move(
            uow,
            group.id,
            MoveGroup("SUSPENDED", "Why", reason_code="VETTING", conditions="Vet everybody"),
        )

        assert list(refusal.value.errors) == ["reason_code"]
        step = queries.moves_of(uow, group.id)[0]
        assert (step.reason_code, step.conditions) == ("VETTING", "Vet everybody")

    def test_a_step_of_the_way_has_no_code(self, uow):
        group = a_group(uow, status="ENQUIRY")

        with pytest.raises(Invalid):
            service.move(uow, group.id, MoveGroup("PREPARING", reason_code="VETTING"))


class TestApproval:
    def test_a_group_whose_approval_ran_out_is_not_ready(self, uow):
        group = a_group(uow)
        group.approved_until = uow.today

        assert queries.is_ready(group, uow.today)
        assert not queries.is_ready(group, uow.today + timedelta(days=1))


class TestUpdateMember:
    def test_what_is_told_changes_and_the_rest_stays(self, uow):
        member = a_member(uow, a_group(uow))

        members.update_member(uow, member.id, UpdateMember(skills=["money"]))

        assert (member.skills, member.roles) == (["money"], ["befriender"])
