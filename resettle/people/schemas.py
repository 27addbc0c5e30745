"""What is sent about one person: commands."""

from marshmallow import fields

from resettle.households.models import Sex, Skill
from resettle.households.rules import RELATIONSHIPS
from resettle.households.schemas import LANGUAGE, CodedCode, country
from resettle.people import acts
from resettle.people.rules import CODES
from resettle.web.fields import Code, Day, Email, Flag, Name, Phone, Text
from resettle.web.schema import Command

SEVERITIES = ("low", "medium", "high")
RFSC = ("not_asked", "may_apply", "applied", "approved", "declined")
SEXES = [sex.value for sex in Sex]
LONGEST_SUPPORT = 1000


class ContactDetailsSchema(Command[acts.ContactDetails]):
    makes = acts.ContactDetails

    phone = Phone(allow_none=True)
    email = Email(allow_none=True)
    address = Text(400, allow_none=True)


class RecordNeedSchema(Command[acts.RecordNeed]):
    makes = acts.RecordNeed

    code = CodedCode(sorted(CODES), required=True)
    severity = Code(SEVERITIES, allow_none=True)
    identified_on = Day(allow_none=True)
    restricted = Flag()
    practical_support = Text(LONGEST_SUPPORT, allow_none=True)


class ChangeNeedSchema(Command[acts.ChangeNeed]):
    makes = acts.ChangeNeed

    severity = Code(SEVERITIES, allow_none=True)
    active = Flag()
    restricted = Flag()
    practical_support = Text(LONGEST_SUPPORT, allow_none=True)


class RecordRelativeSchema(Command[acts.RecordRelative]):
    makes = acts.RecordRelative

    name = Name(required=True)
    relationship = CodedCode(sorted(RELATIONSHIPS - {"PA"}), required=True)
    sex = Code(SEXES, allow_none=True)
    born_on = Day(allow_none=True)
    nationality = country(allow_none=True)
    residence_country = country(allow_none=True)
    deceased = Flag(allow_none=True)
    wants_reunification = Flag(allow_none=True)
    rfsc_status = Code(RFSC, allow_none=True)


class RecordLanguageSchema(Command[acts.RecordLanguage]):
    makes = acts.RecordLanguage

    language = Text(3, required=True, validate=LANGUAGE)
    understands = fields.Enum(Skill, by_value=True)
    speaks = fields.Enum(Skill, by_value=True)
    reads = fields.Enum(Skill, by_value=True)
    writes = fields.Enum(Skill, by_value=True)


class KeepPhotoSchema(Command[acts.KeepPhoto]):
    makes = acts.KeepPhoto

    taken_on = Day(allow_none=True)
