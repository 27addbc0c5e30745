"""Sponsor groups and all that belongs to them, as JSON shows them to each reader."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.sponsors.models import (
    Deed,
    GroupChecklistItem,
    GroupMove,
    GroupStep,
    ReportDue,
    SponsorGroup,
    SponsorMember,
    Training,
    Vetting,
)
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class GroupRow(Shape):
    class Meta:
        model = SponsorGroup

    id = fields.UUID()
    legal_name = fields.String()
    trading_name = fields.String()
    location = fields.String()
    status = fields.String()
    status_since = fields.Date()
    max_persons = fields.Integer()
    max_households = fields.Integer()
    persons_now = fields.Integer()
    households_now = fields.Integer()
    approved_until = fields.Date()
    version = fields.Integer()


class GroupShape(GroupRow):
    entity_type = fields.String()
    registration_no = fields.String()
    about = fields.String()
    contact_email = fields.String()
    contact_phone = fields.String()
    programme_code = fields.String()
    programme_version = fields.Integer()
    routes = fields.Raw()


class PossibleMoveShape(Shape):
    class Meta:
        model = SponsorGroup

    to = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    missing = fields.Raw(attribute="sentences", metadata=OPS)
    may_override = fields.Raw(metadata=OPS)


class GroupMoveShape(Shape):
    class Meta:
        model = GroupMove

    id = fields.UUID()
    from_status = fields.String()
    to_status = fields.String()
    moved_on = fields.Date()
    overridden = fields.Boolean()
    missing = fields.Raw()
    reason = fields.String()
    reason_code = fields.String()
    conditions = fields.String()


class GroupStepShape(Shape):
    class Meta:
        model = GroupStep

    id = fields.UUID()
    fact = fields.String()
    done_on = fields.Date()
    note = fields.String()


class MemberShape(Shape):
    class Meta:
        model = SponsorMember

    id = fields.UUID()
    group_id = fields.UUID()
    user_id = fields.UUID()
    name = fields.String()
    roles = fields.Raw()
    status = fields.String(metadata=OPS)
    joined_on = fields.Date()
    left_on = fields.Date()
    skills = fields.Raw()
    languages = fields.Raw()
    availability = fields.Raw()
    vetted_until = fields.Date()
    drives_children = fields.Boolean()
    licence_until = fields.Date()
    vehicle_seats = fields.Integer()
    child_seats = fields.Integer()
    version = fields.Integer()


class VettingShape(Shape):
    class Meta:
        model = Vetting

    id = fields.UUID()
    member_id = fields.UUID()
    requested_on = fields.Date()
    agreed_on = fields.Date()
    outcome = fields.String()
    reason_code = fields.String()
    decided_on = fields.Date()
    expires_on = fields.Date()


class TrainingShape(Shape):
    class Meta:
        model = Training

    id = fields.UUID()
    member_id = fields.UUID()
    module = fields.String()
    completed_on = fields.Date()
    certificate = fields.String()


class DeedShape(Shape):
    class Meta:
        model = Deed

    id = fields.UUID()
    group_id = fields.UUID()
    signed_on = fields.Date()
    effective_from = fields.Date()
    effective_to = fields.Date()
    terminated_on = fields.Date()
    report_days = fields.Raw()
    version = fields.Integer()


class ChecklistItemShape(Shape):
    class Meta:
        model = GroupChecklistItem

    id = fields.UUID()
    list_code = fields.String()
    item_code = fields.String()
    status = fields.String()
    note = fields.String()
    evidence = fields.String()
    done_on = fields.Date()
    updated_at = fields.DateTime()
    updated_by = fields.UUID()
    version = fields.Integer()


class ReportRow(Shape):
    class Meta:
        model = ReportDue

    id = fields.UUID()
    group_id = fields.UUID()
    household_id = fields.UUID()
    code = fields.String()
    due_on = fields.Date()
    submitted_on = fields.Date()
    overdue = fields.Boolean(metadata=OPS)
