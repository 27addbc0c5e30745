"""Milestones over JSON: commands and filters in, shapes out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.milestones import acts, queries, rules
from resettle.milestones.models import EvidenceType, Milestone, MilestoneChange, Status
from resettle.milestones.queries import MilestoneFilters
from resettle.web.fields import Code, Day, Flag, Id, Text
from resettle.web.schema import Command, Read, Shape

LONG = 4000
OPS = {"class": DataClass.OPS}
PLAN = {"class": DataClass.PLAN}


class MilestoneFiltersSchema(Command[MilestoneFilters]):
    makes = MilestoneFilters

    due_before = Day()
    status = fields.Enum(Status, by_value=True)
    person_id = Id()
    domain = Text(10)
    overdue = Flag()


class RecordMetSchema(Command[acts.RecordMet]):
    makes = acts.RecordMet

    met_on = Day(required=True)
    reason = Text(LONG)
    evidence_type = fields.Enum(EvidenceType, by_value=True)
    evidence = Text(LONG)


class MilestoneReasonSchema(Command[acts.GiveReason]):
    makes = acts.GiveReason

    reason = Text(LONG, required=True)


class RecordBlockerSchema(Command[acts.RecordBlocker]):
    makes = acts.RecordBlocker

    blocker = Text(LONG, required=True)
    owner_id = Id()


class ChangeDueSchema(Command[acts.ChangeDue]):
    makes = acts.ChangeDue

    due_on = Day(required=True, allow_none=True)


class PreviewAnchorSchema(Command[acts.PreviewAnchor]):
    makes = acts.PreviewAnchor

    anchor = Code(("arrived", "placed"), required=True)
    to = Day(required=True)


class MilestoneShape(Shape):
    """A milestone with what follows from it: its title, its state, whether it is overdue."""

    class Meta:
        model = Milestone

    derived: ClassVar[Mapping[str, Read]] = {
        "title": queries.title_of,
        "state": lambda _uow, row: rules.state(queries.standing(row)),
        "overdue": lambda uow, row: rules.is_overdue(queries.standing(row), uow.today),
    }

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    code = fields.String()
    title = fields.String(metadata=PLAN)
    round = fields.Integer()
    domain = fields.String()
    due_on = fields.Date()
    due_rule = fields.String()
    due_overridden = fields.Boolean()
    deadline = fields.Boolean()
    location_bound = fields.Boolean()
    restricted = fields.Boolean()
    status = fields.String()
    state = fields.String(metadata=PLAN)
    overdue = fields.Boolean(metadata=PLAN)
    met_on = fields.Date()
    recorded_at = fields.DateTime()
    recorded_by = fields.UUID()
    evidence_type = fields.String()
    evidence = fields.String()
    reason = fields.String()
    waived_by = fields.UUID()
    blocker_owner_id = fields.UUID()
    private = fields.String()

    def compiled(self) -> list[Any]:
        if self._compiled is None:
            plain = super().compiled()
            self._compiled = [replace(f, read=self.derived.get(f.key, f.read)) for f in plain]
        return self._compiled


class ChangeShape(Shape):
    class Meta:
        model = MilestoneChange

    from_status = fields.String()
    to_status = fields.String()
    changed_at = fields.DateTime()
    changed_by = fields.UUID()
    reason = fields.String()


class ProgressShape(Shape):
    class Meta:
        model = Milestone

    met = fields.Integer(metadata=PLAN)
    due = fields.Integer(metadata=PLAN)
    total = fields.Integer(metadata=PLAN)
    overdue = fields.Integer(metadata=PLAN)
    words = fields.String(metadata=PLAN)


class ShiftShape(Shape):
    class Meta:
        model = Milestone

    person_id = fields.UUID()
    code = fields.String()
    title = fields.String(metadata=PLAN)
    due_on = fields.Date()
    to = fields.Date(metadata=PLAN)
    note = fields.String(metadata=PLAN)


class AnchorPreviewShape(Shape):
    class Meta:
        model = Milestone

    anchor = fields.String(metadata=OPS)
    moved_from = fields.Date(metadata=OPS)
    moved_to = fields.Date(metadata=OPS)
    moves = fields.Nested(ShiftShape(), many=True, metadata=PLAN)
    stays = fields.Nested(ShiftShape(), many=True, metadata=PLAN)
    added = fields.Nested(ShiftShape(), many=True, metadata=PLAN)
    dropped = fields.Nested(ShiftShape(), many=True, metadata=PLAN)
