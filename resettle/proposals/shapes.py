"""The board over JSON and in pages: what goes out, to those who place households."""

import json
from typing import Any

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.proposals.cards import Card, Column
from resettle.proposals.models import BoardStep, PlaceDecision
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PROFILE = {"class": DataClass.PROFILE}


class ColumnShape(Shape):
    class Meta:
        model = Column

    place_id = fields.String(metadata=OPS)
    name = fields.String(metadata=OPS)
    location = fields.String(metadata=OPS)
    persons = fields.Integer(metadata=OPS)
    households = fields.Integer(metadata=OPS)
    taken_persons = fields.Integer(metadata=OPS)
    taken_households = fields.Integer(metadata=OPS)
    persons_left = fields.Integer(metadata=OPS)
    is_over = fields.Boolean(metadata=OPS)
    price = fields.Float(metadata=OPS)
    kept_for_later = fields.Integer(metadata=OPS)


class CardShape(Shape):
    class Meta:
        model = Card

    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    persons = fields.Integer(metadata=PROFILE)
    standing = fields.String(metadata=OPS)
    given = fields.String(metadata=OPS)
    place_id = fields.String(metadata=OPS)
    place = fields.String(metadata=OPS)
    points = fields.Integer(metadata=OPS)
    regret = fields.Integer(metadata=OPS)
    here = fields.Raw(metadata=OPS)
    best = fields.Raw(metadata=OPS)
    options = fields.Raw(metadata=OPS)
    open_places = fields.Integer(metadata=OPS)
    about = fields.Raw(metadata=PROFILE)
    rulings = fields.Raw(metadata=PROFILE)
    again_on = fields.Date(metadata=OPS)


class StepShape(Shape):
    class Meta:
        model = BoardStep

    id = fields.UUID()
    version = fields.Integer()
    run_id = fields.UUID()
    household_id = fields.UUID()
    kind = fields.String()
    place_id = fields.UUID()
    taken_at = fields.DateTime()
    undone_at = fields.DateTime()


class DecisionRow(Shape):
    class Meta:
        model = PlaceDecision

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    place_id = fields.UUID()
    run_id = fields.UUID()
    proposed_place_id = fields.UUID()
    sponsorship_id = fields.UUID()
    reason_code = fields.String()
    decided_at = fields.DateTime()
    declined_on = fields.Date()
    decline_reason = fields.String()
    differs = fields.Boolean(metadata=OPS)


def _known(row: Any) -> Any:
    try:
        return json.loads(row.known)
    except ValueError:
        return {}


class DecisionShape(DecisionRow):
    note = fields.String()
    known = fields.Function(_known, metadata=PROFILE)
