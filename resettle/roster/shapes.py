"""Shifts as pages tell them: in local times and words, with who does them and what to heed."""

from collections.abc import Mapping, Sequence
from typing import Any

from resettle.core.actor import Role
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster import queries
from resettle.roster.models import AHEAD, Shift, ShiftKind, ShiftStatus
from resettle.roster.schemas import ShiftShape
from resettle.sponsors.shapes import MemberShape

Shown = dict[str, Any]
SHAPE = ShiftShape()
NAMED = MemberShape(only=("id", "name"))
KINDS: Mapping[str, str] = {
    ShiftKind.VISIT: "Visit",
    ShiftKind.LIFT: "Lift",
    ShiftKind.ENGLISH_PRACTICE: "English practice",
    ShiftKind.OTHER: "Something else",
}
STATES: Mapping[str, tuple[str, str, str]] = {
    ShiftStatus.OPEN: ("Nobody yet", "late", "open"),
    ShiftStatus.ASKED: ("Asked", "open", "open"),
    ShiftStatus.CONFIRMED: ("Confirmed", "done", "half"),
    ShiftStatus.UNDER_WAY: ("There now", "open", "half"),
    ShiftStatus.DONE: ("Done", "done", "done"),
    ShiftStatus.MISSED: ("Nobody came", "late", "stopped"),
    ShiftStatus.CANCELLED: ("Called off", "quiet", "skipped"),
}


def told(uow: UnitOfWork, shifts: Sequence[Shift]) -> list[Shown]:
    """Tell shifts in local times and words, and what the reader may do about each."""
    uow.unlock({shift.household_id for shift in shifts})
    # What hinders a member is the group's to mend: the vetting of somebody is not told a family.
    warned = {} if uow.actor.role is Role.HOUSEHOLD_PERSON else queries.warnings(uow, shifts)
    members = queries.members_named(uow, {shift.member_id for shift in shifts if shift.member_id})
    named = {row["id"]: row["name"] for row in NAMED.many_of(uow, members) if "name" in row}
    unreached = {member.id for member in members if member.user_id is None}
    own = {member.id for member in queries.own_members(uow)}
    leads = uow.allows(Permission.ROSTER_LEAD)
    writes = uow.allows(Permission.ROSTER_WRITE)
    return [
        {
            **_in_words(row),
            "who": named.get(shift.member_id, "") if shift.member_id else "",
            "is_mine": shift.member_id in own,
            # Who has no account says nothing here themselves: who leads says it for them.
            "is_led": leads and shift.member_id in unreached,
            "warnings": warned.get(shift.id, ()),
            "may_take": writes and _is_free(shift) and shift.member_id not in own,
            "leads": leads,
            "may_change": shift.status in AHEAD
            and (leads or shift.member_id in own or _made_by_reader(uow, shift)),
            "begun": shift.starts_at <= uow.now,
        }
        for shift, row in zip(shifts, SHAPE.many_of(uow, shifts), strict=True)
    ]


def _made_by_reader(uow: UnitOfWork, shift: Shift) -> bool:
    return uow.allows(Permission.ROSTER_WRITE) and shift.created_by == uow.actor.user_id


def _is_free(shift: Shift) -> bool:
    free = shift.member_id is None or shift.offered_at is not None
    return free and shift.status in AHEAD


def _in_words(row: Shown) -> Shown:
    begins = row["starts_at"].astimezone(AUCKLAND)
    ends = row["ends_at"].astimezone(AUCKLAND)
    word, tone, shape = STATES[row["status"]]
    return {
        **row,
        "on": begins.date(),
        "at": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "length": int((row["ends_at"] - row["starts_at"]).total_seconds()) // 60,
        "kind_title": KINDS[row["kind"]],
        "state": word,
        "tone": tone,
        "shape": shape,
    }
