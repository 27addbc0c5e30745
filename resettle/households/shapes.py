"""Households and the people in them, as JSON shows them to each reader.

What a person may agree to show to sponsors carries the name of the item.
"""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.households.models import Household, HouseholdMember, Person, PersonLanguage
from resettle.web.schema import Shape

NAME = {"class": DataClass.IDENT, "item": "name"}
BIRTH = {"class": DataClass.IDENT, "item": "birth_date"}
PROFILE = {"class": DataClass.PROFILE}
PROT = {"class": DataClass.PROT}


class LanguageShape(Shape):
    class Meta:
        model = PersonLanguage

    id = fields.UUID()
    language = fields.String()
    understands = fields.String()
    speaks = fields.String()
    reads = fields.String()
    writes = fields.String()
    source_code = fields.String()
    code_system = fields.String()
    version = fields.Integer()


class PersonRow(Shape):
    """A person as a member of a household is listed."""

    class Meta:
        model = Person

    id = fields.UUID()
    name = fields.String(metadata=NAME)
    preferred_name = fields.String(metadata=NAME)
    name_in_script = fields.String(metadata=NAME)
    sex = fields.String(metadata=BIRTH)
    born_on = fields.Date(metadata=BIRTH)
    born_is_estimate = fields.Boolean(metadata=BIRTH)
    deceased_on = fields.Date()
    languages = fields.Nested(LanguageShape(), many=True, metadata=PROFILE)


class PersonShape(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    name = fields.String(metadata=NAME)
    family_name = fields.String(metadata=NAME)
    given_name = fields.String(metadata=NAME)
    other_names = fields.String(metadata=NAME)
    preferred_name = fields.String(metadata=NAME)
    name_in_script = fields.String(metadata=NAME)
    pronunciation = fields.String(metadata=NAME)
    aliases = fields.Raw()
    sex = fields.String(metadata=BIRTH)
    born_on = fields.Date(metadata=BIRTH)
    born_is_estimate = fields.Boolean(metadata=BIRTH)
    marital_status = fields.String()
    deceased_on = fields.Date()
    education_level = fields.String()
    education_degree = fields.String()
    years_schooling = fields.Integer()
    occupation_code = fields.String()
    occupation_text = fields.String()
    work_years = fields.Integer()
    english_level = fields.Integer()
    english_scale = fields.String()
    english_source_level = fields.String()
    english_assessed_on = fields.Date()
    literacy_first_language = fields.String()
    source = fields.String()
    notice_due_on = fields.Date()
    notice_given_on = fields.Date()
    version = fields.Integer()


class HouseholdMemberShape(Shape):
    class Meta:
        model = HouseholdMember

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    relationship_code = fields.String()
    relationship_source_code = fields.String()
    code_system = fields.String()
    role = fields.String()
    joined_on = fields.Date()
    left_on = fields.Date()
    leave_reason = fields.String()
    guardian_id = fields.UUID()
    kept_from_guardian = fields.Boolean(attribute="guardian_withheld", metadata=PROT)
    version = fields.Integer()
    person = fields.Nested(PersonRow(), metadata={"class": DataClass.OPS})


class HouseholdRow(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    reference = fields.String()
    name = fields.String(attribute="display_name", metadata=NAME)
    stream = fields.String()
    programme_code = fields.String()
    programme_version = fields.Integer()
    location = fields.String()
    primary_language = fields.String()
    needs_interpreter = fields.Boolean()
    arrived_on = fields.Date()
    placed_on = fields.Date()
    size = fields.Integer(metadata=PROFILE)


class HouseholdShape(HouseholdRow):
    preferred_contact = fields.String()
    provider = fields.String()
    source = fields.String()
    support_start_on = fields.Date()
    support_end_on = fields.Date()
    exited_on = fields.Date()
    exit_reason = fields.String()
    risk_level = fields.String()
    notes_summary = fields.String()
    version = fields.Integer()


class HouseholdFileShape(HouseholdShape):
    members = fields.Nested(HouseholdMemberShape(), many=True, metadata={"class": DataClass.OPS})
