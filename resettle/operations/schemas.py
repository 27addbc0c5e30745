"""The trail and the jobs as they are shown."""

from marshmallow import fields

from resettle.core.audit import AuditEntry
from resettle.core.classes import AUDIT, OPS
from resettle.core.jobs import Job
from resettle.operations.queries import JobFilters, OwnLooks, TrailFilters
from resettle.web.fields import Code, Flag, Id, Text
from resettle.web.schema import Command, Shape


class TrailShape(Shape):
    class Meta:
        model = AuditEntry

    chain = fields.Integer()
    seq = fields.Integer()
    at = fields.DateTime()
    actor_role = fields.String()
    action = fields.String()
    change = fields.String()
    resource = fields.String()
    classes = fields.List(fields.String())
    told = fields.List(fields.String(), attribute="fields", data_key="fields")
    outcome = fields.String()
    rows = fields.Integer(metadata=dict(AUDIT))


class LookShape(TrailShape):
    """A row of the trail for the household itself and its caseworkers: with the name."""

    actor_name = fields.String(metadata=dict(AUDIT))
    by_link = fields.Boolean(metadata=dict(AUDIT))


class TrailEntryShape(TrailShape):
    """A row of the trail for the auditor: references, no names."""

    actor_ref = fields.UUID()
    record_ref = fields.UUID()
    household_ref = fields.UUID(attribute="household_id", metadata=dict(AUDIT))
    route = fields.String()


class OwnLooksSchema(Command[OwnLooks]):
    makes = OwnLooks

    show = Code(["others", "changes", "all"])


class TrailFiltersSchema(Command[TrailFilters]):
    makes = TrailFilters

    household = Id()
    actor = Id()
    change = Text(20)
    outcome = Text(40)


class VerdictShape(Shape):
    sound = fields.Boolean(metadata=dict(OPS))
    rows = fields.Integer(metadata=dict(OPS))
    chain = fields.Integer(metadata=dict(OPS))
    bad_seq = fields.Integer(data_key="first_bad_seq", metadata=dict(OPS))
    fault = fields.String(metadata=dict(OPS))


class JobShape(Shape):
    class Meta:
        model = Job

    id = fields.UUID()
    name = fields.String()
    run_after = fields.DateTime()
    tries = fields.Integer()
    dead = fields.Boolean()
    fault = fields.String()


class JobFiltersSchema(Command[JobFilters]):
    makes = JobFilters

    dead = Flag()
