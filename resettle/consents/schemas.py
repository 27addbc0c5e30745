"""What is sent about consents: commands."""

from marshmallow import fields, validate

from resettle.consents import acts
from resettle.consents.models import Item, Method, Purpose, RecipientType
from resettle.households.schemas import LANGUAGE
from resettle.web.fields import Day, Flag, Id, Name, Text
from resettle.web.schema import Command

SPOKEN = validate.NoneOf([Method.HOUSEHOLD_CHANGE], error="Say how the person told it.")


class RecordConsentSchema(Command[acts.RecordConsent]):
    makes = acts.RecordConsent

    purpose = fields.Enum(Purpose, by_value=True, required=True)
    item = fields.Enum(Item, by_value=True, required=True)
    recipient_type = fields.Enum(RecipientType, by_value=True, required=True)
    recipient_id = Id(allow_none=True)
    recipient_name = Name(allow_none=True)
    method = fields.Enum(Method, by_value=True, required=True, validate=SPOKEN)
    language = Text(3, required=True, validate=LANGUAGE)
    interpreter = Name(allow_none=True)
    text_version = Text(40, required=True)
    given_by = Id(allow_none=True)
    child_assents = Flag(allow_none=True)
    valid_from = fields.AwareDateTime(format="iso", allow_none=True)
    expires_on = Day(allow_none=True)


class WithdrawConsentSchema(Command[acts.WithdrawConsent]):
    makes = acts.WithdrawConsent

    method = fields.Enum(Method, by_value=True, validate=SPOKEN)
    language = Text(3, allow_none=True, validate=LANGUAGE)
    interpreter = Name(allow_none=True)
