"""Cases and all that belongs to them, as JSON shows them to each reader."""

from marshmallow import fields

from resettle.cases.models import Assignment, CaseLink, ResettlementCase, StageEntry
from resettle.cases.papers import CaseCheck, ChecklistItem, Decision, EligibilityFacts
from resettle.core.classes import DataClass
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class CaseRow(Shape):
    class Meta:
        model = ResettlementCase

    id = fields.UUID()
    household_id = fields.UUID()
    reference = fields.String(metadata=OPS)
    display_name = fields.String(metadata={"class": DataClass.IDENT, "item": "name"})
    location = fields.String(metadata={"class": DataClass.PROFILE})
    programme_code = fields.String()
    programme_version = fields.Integer()
    stage = fields.String()
    stage_since = fields.Date()
    days_in_stage = fields.Integer(metadata=OPS)
    case_size = fields.Integer()


class CaseShape(Shape):
    class Meta:
        model = ResettlementCase

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    source = fields.String()
    case_number = fields.String()
    application_no = fields.String()
    programme_code = fields.String()
    programme_version = fields.Integer()
    programme_year = fields.String()
    route = fields.String()
    stage = fields.String()
    stage_since = fields.Date()
    left_stage = fields.String()
    case_size = fields.Integer()
    category_1 = fields.String()
    category_2 = fields.String()
    priority = fields.String()
    subcategory = fields.String()
    region = fields.String()
    opened_on = fields.Date()
    submitted_on = fields.Date()
    received_on = fields.Date()
    nominated_on = fields.Date()
    eoi_received_on = fields.Date()
    processing_mode = fields.String()
    interview_planned_on = fields.Date()
    interviewed_on = fields.Date()
    interviewer = fields.String()
    interview_interpreter = fields.String()
    lodged_on = fields.Date()
    decision = fields.String()
    decided_on = fields.Date()
    travel_on = fields.String()
    reception_left_on = fields.Date()
    plan_agreed_on = fields.Date()
    exit_reviewed_on = fields.Date()
    exit_handover = fields.String()
    early_exit_agreed_on = fields.Date()
    relocation_outcome = fields.String()


class MissingShape(Shape):
    fact = fields.String(metadata=OPS)
    sentence = fields.String(metadata=OPS)
    may_override = fields.Boolean(metadata=OPS)


class NextMoveShape(Shape):
    class Meta:
        model = ResettlementCase

    to = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    ready = fields.Boolean(metadata=OPS)
    missing = fields.Nested(MissingShape(), many=True, metadata=OPS)
    asks = fields.Raw(metadata=OPS)
    reasons = fields.String(metadata=OPS)


class StageEntryShape(Shape):
    class Meta:
        model = StageEntry

    id = fields.UUID()
    seq = fields.Integer()
    from_stage = fields.String()
    to_stage = fields.String()
    moved_on = fields.Date()
    moved_at = fields.DateTime()
    moved_by = fields.UUID()
    overridden = fields.Boolean()
    missing = fields.Raw()
    reason_code = fields.String()
    reason = fields.String()


class DecisionShape(Shape):
    class Meta:
        model = Decision

    id = fields.UUID()
    kind = fields.String()
    decided_on = fields.Date()
    recorded_at = fields.DateTime()
    recorded_by = fields.UUID()
    reason_code = fields.String()
    note = fields.String()


class CheckShape(Shape):
    class Meta:
        model = CaseCheck

    kind = fields.String()
    checked_on = fields.Date()
    result = fields.String()
    note = fields.String()


class JudgementShape(Shape):
    class Meta:
        model = EligibilityFacts

    code = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    # What the rules found tells of origin, age and mandate, so it is shown as they are.
    met = fields.Boolean(metadata={"class": DataClass.ORIGIN})
    explanation = fields.String(metadata={"class": DataClass.ORIGIN})
    decline_reason = fields.String(metadata={"class": DataClass.ORIGIN})


class EligibilityShape(Shape):
    class Meta:
        model = EligibilityFacts

    judged_on = fields.Date(metadata=OPS)
    met = fields.Boolean(metadata={"class": DataClass.ORIGIN})
    rules = fields.Nested(JudgementShape(), many=True, metadata=OPS)


class ApplicantShape(Shape):
    class Meta:
        model = EligibilityFacts

    id = fields.UUID()
    version = fields.Integer()
    english_assessed_on = fields.Date()
    basic_english = fields.Boolean()
    work_years = fields.Integer()
    tertiary_years = fields.Integer()
    mandate_confirmed = fields.String()
    other_category = fields.String()
    asylum_country = fields.String()
    region_accepted = fields.String()


class ChecklistShape(Shape):
    class Meta:
        model = ChecklistItem

    id = fields.UUID()
    version = fields.Integer()
    person_id = fields.UUID()
    list_code = fields.String()
    item_code = fields.String()
    title = fields.String(metadata=OPS)
    status = fields.String()
    instead = fields.String()
    note = fields.String()
    waivable = fields.Boolean(metadata=OPS)
    instead_one_of = fields.Raw(metadata=OPS)
    may_follow = fields.Boolean(metadata=OPS)


class LinkShape(Shape):
    class Meta:
        model = CaseLink

    id = fields.UUID()
    kind = fields.String()
    linked_case_id = fields.UUID()
    linked_number = fields.String()


class AssignmentShape(Shape):
    class Meta:
        model = Assignment

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    user_id = fields.UUID()
    kind = fields.String()
    from_on = fields.Date()
    until_on = fields.Date()
    reason = fields.String()


class RoomShape(Shape):
    code = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    year = fields.String(metadata=OPS)
    persons = fields.Integer(metadata=OPS)
    overflow = fields.Integer(metadata=OPS)
    at_least = fields.Boolean(metadata=OPS)
    reserved = fields.Integer(metadata=OPS)
    used = fields.Integer(metadata=OPS)
    left = fields.Integer(metadata=OPS)
