"""What is sent about households and people: commands and filters."""

import re
from typing import Any

from marshmallow import ValidationError, fields, validate

from resettle.households import acts
from resettle.households.models import LeaveReason, Sex, Skill, Stream
from resettle.households.queries import HouseholdFilters
from resettle.households.rules import MARITAL, RELATIONSHIPS, RISKS, Coded
from resettle.web.fields import Code, Day, Email, Flag, Id, Many, Name, Phone, Text, Whole
from resettle.web.hidden import Sought
from resettle.web.schema import Command

STARTS_REFERENCE = re.compile(r"[Rr]-[0-9]{0,4}(-[0-9]{0,6})?", re.ASCII)
NO_NAMES = (
    "Give the start of a reference, such as R-2026-. Send a name to POST /api/searches instead,"
    " and give the key that it answers, so that no name stands in an address."
)
CONTACT_WAYS = ("phone", "text_message", "email", "in_person", "through_interpreter")
LANGUAGE = validate.Regexp(r"[a-z]{3}\Z", error="Write the language as its ISO 639-3 code: prs.")
# The languages most asked for come first; any other is typed by its code.
LANGUAGES = [
    ("ara", "Arabic"),
    ("prs", "Dari"),
    ("fas", "Persian"),
    ("mya", "Burmese"),
    ("ksw", "S’gaw Karen"),
    ("rhg", "Rohingya"),
    ("spa", "Spanish"),
    ("tir", "Tigrinya"),
    ("amh", "Amharic"),
    ("som", "Somali"),
    ("swa", "Swahili"),
    ("urd", "Urdu"),
    ("ukr", "Ukrainian"),
    ("eng", "English"),
]
COUNTRY = validate.Regexp(r"[A-Z]{3}\Z", error="Write the country as its ISO 3166 code: AFG.")
LONGEST_SUMMARY = 4000


class CodedCode(Code):
    """One of a list of codes, kept as a coded fact of our own."""

    def deserialize(self, *args: Any, **options: Any) -> Any:
        return _coded(super().deserialize(*args, **options))


class CodedText(Text):
    """A short text, such as a country, kept as a coded fact of our own."""

    def deserialize(self, *args: Any, **options: Any) -> Any:
        return _coded(super().deserialize(*args, **options))


def _coded(value: Any) -> Any:
    return Coded(value) if isinstance(value, str) else value


def country(**options: Any) -> CodedText:
    return CodedText(3, validate=COUNTRY, **options)


class ReferenceOrSought(Sought):
    """The start of a reference, or the key of any other text: a name stands in no address."""

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> str:
        if STARTS_REFERENCE.fullmatch(str(value)):
            return str(value)
        try:
            return super()._deserialize(value, *place, **options)
        except ValidationError as error:
            raise ValidationError(NO_NAMES) from error


class HouseholdFiltersSchema(Command[HouseholdFilters]):
    makes = HouseholdFilters

    q = ReferenceOrSought()
    location = Text(80)
    stream = fields.Enum(Stream, by_value=True)


class PersonChangesSchema(Command[acts.PersonFacts]):
    """Any of the facts; what is not sent stays."""

    makes = acts.PersonFacts

    family_name = Name(validate=validate.Regexp(r"\s*\S", error="A person has at least one name."))
    given_name = Name()
    other_names = Name()
    preferred_name = Name(allow_none=True)
    name_in_script = Name(allow_none=True)
    pronunciation = Name(allow_none=True)
    aliases = Many(Name(), most=20)
    sex = fields.Enum(Sex, by_value=True)
    born_on = Day()
    born_is_estimate = Flag()
    marital_status = Code(MARITAL, allow_none=True)
    education_level = Text(40, allow_none=True)
    education_degree = Text(40, allow_none=True)
    years_schooling = Whole(0, 40, allow_none=True)
    occupation_code = Text(10, allow_none=True)
    occupation_text = Text(allow_none=True)
    work_years = Whole(0, 90, allow_none=True)
    english_level = Whole(0, 5, allow_none=True)
    english_scale = Text(40, allow_none=True)
    english_source_level = Text(40, allow_none=True)
    english_assessed_on = Day(allow_none=True)
    literacy_first_language = fields.Enum(Skill, by_value=True, allow_none=True)
    nationality = country(allow_none=True)
    stateless = Flag(allow_none=True)
    birth_country = country(allow_none=True)
    birth_place = Text(allow_none=True)
    origin_country = country(allow_none=True)
    asylum_country = country(allow_none=True)
    asylum_arrived_on = Day(allow_none=True)
    registered_on = Day(allow_none=True)
    ethnicity = CodedText(80, allow_none=True)
    religion = CodedText(80, allow_none=True)
    immigration_status = Text(40, allow_none=True)
    unhcr_individual_id = Text(40, allow_none=True)
    inz_client_no = Text(40, allow_none=True)


class NewPersonSchema(PersonChangesSchema):
    family_name = Name(required=True)
    sex = fields.Enum(Sex, by_value=True, required=True)
    born_on = Day(required=True)
    phone = Phone(allow_none=True)
    email = Email(allow_none=True)
    address = Text(400, allow_none=True)


class NewMemberSchema(Command[acts.NewMember]):
    makes = acts.NewMember

    person = fields.Nested(NewPersonSchema, required=True)
    relationship = CodedCode(sorted(RELATIONSHIPS), required=True)


class OpenHouseholdSchema(Command[acts.OpenHousehold]):
    makes = acts.OpenHousehold

    stream = fields.Enum(Stream, by_value=True, required=True)
    programme_code = Text(40, required=True)
    programme_version = Whole(1, 999, allow_none=True)
    primary_language = Text(3, required=True, validate=LANGUAGE)
    needs_interpreter = Flag()
    preferred_contact = Code(CONTACT_WAYS, allow_none=True)
    location = Name(80, allow_none=True)
    members = Many(fields.Nested(NewMemberSchema), most=40, required=True)


class ChangeHouseholdSchema(Command[acts.ChangeHousehold]):
    makes = acts.ChangeHousehold

    primary_language = Text(3, validate=LANGUAGE)
    needs_interpreter = Flag()
    preferred_contact = Code(CONTACT_WAYS, allow_none=True)
    location = Name(80, allow_none=True)
    provider = Name(allow_none=True)
    risk_level = Code(RISKS, allow_none=True)
    notes_summary = Text(LONGEST_SUMMARY, allow_none=True)


class JoinHouseholdSchema(Command[acts.JoinHousehold]):
    makes = acts.JoinHousehold

    person = fields.Nested(NewPersonSchema)
    person_id = Id()
    relationship = CodedCode(sorted(RELATIONSHIPS), required=True)
    joined_on = Day(required=True)


class RecordBirthSchema(Command[acts.RecordBirth]):
    makes = acts.RecordBirth

    family_name = Name(required=True)
    given_name = Name()
    other_names = Name()
    name_in_script = Name(allow_none=True)
    sex = fields.Enum(Sex, by_value=True, required=True)
    born_on = Day(required=True)
    relationship = CodedCode(sorted(RELATIONSHIPS), required=True)
    guardian_id = Id(allow_none=True)


class RecordDepartureSchema(Command[acts.RecordDeparture]):
    makes = acts.RecordDeparture

    left_on = Day(required=True)
    reason = fields.Enum(LeaveReason, by_value=True, required=True)
    successor_id = Id(allow_none=True)


class NameGuardianSchema(Command[acts.NameGuardian]):
    makes = acts.NameGuardian

    guardian_id = Id(required=True, allow_none=True)
    guardian_withheld = Flag()
