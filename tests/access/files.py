"""What lies in the files of the planted world: one row of every kind, its texts canaries."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from resettle.accounts import service
from resettle.accounts.models import Invitation, UserAccount
from resettle.accounts.service import InviteUser
from resettle.appointments.models import Appointment
from resettle.cases.models import Assignment, CaseLink, Hold, LinkKind, ResettlementCase, StageEntry
from resettle.cases.papers import (
    CaseCheck,
    CheckKind,
    ChecklistItem,
    Decision,
    DecisionKind,
    EligibilityFacts,
)
from resettle.casework.models import Channel, ContactNote, Visibility
from resettle.changes.models import HouseholdChange
from resettle.consents.models import Item, Purpose, RecipientType
from resettle.core.actor import Role
from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.day.models import MarkKind, QueueMark
from resettle.day.rules import Source
from resettle.documents import keeping
from resettle.documents.models import Document
from resettle.documents.rules import Confidentiality, Kind, State
from resettle.drafts.models import Draft
from resettle.duplicates.models import DuplicateCandidate, PersonMerge
from resettle.households.models import Household, HouseholdMember, Person, PersonLanguage
from resettle.incidents.models import Incident
from resettle.milestones.models import Milestone, MilestoneChange, Status
from resettle.packs.models import Pack, PackState
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements.models import (
    CheckStatus,
    HouseCheck,
    Placement,
    PlacementKind,
    SponsorshipStatus,
)
from resettle.tasks.models import Category, Task
from resettle.views.models import SavedView
from tests import groups, world
from tests.access import plan_files, survey_files
from tests.access.board_files import boarded
from tests.access.canaries import Canaries
from tests.access.status_files import a_status
from tests.access.worry_files import complained

Ids = dict[str, UUID]
DAY = date(2026, 2, 2)
Status_ = SponsorshipStatus


def invited(uow: UnitOfWork, email: str, role: Role) -> Ids:
    user = service.invite(uow, InviteUser(email, "Somebody", role))
    assert uow.first(uow.select(Invitation).where(Invitation.user_id == user.id)) is not None
    return {"user_id": user.id}


def draft(uow: UnitOfWork, canaries: Canaries, name: str, user_id: UUID) -> UUID:
    row = Draft(user_id=user_id, sealed_for=user_id, begun_at=uow.now, saved_at=uow.now)
    row.endpoint, row.path, row.label = "doors.change_password", "/account/password", "Save"
    row.nonce = row.id.hex
    id_: UUID = uow.add(canaries.fill(row, f"user:{name}")).id
    return id_


def view(uow: UnitOfWork, canaries: Canaries, name: str, user_id: UUID) -> UUID:
    row = SavedView(user_id=user_id, sort="due", place=1, is_default=False, name_index=name)
    id_: UUID = uow.add(canaries.fill(row, f"user:{name}")).id
    return id_


def of_person(
    uow: UnitOfWork, canaries: Canaries, name: str, who: str, household: Household, person: Person
) -> Ids:
    def planted(row: Any, **keep: Any) -> Any:
        return uow.add(canaries.fill(row, name, who, **keep))

    member = uow.first(uow.select(HouseholdMember).where(HouseholdMember.person_id == person.id))
    assert member is not None
    member.guardian_withheld = who == "kept"
    canaries.fill(member, name, who)
    planted(PersonLanguage(person_id=person.id, language="prs"))
    health = _a_need(NeedKind.HEALTH, person)
    planted(health, keep=("protection_code",))
    planted(_a_need(NeedKind.PROTECTION, person), keep=("health_code",))
    planted(Relative(person_id=person.id))
    planted(Photo(person_id=person.id, media_type="image/jpeg", width=1, height=1))
    entry = world.a_consent(uow, household, person, Item.ALL, seq=1)
    entry.purpose, entry.recipient_type = Purpose.SHARE_WITH_HEALTH, RecipientType.AGENCY
    canaries.fill(entry, name, who)
    paper = a_paper(uow, canaries, name, who, household, person)
    return {
        "person_id": person.id,
        "document_id": paper.id,
        "member_id": member.id,
        "need_id": health.id,
        "status_id": a_status(uow, canaries, name, who, person),
        "entry_id": entry.id,
        "invitation_id": survey_files.asked(uow, household, person),
    }


def a_paper(
    uow: UnitOfWork,
    canaries: Canaries,
    name: str,
    who: str,
    household: Household,
    person: Person | None = None,
) -> Document:
    """File a paper whose text is a canary too, of somebody or of the household."""
    kind, class_ = Kind.PASSPORT, Confidentiality.RESTRICTED
    paper = Document(household_id=household.id, kind=kind, confidentiality=class_)
    paper.person_id = None if person is None else person.id
    text = canaries.make(name, who, "document", "content", DataClass.ORIGIN).encode()
    paper.media_type, paper.size = "text/plain; charset=utf-8", len(text)
    paper.state, paper.expires_on = State.CLEAN, date(2026, 3, 20)
    paper.stored = keeping.store(uow, paper, text)
    paper.fingerprint = keeping.fingerprint(uow, text)
    made: Document = uow.add(canaries.fill(paper, name, who))
    return made


def _a_need(kind: NeedKind, person: Person) -> SpecificNeed:
    return SpecificNeed(person_id=person.id, kind=kind, restricted=False)


def of_case(uow: UnitOfWork, canaries: Canaries, name: str, case: ResettlementCase) -> Ids:
    about = {"case_id": case.id, "household_id": case.household_id}
    rows = [
        Hold(**about, held_on=DAY, review_on=DAY, left_stage=case.stage, released_on=DAY),
        CaseLink(**about, kind=LinkKind.LINKED),
        Decision(**about, kind=DecisionKind.APPROVED, decided_on=DAY, recorded_at=uow.now),
        CaseCheck(**about, kind=CheckKind.HEALTH, checked_on=DAY),
    ]
    for row in rows:
        uow.add(canaries.fill(row, name))
    for model in (StageEntry, EligibilityFacts):
        found = uow.first(uow.select(model).where(model.case_id == case.id))
        canaries.fill(found, name)
    lines = uow.all(uow.select(ChecklistItem).where(ChecklistItem.case_id == case.id))
    item = next(line for line in lines if line.person_id is None)
    canaries.fill(item, name)
    return {"item_id": item.id}


def of_household(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, people: dict[str, Ids]
) -> Ids:
    def planted(row: Any, *keep: str) -> Any:
        return uow.add(canaries.fill(row, name, keep=keep))

    about = {"household_id": household.id}
    dwelling = planted(groups.a_dwelling(uow, household))
    items = groups.house_ready_items(uow, household)
    if items:
        check = HouseCheck(**about, dwelling_id=dwelling.id, item_code=items[0].code)
        check.status, check.checked_at = CheckStatus.OK, uow.now
        planted(check)
    placement = Placement(
        **about,
        kind=PlacementKind.SETTLED,
        dwelling_id=dwelling.id,
        location="CHC",
        start_on=date(2026, 1, 5),
    )
    planted(placement)
    a_paper(uow, canaries, name, "", household)
    pack = Pack(**about, asked_by=_worker_of(uow, household) or household.id)
    pack.state, pack.ready_until = PackState.READY, uow.now + timedelta(hours=2)
    pack.opened_until = pack.ready_until
    planted(pack)
    ids = {"pack_id": pack.id, "dwelling_id": dwelling.id, "placement_id": placement.id}
    ids |= _casework(uow, canaries, name, about, _worker_of(uow, household))
    ids |= complained(uow, canaries, name, household, people)
    ids |= boarded(uow, canaries, name, household) | plan_files.of_household(
        uow, canaries, name, household, people
    )
    ids["change_id"] = _change(uow, canaries, name, household)
    return ids | _plan(uow, canaries, name, household, people)


def _change(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> UUID:
    """Record a move that did nothing, so that undoing it is as little."""
    change = HouseholdChange(household_id=household.id, happened_on=DAY)
    change.kind, change.journal = "move", "[]"
    text = canaries.make(name, "", "household_change", "lines", DataClass.NOTE)
    change.lines = json.dumps([{"area": "People", "text": text}])
    return uow.add(change).id


def _worker_of(uow: UnitOfWork, household: Household) -> UUID | None:
    found = uow.first(uow.select(Assignment).where(Assignment.household_id == household.id))
    return None if found is None else found.user_id


def _casework(
    uow: UnitOfWork, canaries: Canaries, name: str, about: Any, author_id: UUID | None
) -> Ids:
    ids: Ids = {}
    for visibility in reversed(Visibility):
        note = ContactNote(**about, occurred_at=uow.now, channel=Channel.VISIT)
        note.visibility, note.author_id = visibility, author_id
        ids["note_id"] = uow.add(canaries.fill(note, name)).id
    for safeguarding in (True, False):
        incident = Incident(
            **about, safeguarding=safeguarding, severity=2, happened_on=DAY, reported_at=uow.now
        )
        ids["incident_id"] = uow.add(canaries.fill(incident, name)).id
    begins = datetime.combine(DAY, time(0), UTC)
    appointment = Appointment(**about, starts_at=begins, ends_at=begins + timedelta(hours=1))
    ids["appointment_id"] = uow.add(canaries.fill(appointment, name)).id
    bulk_id = uuid4()
    task = Task(**about, category=Category.HOUSE, due_on=DAY, bulk_id=bulk_id)
    ids |= {"task_id": uow.add(canaries.fill(task, name)).id, "bulk_id": bulk_id}
    ids["subject_id"] = ids["task_id"]
    mark = QueueMark(
        **about,
        source=Source.CONTACT,
        subject_id=about["household_id"],
        kind=MarkKind.SNOOZED,
        until_on=date(2026, 3, 20),
        made_at=uow.now,
    )
    ids["mark_id"] = uow.add(canaries.fill(mark, name)).id
    assignment = Assignment(
        **about, user_id=_anybody(uow), kind="second", from_on=DAY, until_on=date(2026, 12, 1)
    )
    ids["assignment_id"] = uow.add(canaries.fill(assignment, name)).id
    ids["second_id"] = assignment.user_id
    return ids


def _anybody(uow: UnitOfWork) -> UUID:
    """Name a caseworker who looks after every household: nobody signs in as them."""
    email = "everybody@example.org.nz"
    found = uow.first(uow.select(UserAccount).where(UserAccount.email == email))
    return found.id if found else world.a_user(uow, email=email, name="everybody").id


def _plan(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, people: dict[str, Ids]
) -> Ids:
    """Make a step of the household, one of each person, and one about health."""

    def step(code: str, person: str = "", *, restricted: bool = False) -> Milestone:
        row = Milestone(
            household_id=household.id,
            person_id=people[person]["person_id"] if person else None,
            code=code,
            domain="HOU",
            programme_code=household.programme_code,
            programme_version=household.programme_version,
            restricted=restricted,
            due_on=DAY + timedelta(days=60),
            due_rule="placed + 60 days",
        )
        keep = ("evidence", "reason") if restricted else ()
        uow.add(canaries.fill(row, name, person, keep=keep))
        change = MilestoneChange(
            milestone_id=row.id,
            household_id=household.id,
            from_status=Status.NOT_STARTED,
            to_status=Status.NOT_STARTED,
            changed_at=uow.now,
        )
        uow.add(canaries.fill(change, name, person))
        return row

    for who, ids in people.items():
        ids["milestone_id"] = step("EDU-01", who).id
    step("HEA-01", "first", restricted=True)
    return {"milestone_id": step("ARR-01").id}


def alike(uow: UnitOfWork, canaries: Canaries, name: str, mine: Ids, theirs: Ids) -> UUID:
    row = DuplicateCandidate(
        person_id=mine["person_id"], other_id=theirs["person_id"], score=80, reasons=[]
    )
    id_: UUID = uow.add(canaries.fill(row, name, "first")).id
    return id_


def to_be_one(uow: UnitOfWork, canaries: Canaries, name: str, mine: Ids, theirs: Ids) -> UUID:
    """Let somebody have asked to make two records of one household one."""
    kept, gone = (uow.find(Person, ids["person_id"]) for ids in (mine, theirs))
    assert kept is not None
    assert gone is not None
    uow.session.flush()
    row = PersonMerge(
        candidate_id=mine["candidate_id"],
        kept_id=kept.id,
        gone_id=gone.id,
        taken=[],
        kept_version=kept.version,
        gone_version=gone.version,
    )
    id_: UUID = uow.add(canaries.fill(row, name, "first")).id
    return id_
