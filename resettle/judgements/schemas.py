"""The evaluation record over JSON and in forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from resettle.core.classes import OPS, PROFILE
from resettle.judgements.acts import Judge
from resettle.judgements.models import Judgement
from resettle.judgements.rules import HIGHEST, LOWEST, Confidence, listed
from resettle.web.fields import Many, Text, Whole
from resettle.web.schema import Command, Shape

CODE, CODES, LONG, MOST_EVIDENCE = 40, 500, 5_000, 30


class Codes(Text):
    """Codes with commas between them, as a form sends them."""

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> Sequence[str]:  # type: ignore[override]
        return listed(super()._deserialize(value, *place, **options))


class JudgeSchema(Command[Judge]):
    makes = Judge

    programme = Text(CODE, required=True)
    criterion = Text(CODE, required=True)
    rating = Whole(LOWEST, HIGHEST, required=True)
    confidence = fields.Enum(Confidence, by_value=True, required=True)
    reasoning = Text(LONG, required=True)
    indicator = Many(Text(CODE), most=MOST_EVIDENCE)
    survey = Many(Text(CODE), most=MOST_EVIDENCE)
    interview = Many(Text(CODE), most=MOST_EVIDENCE)
    report = Many(Text(CODES), most=MOST_EVIDENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedOnPage:
    """What a form sends: all but which criterion, which stands in its address."""

    programme: str
    rating: int
    confidence: Confidence
    reasoning: str
    indicator: Sequence[str] = ()
    survey: Sequence[str] = ()
    interview: Sequence[str] = ()
    report: Sequence[str] = ()


class JudgedOnPageSchema(Command[JudgedOnPage]):
    makes = JudgedOnPage

    programme = Text(CODE, required=True)
    rating = Whole(LOWEST, HIGHEST, required=True)
    confidence = fields.Enum(Confidence, by_value=True, required=True)
    reasoning = Text(LONG, required=True)
    indicator = Codes(CODES)
    survey = Codes(CODES)
    interview = Codes(CODES)
    report = Codes(CODES)


class JudgementShape(Shape):
    class Meta:
        model = Judgement

    id = fields.UUID()
    number = fields.Integer()
    rating = fields.Integer()
    confidence = fields.String()
    reasoning = fields.String()
    judged_by = fields.UUID()
    judged_at = fields.DateTime()


class JudgedShape(JudgementShape):
    # The name of somebody at work, whose judgement it is.
    judge = fields.String(metadata=dict(PROFILE))
    evidence = fields.Raw(metadata=dict(OPS))


class CriterionShape(Shape):
    code = fields.String(metadata=dict(OPS))
    title = fields.String(metadata=dict(OPS))
    asks = fields.String(metadata=dict(OPS))
    evidence = fields.String(metadata=dict(OPS))


class LineShape(Shape):
    criterion = fields.Nested(CriterionShape(), metadata=dict(OPS))
    judgements = fields.Nested(JudgedShape(many=True), metadata=dict(OPS))


@dataclass(frozen=True, slots=True)
class RecordWanted:
    programme: str


class RecordWantedSchema(Command[RecordWanted]):
    makes = RecordWanted

    programme = Text(CODE, load_default="cors")
