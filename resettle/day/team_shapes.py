"""What a team leader is shown, and what comes in about leave and about who takes over."""

from marshmallow import fields

from resettle.cases import acts, covering
from resettle.cases.absences import Absence
from resettle.cases.assigning import Reassigned
from resettle.cases.models import AssignmentKind
from resettle.core.classes import OPS, PROFILE
from resettle.day.board import PutOff, TeamHousehold, WorkerLoad
from resettle.web.fields import Day, Id, Many, Text
from resettle.web.schema import Command, Shape

NOTE = 500
MOST = 300


class ReassignSchema(Command[acts.Reassign]):
    makes = acts.Reassign

    household_ids = Many(Id(), most=MOST, required=True)
    user_id = Id(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True)
    from_on = Day(required=True)
    until_on = Day()
    reason = Text(NOTE, required=True)


class TakeBackSchema(Command[acts.TakeBack]):
    makes = acts.TakeBack

    assignment_ids = Many(Id(), most=MOST, required=True)


class PlanAbsenceSchema(Command[covering.PlanAbsence]):
    makes = covering.PlanAbsence

    from_on = Day(required=True)
    back_on = Day(required=True)
    cover_id = Id()
    user_id = Id()


class CoverHouseholdSchema(Command[covering.CoverHousehold]):
    makes = covering.CoverHousehold

    household_id = Id(required=True)
    cover_id = Id(required=True)


class ComeBackSchema(Command[covering.ComeBack]):
    makes = covering.ComeBack

    back_on = Day(required=True)


class ReassignedShape(Shape):
    class Meta:
        model = Reassigned

    household_id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    assignment_id = fields.UUID(metadata=dict(OPS))
    done = fields.Boolean(metadata=dict(OPS))
    why_not = fields.String(metadata=dict(OPS))


class AbsenceShape(Shape):
    class Meta:
        model = Absence

    id = fields.UUID()
    version = fields.Integer()
    user_id = fields.UUID()
    from_on = fields.Date()
    until_on = fields.Date()


class CoveredShape(Shape):
    class Meta:
        model = covering.Covered

    household_id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    cover_id = fields.UUID(metadata=dict(OPS))
    cover = fields.String(metadata=dict(OPS))
    problem = fields.String(metadata=dict(OPS))


class TeamHouseholdShape(Shape):
    class Meta:
        model = TeamHousehold

    household_id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    place = fields.String(metadata=dict(PROFILE))
    stage = fields.String(metadata=dict(OPS))
    whose = fields.String(metadata=dict(OPS))
    late = fields.Integer(metadata=dict(OPS))
    silent_days = fields.Integer(metadata=dict(OPS))
    why = fields.String(metadata=dict(OPS))


class WorkerLoadShape(Shape):
    class Meta:
        model = WorkerLoad

    user_id = fields.UUID(metadata=dict(OPS))
    name = fields.String(metadata=dict(OPS))
    households = fields.Integer(metadata=dict(OPS))
    stands_in = fields.Integer(metadata=dict(OPS))
    late = fields.Integer(metadata=dict(OPS))
    silent = fields.Integer(metadata=dict(OPS))
    put_off = fields.Integer(metadata=dict(OPS))
    away_until = fields.Date(metadata=dict(OPS))


class PutOffShape(Shape):
    class Meta:
        model = PutOff

    household_id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    kind = fields.String(metadata=dict(OPS))
    until_on = fields.Date(metadata=dict(OPS))
    reason_code = fields.String(metadata=dict(OPS))
    whose = fields.String(metadata=dict(OPS))


class BoardShape(Shape):
    """The team leader's board."""

    unattended = fields.Nested(TeamHouseholdShape(), many=True, metadata=dict(OPS))
    workers = fields.Nested(WorkerLoadShape(), many=True, metadata=dict(OPS))
    behind = fields.Nested(TeamHouseholdShape(), many=True, metadata=dict(OPS))
    put_off = fields.Nested(PutOffShape(), many=True, metadata=dict(OPS))
