"""Surveys over JSON and in forms: what is asked, what comes in, what is shown to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, post_load, validate

from resettle.core.classes import OPS
from resettle.surveys.acts import AnswerSurvey, AskResults, MakeSurveyLink
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import HIGHEST, Way
from resettle.web.fields import Code, Day, Whole
from resettle.web.schema import Command, Shape
from resettle.web.words import LANGUAGES

SCORE = "score-"
MOST_QUESTIONS = 30
CHOOSE = "Choose one of the answers."


class MakeSurveyLinkSchema(Command[MakeSurveyLink]):
    makes = MakeSurveyLink

    language = Code([*LANGUAGES], required=True)


class AnswerSurveySchema(Command[AnswerSurvey]):
    makes = AnswerSurvey

    scores = fields.Dict(
        keys=fields.String(validate=validate.Length(max=40)),
        values=Whole(0, HIGHEST),
        required=True,
        validate=validate.Length(max=MOST_QUESTIONS),
    )
    way = fields.Enum(Way, by_value=True, load_default=Way.SELF)


class AnswersSentSchema(Schema):
    """A form with a field for each question, whichever they are."""

    class Meta:
        unknown = INCLUDE

    way = fields.Enum(Way, by_value=True, load_default=Way.SELF)

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> AnswerSurvey:
        typed = {name: value for name, value in data.items() if name != "way"}
        return AnswerSurvey(scores=_scores(typed), way=data["way"])


def _scores(typed: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for name, value in typed.items():
        code = name.removeprefix(SCORE)
        if code == name:
            raise ValidationError({name: ["This field is not known."]})
        if str(value) not in {str(score) for score in range(HIGHEST + 1)}:
            raise ValidationError({name: [CHOOSE]})
        found[code] = int(value)
    return found


class PointShape(Shape):
    """How a survey stands with a person, for those who support them: no answer is in it."""

    household_id = fields.UUID(metadata=OPS)
    person_id = fields.UUID(metadata=OPS)
    months = fields.Integer(metadata=OPS)
    opens_on = fields.Date(metadata=OPS)
    closes_on = fields.Date(metadata=OPS)
    standing = fields.String(metadata=OPS)
    link_until = fields.DateTime(metadata=OPS)
    answered_at = fields.DateTime(metadata=OPS)


class MadeSurveyLinkShape(Shape):
    """A link that was just made: only here is what opens it."""

    class Meta:
        model = SurveyInvitation

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    language = fields.String()
    link_until = fields.DateTime()
    token = fields.String(metadata=OPS)


class InvitationShape(Shape):
    class Meta:
        model = SurveyInvitation

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    audience = fields.String()
    point_days = fields.Integer()
    opens_on = fields.Date()
    closes_on = fields.Date()
    answered_at = fields.DateTime()
    way = fields.String()


class AnswerShape(Shape):
    class Meta:
        model = SurveyAnswer

    household_id = fields.UUID()
    person_id = fields.UUID()
    question = fields.String()
    score = fields.Integer()


class QuestionResultShape(Shape):
    """What was answered, as it was told: S for a small number, null for one withheld."""

    audience = fields.String(metadata=OPS)
    code = fields.String(metadata=OPS)
    text = fields.String(metadata=OPS)
    edition = fields.Integer(metadata=OPS)
    release_id = fields.UUID(metadata=OPS)
    as_at = fields.Date(metadata=OPS)
    points = fields.Raw(metadata=dict(OPS))
    refused = fields.String(metadata=OPS)
    footer = fields.String(metadata=OPS)


class AskResultsSchema(Command[AskResults]):
    makes = AskResults

    audience = Code(["ministry", "public"], required=True)
    as_at = Day()


@dataclass(frozen=True, slots=True)
class ResultsWanted:
    policy: str


class ResultsWantedSchema(Command[ResultsWanted]):
    makes = ResultsWanted

    policy = Code(["ministry", "public"], load_default="ministry")
