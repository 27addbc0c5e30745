"""A family's words: what comes in, and how they are shown to each reader."""

from marshmallow import fields

from resettle.voices.acts import AnswerVoice, AskCorrection, SayRight
from resettle.voices.models import Topic, Voice
from resettle.voices.rules import Feeling, Outcome
from resettle.web.fields import Text
from resettle.web.schema import Command, Shape

LONG = 10_000


class SayRightSchema(Command[SayRight]):
    makes = SayRight

    topic = fields.Enum(Topic, by_value=True, required=True)
    feeling = fields.Enum(Feeling, by_value=True, required=True)
    text = Text(LONG)


class AskCorrectionSchema(Command[AskCorrection]):
    makes = AskCorrection

    text = Text(LONG, required=True)
    should_be = Text(LONG)


class AnswerVoiceSchema(Command[AnswerVoice]):
    makes = AnswerVoice

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    answer = Text(LONG, required=True)


class VoiceShape(Shape):
    class Meta:
        model = Voice

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    kind = fields.String()
    topic = fields.String()
    feeling = fields.String()
    language = fields.String()
    text = fields.String()
    should_be = fields.String()
    said_at = fields.DateTime()
    by_link = fields.Boolean()
    due_on = fields.Date()
    outcome = fields.String()
    answer = fields.String()
    answered_on = fields.Date()
