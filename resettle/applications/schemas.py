"""What is sent to applications. What they answer is in shapes.py."""

from marshmallow import fields, validate

from resettle.applications import acts
from resettle.applications.models import Side
from resettle.sponsors.models import MemberRole
from resettle.web.fields import Code, Day, Flag, Many, Name, Text, Whole
from resettle.web.schema import Command

LONG = 4000
NOTE = 1000
CODE = 40
MOST_DOLLARS = 10_000_000
MOST_PERSONS = 500
ROLES = [role.value for role in MemberRole]


class TellOfUsSchema(Command[acts.TellOfUs]):
    makes = acts.TellOfUs

    subject_line = Name()
    links = fields.Dict(keys=Text(CODE), values=Text(200), validate=validate.Length(max=40))


class WritePartSchema(Command[acts.WritePart]):
    makes = acts.WritePart

    text = Text(LONG, required=True, blank=True)
    led_by = Code(ROLES, allow_none=True)


class AddLineSchema(Command[acts.AddLine]):
    makes = acts.AddLine

    side = fields.Enum(Side, by_value=True, required=True)
    category = Text(CODE, required=True)
    dollars = Whole(1, MOST_DOLLARS, required=True)
    note = Text(200)


class RecordTalkSchema(Command[acts.RecordTalk]):
    makes = acts.RecordTalk

    discussed_on = Day(required=True)
    discussion = Text(LONG, required=True)


class SubmitSchema(Command[acts.Submit]):
    makes = acts.Submit

    declared = Flag(required=True)


class AskSchema(Command[acts.Ask]):
    makes = acts.Ask

    question = Text(LONG, required=True)


class AnswerSchema(Command[acts.Answer]):
    makes = acts.Answer

    answer = Text(LONG, required=True)


class GiveScoreSchema(Command[acts.Score]):
    makes = acts.Score

    criterion = Text(CODE, required=True)
    score = Whole(1, 10, required=True)
    reason = Text(NOTE, required=True)


class ApproveSchema(Command[acts.Approve]):
    makes = acts.Approve

    max_persons = Whole(1, MOST_PERSONS, required=True)
    max_households = Whole(1, 100, required=True)
    routes = Many(Text(CODE), required=True)
    expires_on = Day(required=True)
    reasons = Text(LONG, required=True)


class DeclineSchema(Command[acts.Decline]):
    makes = acts.Decline

    reasons = Text(LONG, required=True)
    feedback = Text(LONG, required=True)


class WithdrawSchema(Command[acts.Withdraw]):
    makes = acts.Withdraw

    reason = Text(NOTE, required=True)
