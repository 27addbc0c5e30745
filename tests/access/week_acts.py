"""The acts of a sponsor group's week, with what a person would send and how it stands before."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from resettle.accounts.models import UserAccount
from resettle.core.work import UnitOfWork
from resettle.messages.models import ThreadMessage
from resettle.placements.models import (
    CheckStatus,
    Dwelling,
    HouseCheck,
    Sponsorship,
    SponsorshipStatus,
)
from resettle.roster import lifts
from resettle.roster.acts import AskForLift
from resettle.roster.models import Shift, ShiftStatus
from resettle.sponsors.models import SponsorMember
from resettle.tasks.models import Task, TaskStatus
from tests.access.acts import HOUSEHOLD, LATER, SPONSOR, TODAY, Act, reasoned, sends
from tests.access.arranged import Asking
from tests.functional import bodies

SHIFT = "/roster-shifts/<uuid:shift_id>"
LIFT = "/appointments/<uuid:appointment_id>/lift"
OURS = "/group-tasks/<uuid:our_task_id>"
HANDED = "/tasks/<uuid:task_id>/group"
MESSAGE = "/thread-messages/<uuid:message_id>"
AT_TEN, AT_ELEVEN = "2026-06-01T10:00:00+12:00", "2026-06-01T11:00:00+12:00"


def _shift(uow: UnitOfWork, asking: Asking) -> Shift:
    shift = uow.find(Shift, asking.ids["shift_id"])
    assert shift is not None
    return shift


def _asker(uow: UnitOfWork, asking: Asking) -> SponsorMember | None:
    theirs = UserAccount.email == f"{asking.principal}@example.org.nz"
    user = uow.first(uow.select(UserAccount).where(theirs))
    assert user is not None
    return uow.first(uow.select(SponsorMember).where(SponsorMember.user_id == user.id))


def asked(uow: UnitOfWork, asking: Asking) -> None:
    """Let the one who acts have been asked to do the shift."""
    member = _asker(uow, asking)
    shift = _shift(uow, asking)
    shift.member_id = None if member is None else member.id
    shift.status = ShiftStatus.ASKED


def offered(uow: UnitOfWork, asking: Asking) -> None:
    asked(uow, asking)
    _shift(uow, asking).offered_at = uow.now


def begun(uow: UnitOfWork, asking: Asking) -> None:
    asked(uow, asking)
    shift = _shift(uow, asking)
    shift.starts_at, shift.ends_at = uow.now, uow.now + timedelta(hours=1)


def attended(uow: UnitOfWork, asking: Asking) -> None:
    begun(uow, asking)
    shift = _shift(uow, asking)
    shift.status, shift.arrived_at = ShiftStatus.UNDER_WAY, uow.now


def supported(uow: UnitOfWork, asking: Asking) -> None:
    """Let the household have its group, whatever became of the match."""
    found = uow.select(Sponsorship).where(Sponsorship.household_id == asking.ids["household_id"])
    match = uow.first(found)
    assert match is not None
    match.status, match.ended_on = SponsorshipStatus.CONFIRMED, None


def ours_done(uow: UnitOfWork, asking: Asking) -> None:
    task = uow.find(Task, asking.ids["our_task_id"])
    assert task is not None
    task.status, task.done_on = TaskStatus.DONE, uow.today


def handed(uow: UnitOfWork, asking: Asking) -> None:
    task = uow.find(Task, asking.ids["task_id"])
    ours = uow.find(Task, asking.ids["our_task_id"])
    assert task is not None
    assert ours is not None
    task.group_id = ours.group_id


def written(uow: UnitOfWork, asking: Asking) -> None:
    """Let the message be one's own who acts."""
    theirs = UserAccount.email == f"{asking.principal}@example.org.nz"
    user = uow.first(uow.select(UserAccount).where(theirs))
    message = uow.find(ThreadMessage, asking.ids["message_id"])
    assert user is not None
    assert message is not None
    message.author_id = user.id


def ticked(uow: UnitOfWork, asking: Asking) -> None:
    """Let somebody of the group have found the cooker in order."""
    dwelling = uow.find(Dwelling, asking.ids["dwelling_id"])
    task = uow.find(Task, asking.ids["our_task_id"])
    assert dwelling is not None
    assert task is not None
    about = {"dwelling_id": dwelling.id, "household_id": asking.ids["household_id"]}
    check = HouseCheck(**about, item_code="cooker", status=CheckStatus.OK, checked_at=uow.now)
    check.group_id = task.group_id
    uow.add(check)


def lift_asked(uow: UnitOfWork, asking: Asking) -> None:
    if asking.relation in {"assigned", "cover"}:
        lifts.ask(uow, asking.ids["appointment_id"], AskForLift())


def _member(asking: Asking) -> Any:
    return {"member_id": str(asking.ids.get("near_member_id", asking.ids["shift_id"]))}


API = "/api" + SHIFT
READY, HOUSE = "/households/<uuid:household_id>/house-ready", HOUSEHOLD + "/house-ready"
OUR_DEFECT = "/house-defects/<uuid:our_defect_id>"
HOUSE_PHOTO = "/house-photos/<uuid:house_photo_id>"
TICKED = {"items": [{"item_code": "fridge", "status": "missing"}]}
WEEK_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", HOUSEHOLD + "/roster"): sends(kind="visit", starts_at=AT_TEN, ends_at=AT_ELEVEN),
    ("PATCH", API): Act(lambda _: {"words": "Walk to the library"}, asked),
    ("POST", API + "/assignment"): Act(_member),
    ("POST", API + "/taking"): Act(),
    ("POST", API + "/confirmation"): Act(before=asked),
    ("POST", API + "/offer"): Act(before=asked),
    ("POST", API + "/keeping"): Act(before=offered),
    ("POST", API + "/release"): Act(before=asked),
    ("POST", API + "/cancellation"): Act(lambda _: {"reason": "Away"}, asked),
    ("POST", API + "/arrival"): Act(before=begun),
    ("POST", API + "/departure"): Act(lambda _: {"went": "We read together"}, attended),
    ("POST", API + "/absence"): Act(before=begun),
    ("POST", API + "/reopening"): Act(before=attended),
    ("POST", "/api" + LIFT): sends(words="Into town and back"),
    ("POST", "/api" + LIFT + "/withdrawal"): Act(before=lift_asked),
    ("POST", HOUSEHOLD + "/group-tasks"): sends(
        title="Library cards", category="social", due_on=LATER
    ),
    ("PATCH", "/api" + OURS): sends(handover="together"),
    ("POST", "/api" + OURS + "/done"): Act(),
    ("POST", "/api" + OURS + "/reopening"): Act(before=ours_done),
    ("POST", "/api" + HANDED): Act(before=supported),
    ("POST", "/api" + HANDED + "/withdrawal"): Act(before=handed),
    ("POST", HOUSEHOLD + "/sponsor-updates"): sends(text="A good week", mood="good"),
    ("POST", "/api/sponsor-updates/<uuid:update_id>/reading"): Act(),
    ("POST", HOUSEHOLD + "/contact-card"): Act(
        lambda _: {"topic": "work", "family_calls": "Ruth"}, supported
    ),
    ("POST", HOUSEHOLD + "/thread"): Act(lambda _: {"text": "Kia ora"}, supported),
    ("POST", HOUSEHOLD + "/thread/reading"): Act(),
    ("POST", "/api" + MESSAGE + "/retraction"): Act(before=written),
    ("POST", "/api" + MESSAGE + "/report"): sends(text="It frightens the children"),
    ("POST", HOUSE): Act(lambda _: TICKED, supported),
    ("POST", HOUSE + "/confirmation"): Act(
        lambda _: {"items": [{"item_code": "cooker", "version": 1}]}, ticked
    ),
    ("POST", HOUSE + "/<string:item_code>/photos"): Act(before=supported, files=bodies.picture),
    ("POST", HOUSE + "/defects"): Act(lambda _: {"kind": "water", "said": "It drips"}, supported),
    ("POST", "/api" + OUR_DEFECT + "/progress"): Act(lambda _: {"step": "told"}, supported),
    ("POST", "/api" + OUR_DEFECT + "/pictures"): Act(before=supported, files=bodies.picture),
    ("POST", "/api" + HOUSE_PHOTO + "/removal"): Act(),
    ("PUT", SPONSOR + "/car"): sends(licence_until=LATER, vehicle_seats=4, child_seats=1),
    **{
        ("POST", rule): act
        for rule, act in {
            "/households/<uuid:household_id>/roster/new": sends(
                kind="visit", on=LATER, at="10:00", minutes="60"
            ),
            SHIFT + "/change": Act(lambda _: {"on": LATER, "at": "10:00", "minutes": "60"}, asked),
            SHIFT + "/cancellation": Act(reasoned().body, asked),
            SHIFT + "/departure": Act(lambda _: {"went": "We read together"}, attended),
            SHIFT + "/assignment": Act(_member),
            SHIFT + "/taking": Act(),
            SHIFT + "/confirmation": Act(before=asked),
            SHIFT + "/offer": Act(before=asked),
            SHIFT + "/keeping": Act(before=offered),
            SHIFT + "/release": Act(before=asked),
            SHIFT + "/arrival": Act(before=begun),
            SHIFT + "/absence": Act(before=begun),
            SHIFT + "/reopening": Act(before=attended),
            "/households/<uuid:household_id>/group-tasks/new": sends(
                title="Library cards", category="social", due_on=LATER
            ),
            READY + "/look": Act(lambda _: {"fridge": "ok"}, supported),
            READY + "/confirmation": Act(lambda _: {"cooker": "1"}, ticked),
            READY + "/<string:item_code>/photos/new": Act(before=supported, files=bodies.picture),
            READY + "/defects/new": Act(lambda _: {"kind": "water", "said": "It drips"}, supported),
            OUR_DEFECT + "/progress": Act(lambda _: {"step": "told"}, supported),
            OUR_DEFECT + "/pictures/new": Act(before=supported, files=bodies.picture),
            HOUSE_PHOTO + "/removal": Act(),
            OURS + "/change": sends(handover="together"),
            OURS + "/done": Act(),
            OURS + "/reopening": Act(before=ours_done),
            HANDED: Act(before=supported),
            HANDED + "/withdrawal": Act(before=handed),
            "/households/<uuid:household_id>/sponsor-updates/new": sends(text="A good week"),
            "/sponsor-updates/<uuid:update_id>/reading": Act(),
            "/households/<uuid:household_id>/contact-card/change": Act(
                lambda _: {"topic": "work", "family_calls": "Ruth"}, supported
            ),
            "/households/<uuid:household_id>/thread": Act(lambda _: {"text": "Hi"}, supported),
            "/households/<uuid:household_id>/thread/reading": Act(),
            MESSAGE + "/retraction": Act(before=written),
            MESSAGE + "/report": sends(text="It frightens the children"),
            LIFT: sends(words="Into town and back"),
            LIFT + "/withdrawal": Act(before=lift_asked),
            "/sponsor-groups/members/<uuid:member_id>/departure": sends(left_on=TODAY),
            "/sponsor-groups/members/<uuid:member_id>/car": sends(
                licence_until=LATER, vehicle_seats="4", child_seats="1"
            ),
        }.items()
    },
}
