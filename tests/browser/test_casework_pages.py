"""Pages of casework to which no link of the first household leads: they are sound too."""

import pytest

from resettle.accounts.loader import if_active
from resettle.accounts.models import UserAccount
from resettle.casework.acts import WriteNote
from resettle.casework.models import Channel, SharedNote
from resettle.casework.service import write_note
from resettle.core.actor import SYSTEM
from resettle.duplicates.models import DuplicateCandidate, PersonMerge
from resettle.households.models import HouseholdMember
from resettle.milestones.models import Milestone, Status
from resettle.plans.models import PlanGoal, SupportPlan
from tests.browser import looking

pytestmark = pytest.mark.timeout(600)

PLAN = ("agreement", "goals/new", "handovers/new", "letting-go", "review", "sheet")


@pytest.fixture(scope="module")
def pages(served) -> list[str]:
    """Give the addresses of pages about what the first caseworker may know of."""
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        account = uow.first(
            uow.select(UserAccount).where(UserAccount.email == "caseworker@demo.test")
        )
        worker_id, worker = account.id, if_active(uow, account.id)
    with served.transactions.begin(worker, "look", read_only=True) as uow:
        plan, goal = (uow.first(uow.select(model)).id for model in (SupportPlan, PlanGoal))
        shared = uow.first(uow.select(SharedNote))
        met = uow.first(uow.select(Milestone).where(Milestone.status == Status.MET)).id
        first, second = uow.all(uow.select(HouseholdMember).limit(2))
    with served.transactions.begin(worker, "arrange") as uow:
        written = WriteNote(occurred_at=uow.now, channel=Channel.PHONE, text="All is well.")
        note = write_note(uow, shared.household_id, written).id
    merge = _merge(served, worker_id, first.person_id, second.person_id)
    return [
        *(f"/plans/{plan}/{page}" for page in PLAN),
        f"/goals/{goal}/steps/new",
        f"/notes/{note}/sharing",
        f"/shared-notes/{shared.id}/unsharing",
        f"/milestones/{met}/reopening",
        f"/merges/{merge}",
        f"/merges/{merge}/parting",
        f"/households/{first.household_id}/cases/new",
        f"/households/{first.household_id}/arrival",
        "/search",
    ]


def _merge(served, worker_id, kept_id, gone_id):
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        pair = uow.add(
            DuplicateCandidate(person_id=kept_id, other_id=gone_id, score=80, reasons=["Alike."])
        )
        merge = PersonMerge(
            candidate_id=pair.id,
            kept_id=kept_id,
            gone_id=gone_id,
            taken=["sex"],
            kept_version=1,
            gone_version=1,
            proposed_by=worker_id,
        )
        merge.reason = "Their cards are the same."
        return uow.add(merge).id


def test_they_are_sound(page_of, pages):
    page = page_of("caseworker")
    found = []

    for path in pages:
        answer = page.goto(path)
        found += [] if answer.ok else [f"{path} answers {answer.status}"]
        found += looking.faults(page)

    assert found == []
