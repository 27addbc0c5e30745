"""Pulses in forms and over JSON: what comes in, and what is told of an invitation."""

from collections.abc import Mapping
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, post_load

from resettle.pulses.acts import AnswerPulse
from resettle.pulses.models import PulseInvitation
from resettle.pulses.rules import HIGHEST, LOWEST
from resettle.web.schema import Shape

VALUES = {str(value): value for value in range(LOWEST, HIGHEST + 1)}


class AnswerPulseSchema(Schema):
    """A field for each question, whichever they are."""

    class Meta:
        unknown = INCLUDE

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> AnswerPulse:
        odd = {
            name: ["Choose one of the answers."] for name, v in data.items() if str(v) not in VALUES
        }
        if odd:
            raise ValidationError(odd)
        return AnswerPulse({name: VALUES[str(value)] for name, value in data.items()})


class PulseShape(Shape):
    class Meta:
        model = PulseInvitation

    id = fields.UUID()
    opened_on = fields.Date()
    closes_on = fields.Date()
    answered = fields.Boolean()
