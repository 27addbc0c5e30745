"""What worries people in the planted world: complaints, and the households hit by a crisis."""

from datetime import date
from uuid import UUID, uuid4

from resettle.cases.models import ResettlementCase
from resettle.complaints.models import About, Complainant, Complaint, ComplaintChannel
from resettle.core.work import UnitOfWork
from resettle.crises.models import Crisis, CrisisHousehold
from resettle.holds.acts import Way
from resettle.holds.models import HoldResult
from resettle.households.models import Household
from resettle.placements.models import Dwelling, HousingNeed
from resettle.tasks.models import Category, Task
from resettle.upkeep.models import DefectKind, DefectPhoto, HouseDefect, HouseRating, PowerBill
from resettle.voices.models import Topic, Voice
from resettle.voices.rules import VoiceKind
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
DAY, DUE, END = date(2026, 2, 2), date(2026, 2, 10), date(2026, 6, 1)


def complained(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, people: dict[str, Ids]
) -> Ids:
    """Let the first person of a household complain of the service."""
    complaint = Complaint(
        household_id=household.id,
        person_id=people["first"]["person_id"],
        complainant=Complainant.PERSON,
        channel=ComplaintChannel.OWN_ACCOUNT,
        language="prs",
        about=About.SERVICE,
        received_on=DAY,
        due_on=DUE,
    )
    made = {"complaint_id": uow.add(canaries.fill(complaint, name, "first")).id}
    made |= _struck(uow, canaries, name, household)
    made |= _spoke(uow, canaries, name, household, people)
    return made | _house(uow, canaries, name, household)


def _spoke(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, people: dict[str, Ids]
) -> Ids:
    """Let each adult of the household ask to have something corrected."""
    made = {}
    for who in ("spouse", "first"):
        voice = Voice(
            household_id=household.id,
            person_id=people[who]["person_id"],
            kind=VoiceKind.CORRECTION,
            topic=Topic.DATA,
            language="fa-AF",
            said_at=uow.now,
            due_on=DUE,
        )
        made["voice_id"] = uow.add(canaries.fill(voice, name, who)).id
    return made


def _house(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Put a defect, a rating and a bill of the household's house on file."""
    found = uow.first(uow.select(Dwelling).where(Dwelling.household_id == household.id))
    assert found is not None
    about = {"household_id": household.id, "dwelling_id": found.id}
    defect = HouseDefect(**about, kind=DefectKind.DAMP, reported_on=DAY, due_on=DUE)
    rows = [
        defect,
        HouseRating(**about, rated_on=DAY, warm=1),
        PowerBill(**about, billed_on=DAY, days=30, cold=True),
        HousingNeed(household_id=household.id, told_on=DAY, recorded_at=uow.now),
    ]
    for row in rows:
        uow.add(canaries.fill(row, name))
    photo = DefectPhoto(
        household_id=household.id,
        defect_id=defect.id,
        media_type="image/jpeg",
        width=20,
        height=20,
        added_at=uow.now,
    )
    photo_id = uow.add(canaries.fill(photo, name)).id
    return {"defect_id": defect.id, "photo_id": photo_id} | _held(uow, canaries, name, household)


def _held(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Let the household's case have been held with many others."""
    case = uow.first(
        uow.select(ResettlementCase).where(ResettlementCase.household_id == household.id)
    )
    assert case is not None
    result = HoldResult(
        batch_id=uuid4(),
        household_id=household.id,
        case_id=case.id,
        way=Way.HOLD,
        done=True,
        done_at=uow.now,
    )
    return {"hold_batch_id": uow.add(canaries.fill(result, name)).batch_id}


def _struck(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Let a crisis concern the household, whose check is still to be done."""
    crisis = Crisis(reach_key=name, raised_at=uow.now, ends_on=END)
    uow.add(canaries.fill(crisis, name))
    check = Task(household_id=household.id, category=Category.OTHER, due_on=DAY)
    uow.add(canaries.fill(check, name))
    uow.add(CrisisHousehold(crisis_id=crisis.id, household_id=household.id, task_id=check.id))
    return {"crisis_id": crisis.id}
