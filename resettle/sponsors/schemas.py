"""What is sent to sponsor groups: commands and filters. What they answer is in shapes.py."""

from dataclasses import dataclass
from datetime import date

from marshmallow import fields, validate

from resettle.sponsors import acts, rules
from resettle.sponsors.models import (
    ItemStatus,
    MemberRole,
    TrainingModule,
    VettingOutcome,
    VettingReason,
)
from resettle.web.fields import Code, Day, Email, Flag, Id, Many, Name, Phone, Text, Whole
from resettle.web.hidden import Sought
from resettle.web.schema import Command

ROLES = [role.value for role in MemberRole]
MOST_PERSONS = 500
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class GroupFilters:
    status: str | None = None
    location: str | None = None
    open: bool = False
    q: str = ""


class GroupFiltersSchema(Command[GroupFilters]):
    """Which groups are listed; of a name that is looked for the address has but a key."""

    makes = GroupFilters

    q = Sought()
    status = Text(40)
    location = Text(80)
    open = Flag()


class NamedSchema(Command[GroupFilters]):
    """A name as it is typed, and at which stage a group of this name is looked for."""

    makes = GroupFilters

    q = Text(100)
    status = Text(40)


@dataclass(frozen=True, slots=True)
class ReportFilters:
    overdue: bool = False


class ReportFiltersSchema(Command[ReportFilters]):
    makes = ReportFilters

    overdue = Flag()


class CreateGroupSchema(Command[acts.CreateGroup]):
    makes = acts.CreateGroup

    legal_name = Name(required=True)
    entity_type = Text(40, required=True)
    location = Name(80, required=True)
    programme = Text(40, required=True)
    trading_name = Name()
    registration_no = Text(40)
    about = Text(LONGEST_NOTE)
    contact_email = Email()
    contact_phone = Phone()


class UpdateGroupSchema(Command[acts.UpdateGroup]):
    makes = acts.UpdateGroup

    trading_name = Name()
    registration_no = Text(40)
    location = Name(80)
    about = Text(LONGEST_NOTE)
    contact_email = Email()
    contact_phone = Phone()


class ApproveGroupSchema(Command[acts.ApproveGroup]):
    makes = acts.ApproveGroup

    max_persons = Whole(1, MOST_PERSONS, required=True)
    max_households = Whole(1, 100, required=True)
    routes = Many(Text(40), required=True)
    decided_on = Day(required=True)
    note = Text(LONGEST_NOTE)
    expires_on = Day()


class MoveGroupSchema(Command[acts.MoveGroup]):
    makes = acts.MoveGroup

    to = Text(40, required=True)
    reason = Text(LONGEST_NOTE)
    override = Flag()
    reason_code = Text(40, allow_none=True)
    conditions = Text(LONGEST_NOTE)


class RecordStepSchema(Command[acts.RecordStep]):
    makes = acts.RecordStep

    fact = Text(60, required=True)
    done_on = Day(required=True)
    note = Text(LONGEST_NOTE)


class AddMemberSchema(Command[acts.AddMember]):
    makes = acts.AddMember

    name = Name(required=True)
    roles = Many(Code(ROLES), required=True)
    joined_on = Day(required=True)
    user_id = Id()


class UpdateMemberSchema(Command[acts.UpdateMember]):
    makes = acts.UpdateMember

    roles = Many(Code(ROLES))
    skills = Many(Code([skill.value for skill in rules.Skill]))
    languages = Many(Text(3))
    availability = Many(Code(rules.PARTS_OF_WEEK))


@dataclass(frozen=True, slots=True)
class Leave:
    left_on: date


class LeaveSchema(Command[Leave]):
    makes = Leave

    left_on = Day(required=True)


class RecordVettingSchema(Command[acts.RecordVetting]):
    makes = acts.RecordVetting

    outcome = fields.Enum(VettingOutcome, by_value=True, required=True)
    agreed_on = Day(required=True)
    requested_on = Day(required=True)
    decided_on = Day()
    reason_code = fields.Enum(VettingReason, by_value=True)


class RecordTrainingSchema(Command[acts.RecordTraining]):
    makes = acts.RecordTraining

    module = fields.Enum(TrainingModule, by_value=True, required=True)
    completed_on = Day(required=True)
    certificate = Text(200)


def _schedule() -> fields.Dict:
    return fields.Dict(keys=Text(40), values=Whole(0, 10_000), validate=validate.Length(max=40))


class SignDeedSchema(Command[acts.SignDeed]):
    makes = acts.SignDeed

    signed_on = Day(required=True)
    effective_from = Day(required=True)
    effective_to = Day()
    report_days = _schedule()


class ReviseDeedSchema(Command[acts.ReviseDeed]):
    makes = acts.ReviseDeed

    effective_to = Day(allow_none=True)
    report_days = _schedule()


class EndDeedSchema(Command[acts.EndDeed]):
    makes = acts.EndDeed

    terminated_on = Day(required=True)


class RecordItemSchema(Command[acts.RecordItem]):
    makes = acts.RecordItem

    status = fields.Enum(ItemStatus, by_value=True, required=True)
    note = Text(LONGEST_NOTE)
    evidence = Text(LONGEST_NOTE)
    done_on = Day()
