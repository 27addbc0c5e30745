"""Applications as they are shown to the group and to whoever decides."""

from marshmallow import fields

from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    ApplicationScore,
    GroupApplication,
)
from resettle.core.classes import DataClass
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PROFILE = {"class": DataClass.PROFILE}


class ApplicationShape(Shape):
    class Meta:
        model = GroupApplication

    id = fields.UUID()
    group_id = fields.UUID()
    round = fields.Integer()
    begun_on = fields.Date()
    subject_line = fields.String()
    links = fields.Raw()
    discussed_on = fields.Date()
    discussion = fields.String()
    submitted_on = fields.Date()
    decision = fields.String()
    decided_on = fields.Date()
    reasons = fields.String()
    feedback = fields.String()
    is_open = fields.Boolean(metadata=OPS)
    version = fields.Integer()


class LackShape(Shape):
    class Meta:
        model = GroupApplication

    step = fields.String(metadata=OPS)
    sentence = fields.String(metadata=OPS)


class PartShape(Shape):
    class Meta:
        model = ApplicationPart

    id = fields.UUID()
    application_id = fields.UUID()
    domain = fields.String()
    text = fields.String()
    led_by = fields.String()
    version = fields.Integer()


class LineShape(Shape):
    class Meta:
        model = ApplicationLine

    id = fields.UUID()
    application_id = fields.UUID()
    side = fields.String()
    category = fields.String()
    dollars = fields.Integer()
    note = fields.String()
    version = fields.Integer()


class QuestionShape(Shape):
    class Meta:
        model = ApplicationQuestion

    id = fields.UUID()
    application_id = fields.UUID()
    question = fields.String()
    asked_on = fields.Date()
    answer = fields.String()
    answered_on = fields.Date()
    version = fields.Integer()


class ScoreShape(Shape):
    class Meta:
        model = ApplicationScore

    id = fields.UUID()
    criterion = fields.String()
    assessor_id = fields.UUID()
    score = fields.Integer()
    reason = fields.String()
    version = fields.Integer()
