"""What is sent to cases: commands and filters. What they answer is in shapes.py."""

from marshmallow import fields

from resettle.cases import acts
from resettle.cases.models import AssignmentKind, LinkKind, Mode, Source
from resettle.cases.papers import DecisionKind, ItemStatus
from resettle.cases.queries import CapFilters, CaseFilters
from resettle.web.fields import Code, Day, Flag, Id, Name, Text, Whole
from resettle.web.schema import Command

CODE = 40
NOTE = 4000
MOST_PERSONS = 60
MOST_YEARS = 80


class CaseFiltersSchema(Command[CaseFilters]):
    makes = CaseFilters

    stage = Text(CODE)
    programme = Text(CODE)
    household_id = Id()


class CapFiltersSchema(Command[CapFilters]):
    makes = CapFilters

    on = Day()


class OpenCaseSchema(Command[acts.OpenCase]):
    makes = acts.OpenCase

    programme_code = Text(CODE, required=True)
    source = fields.Enum(Source, by_value=True, required=True)
    route = Text(CODE)
    stage = Text(CODE)
    opened_on = Day()
    case_number = Name(80)
    case_size = Whole(1, MOST_PERSONS)
    category_1 = Text(CODE)
    category_2 = Text(CODE)
    priority = Text(CODE)
    subcategory = Text(CODE)
    programme_year = Text(10)
    region = Text(CODE)
    submitted_on = Day()
    nominated_on = Day()


class ChangeCaseSchema(Command[acts.ChangeCase]):
    makes = acts.ChangeCase

    application_no = Name(80, allow_none=True)
    case_size = Whole(1, MOST_PERSONS)
    category_1 = Text(CODE, allow_none=True)
    category_2 = Text(CODE, allow_none=True)
    priority = Text(CODE, allow_none=True)
    subcategory = Text(CODE, allow_none=True)
    programme_year = Text(10, allow_none=True)
    region = Text(CODE, allow_none=True)
    submitted_on = Day(allow_none=True)
    received_on = Day(allow_none=True)
    nominated_on = Day(allow_none=True)
    eoi_received_on = Day(allow_none=True)
    processing_mode = fields.Enum(Mode, by_value=True, allow_none=True)
    interview_planned_on = Day(allow_none=True)
    interviewed_on = Day(allow_none=True)
    interviewer = Name(allow_none=True)
    interview_interpreter = Name(allow_none=True)
    lodged_on = Day(allow_none=True)
    travel_on = Day(allow_none=True)
    reception_left_on = Day(allow_none=True)
    early_exit_agreed_on = Day(allow_none=True)
    relocation_outcome = Text(CODE, allow_none=True)


class MoveCaseSchema(Command[acts.MoveCase]):
    makes = acts.MoveCase

    to = Text(CODE, required=True)
    on = Day(required=True)
    override_reason = Text(NOTE)
    reason = Text(CODE)
    note = Text(NOTE)
    review_on = Day()
    location = Name(80)


class HoldCaseSchema(Command[acts.HoldCase]):
    makes = acts.HoldCase

    reason = Text(CODE, required=True)
    review_on = Day(required=True)
    on = Day(required=True)
    note = Text(NOTE)


class ReleaseCaseSchema(Command[acts.ReleaseCase]):
    makes = acts.ReleaseCase

    on = Day(required=True)


class RecordDecisionSchema(Command[acts.RecordDecision]):
    makes = acts.RecordDecision

    kind = fields.Enum(DecisionKind, by_value=True, required=True)
    decided_on = Day(required=True)
    reason = Text(CODE)
    note = Text(NOTE)


class RecordCheckSchema(Command[acts.RecordCheck]):
    makes = acts.RecordCheck

    checked_on = Day(required=True)
    result = Code(("clear", "concern"), required=True)
    note = Text(NOTE)


class RecordApplicantSchema(Command[acts.RecordApplicant]):
    makes = acts.RecordApplicant

    english_assessed_on = Day(allow_none=True)
    basic_english = Flag(allow_none=True)
    work_years = Whole(0, MOST_YEARS, allow_none=True)
    tertiary_years = Whole(0, MOST_YEARS, allow_none=True)
    mandate_confirmed = Flag(allow_none=True)
    other_category = Flag(allow_none=True)
    asylum_country = Text(3, allow_none=True)
    region_accepted = Flag(allow_none=True)


class AnswerItemSchema(Command[acts.AnswerItem]):
    makes = acts.AnswerItem

    status = fields.Enum(ItemStatus, by_value=True, required=True)
    note = Text(NOTE)
    instead = Text(CODE)


class LinkCaseSchema(Command[acts.LinkCase]):
    makes = acts.LinkCase

    kind = fields.Enum(LinkKind, by_value=True, required=True)
    linked_case_id = Id()
    linked_number = Name(80)


class AssignCaseworkerSchema(Command[acts.AssignCaseworker]):
    makes = acts.AssignCaseworker

    user_id = Id(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True, required=True)
    from_on = Day(required=True)
    until_on = Day()
    reason = Text(NOTE, required=True)


class EndAssignmentSchema(Command[acts.EndAssignment]):
    makes = acts.EndAssignment

    until_on = Day(required=True)
    reason = Text(NOTE, required=True)
