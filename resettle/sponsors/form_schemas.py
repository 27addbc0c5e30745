"""Forms in which things stand otherwise than JSON sends them."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, post_load

from resettle.sponsors import acts
from resettle.sponsors.rules import PARTS_OF_WEEK, Skill
from resettle.sponsors.schemas import LONGEST_NOTE, ROLES
from resettle.web.fields import Code, Day, Flag, Many, Text
from resettle.web.schema import Command

LONGEST_SCHEDULE = 2000
# Arrival report (REP-014): 14. The words are there to read; the code says which report it is.
LINE = re.compile(r"(?:.*\()?\s*([A-Za-z0-9-]{1,20})\s*\)?\s*:\s*([0-9]{1,6})\s*", re.ASCII)


class ProfileFormSchema(Command[acts.UpdateMember]):
    """A form sends nothing for a box that is not ticked: then there is none."""

    makes = acts.UpdateMember

    roles = Many(Code(ROLES), load_default=list)
    skills = Many(Code([skill.value for skill in Skill]), load_default=list)
    languages = Many(Text(3), load_default=list)
    availability = Many(Code(PARTS_OF_WEEK), load_default=list)


class Schedule(Text):
    """Reports and their days after arrival, one a line: Arrival report (REP-014): 14."""

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> Any:
        text = super()._deserialize(value, *place, **options)
        return dict(_read(line) for line in text.splitlines() if line.strip())


def _read(line: str) -> tuple[str, int]:
    found = LINE.fullmatch(line)
    if found is None:
        raise ValidationError(
            f"“{line[:60]}”: write the days after a colon, such as Arrival report (REP-014): 14."
        )
    return found[1], int(found[2])


def written(days: Mapping[str, int], titles: Mapping[str, str]) -> str:
    """Write a schedule as it stands in the form, the earliest report first, in its words."""
    lines = sorted(days.items(), key=_by_day)
    return "\n".join(f"{titles.get(code, code)} ({code}): {after}" for code, after in lines)


def _by_day(entry: tuple[str, int]) -> tuple[int, str]:
    return entry[1], entry[0]


class DeedFormSchema(Command[acts.SignDeed]):
    makes = acts.SignDeed

    signed_on = Day(required=True)
    effective_from = Day(required=True)
    effective_to = Day()
    report_days = Schedule(LONGEST_SCHEDULE)


class ReviseFormSchema(Command[acts.ReviseDeed]):
    makes = acts.ReviseDeed

    effective_to = Day()
    report_days = Schedule(LONGEST_SCHEDULE)


class MoveFormSchema(Command[acts.MoveGroup]):
    """Where to and why, and whether what would follow has been confirmed."""

    makes = acts.MoveGroup

    to = Text(40, required=True)
    reason = Text(LONGEST_NOTE)
    reason_code = Text(40, allow_none=True)
    conditions = Text(LONGEST_NOTE)
    confirmed = Flag()

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> acts.MoveGroup:
        return acts.MoveGroup(**{k: v for k, v in data.items() if k != "confirmed"})
