"""What households wait for, counted in one question, is what their own files say is missing."""

from datetime import date, timedelta

import pytest

from resettle.cases.facts import FactSources
from resettle.cases.models import Assignment, AssignmentKind, Mode
from resettle.cases.papers import (
    CaseCheck,
    CheckKind,
    ChecklistItem,
    DecisionKind,
    ItemStatus,
)
from resettle.core.actor import SYSTEM, Role
from resettle.evaluation import waiting
from resettle.evaluation.lacking import LODGEMENT, OF_CASE, OF_HOME, OF_TODAY
from resettle.placements.models import Dwelling, Placement, PlacementKind, Sponsorship, Tenure
from resettle.plans.models import PlanKind, SupportPlan
from resettle.programmes.facts import Fact
from tests import journeys
from tests.world import a_household, a_member, a_sponsor_of, a_user

DAY = date(2026, 1, 20)


def written(**facts):
    def write(_uow, case, household):
        for name, value in facts.items():
            setattr(household if hasattr(household, name) else case, name, value)

    return write


def listed(status):
    def write(uow, case, household):
        for item in uow.all(uow.select(ChecklistItem).where(ChecklistItem.case_id == case.id)):
            item.status = ItemStatus.MET
        uow.add(
            ChecklistItem(
                case_id=case.id,
                household_id=household.id,
                list_code=LODGEMENT,
                item_code="photos",
                status=status,
            )
        )

    return write


def checked(*kinds):
    def write(uow, case, household):
        for kind in kinds:
            uow.add(
                CaseCheck(
                    case_id=case.id,
                    household_id=household.id,
                    kind=kind,
                    checked_on=DAY,
                    result="clear",
                )
            )

    return write


def looked_after(until_on=None):
    def write(uow, _case, household):
        uow.add(
            Assignment(
                household_id=household.id,
                user_id=a_user(uow, Role.CASEWORKER).id,
                kind=AssignmentKind.PRIMARY,
                from_on=DAY,
                until_on=until_on,
            )
        )

    return write


def housed(uow, household):
    return uow.add(
        Dwelling(
            household_id=household.id, location="CHC", bedrooms=3, tenure=Tenure.PRIVATE_RENTAL
        )
    )


def placed(end_on=None):
    def write(uow, _case, household):
        uow.add(
            Placement(
                household_id=household.id,
                kind=PlacementKind.SETTLED,
                dwelling_id=housed(uow, household).id,
                location="CHC",
                start_on=DAY,
                end_on=end_on,
                received_by="x",
            )
        )

    return write


def matched(**facts):
    def write(uow, _case, household):
        a_sponsor_of(uow, household)
        match = uow.first(uow.select(Sponsorship).where(Sponsorship.household_id == household.id))
        for name, value in facts.items():
            setattr(match, name, value)

    return write


def planned(kind, agreed_on=DAY):
    def write(uow, _case, household):
        uow.add(
            SupportPlan(household_id=household.id, kind=kind, language="en", agreed_on=agreed_on)
        )

    return write


def nothing(_uow, _case, _household):
    """Leave the case as it was opened."""


OPEN = ItemStatus.OPEN
WORLDS = {
    "as opened": nothing,
    "a subcategory and a year": written(cap_group="WAR", programme_year="2025"),
    "no subcategory and no year": written(cap_group=None, programme_year=None),
    "nominated, and interest shown": written(nominated_on=DAY, eoi_received_on=DAY),
    "an interview planned": written(interview_planned_on=DAY),
    "an interview held": written(interviewed_on=DAY, interviewer="x", interview_interpreter="y"),
    "an interview without interpreter": written(interviewed_on=DAY, interviewer="x"),
    "decided on papers": written(processing_mode=Mode.DOSSIER),
    "decided on a mission": written(processing_mode=Mode.MISSION),
    "a list with an open line": listed(OPEN),
    "a list without": listed(ItemStatus.WAIVED),
    "all checks": checked(*CheckKind),
    "some checks": checked(CheckKind.HEALTH),
    "approved": written(decision=DecisionKind.APPROVED),
    "declined": written(decision=DecisionKind.DECLINED),
    "travel booked": written(travel_on="2026-03-30"),
    "the centre left": written(reception_left_on=DAY),
    "a location and a day of arrival": written(location="CHC", arrived_on=DAY),
    "no location": written(location=None),
    "a caseworker": looked_after(),
    "a caseworker who has gone": looked_after(DAY + timedelta(days=1)),
    "a home": placed(),
    "a home that was left": placed(DAY),
    "a group that accepted": matched(accepted_on=DAY),
    "a group that is asked": matched(),
    "a group that stopped": matched(accepted_on=DAY, ended_on=DAY),
    "a plan agreed": planned(PlanKind.SETTLEMENT),
    "a plan that waits": planned(PlanKind.SETTLEMENT, None),
    "a plan agreed before plans": written(plan_agreed_on=DAY),
    "an exit plan agreed": planned(PlanKind.EXIT),
    "an exit told": written(exit_reviewed_on=DAY, exit_handover="x"),
    "support over": written(support_end_on=DAY),
    "support that goes on": written(support_end_on=date(2027, 1, 1)),
    "an early end agreed": written(early_exit_agreed_on=DAY),
}
# A house is found or not; what it still lacks is on its own checklist.
ALIKE = [f for f in (*OF_CASE, *OF_HOME, *OF_TODAY) if f is not Fact.HOUSE_READY]


@pytest.mark.parametrize("world", WORLDS)
def test_each_fact_is_counted_as_the_case_itself_answers_it(transactions, world):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        household = a_household(uow, **journeys.QUOTA)
        a_member(uow, household)
        case = journeys.a_quota_case(uow, household)
        WORLDS[world](uow, case, household)
        uow.session.flush()
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        case = uow.get(type(case), case.id, to=waiting.READ)
        [row] = waiting.counted(uow, type(case).household_id)
        holds = uow.use(FactSources).holding(uow, case, ALIKE)

        assert {f for f in ALIKE if getattr(row, f.name) == 0} == holds
