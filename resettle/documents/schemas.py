"""Documents over JSON and in forms: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import OPS, PLAN
from resettle.documents import acts
from resettle.documents.models import Document
from resettle.documents.queries import DocumentFilters, Required
from resettle.documents.rules import Confidentiality, Kind
from resettle.web.fields import Day, Flag, Id, Name, Text
from resettle.web.schema import Command, Shape

TITLE, REASON = 200, 1000


class DocumentFiltersSchema(Command[DocumentFilters]):
    makes = DocumentFilters

    kind = fields.Enum(Kind, by_value=True)
    person_id = Id()
    removed = Flag()


class KeepDocumentSchema(Command[acts.KeepDocument]):
    makes = acts.KeepDocument

    kind = fields.Enum(Kind, by_value=True, required=True)
    confidentiality = fields.Enum(Confidentiality, by_value=True, allow_none=True)
    person_id = Id(allow_none=True)
    title = Name(TITLE, allow_none=True)
    issued_on = Day(allow_none=True)
    expires_on = Day(allow_none=True)
    original_seen = Flag()


class BringDocumentSchema(Command[acts.BringDocument]):
    makes = acts.BringDocument

    kind = fields.Enum(Kind, by_value=True, required=True)
    about_health = Flag()
    title = Name(TITLE, allow_none=True)
    expires_on = Day(allow_none=True)


class ReplaceDocumentSchema(Command[acts.ReplaceDocument]):
    makes = acts.ReplaceDocument

    issued_on = Day(allow_none=True)
    expires_on = Day(allow_none=True)
    original_seen = Flag()


class ChangeDocumentSchema(Command[acts.ChangeDocument]):
    makes = acts.ChangeDocument

    kind = fields.Enum(Kind, by_value=True)
    confidentiality = fields.Enum(Confidentiality, by_value=True)
    title = Name(TITLE, allow_none=True)
    issued_on = Day(allow_none=True)
    expires_on = Day(allow_none=True)
    original_seen = Flag()
    reason = Text(REASON)


class RemoveDocumentSchema(Command[acts.RemoveDocument]):
    makes = acts.RemoveDocument

    reason = Text(REASON, required=True)


class RestoreDocumentSchema(Command[acts.RestoreDocument]):
    makes = acts.RestoreDocument


class DocumentShape(Shape):
    class Meta:
        model = Document

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    replaces_id = fields.UUID()
    kind = fields.String()
    confidentiality = fields.String()
    state = fields.String()
    title = fields.String()
    issued_on = fields.Date()
    expires_on = fields.Date()
    from_family = fields.Boolean()
    original_seen = fields.Boolean()
    media_type = fields.String()
    size = fields.Integer()
    created_at = fields.DateTime()
    created_by = fields.UUID()
    removed_at = fields.DateTime()
    removed_by = fields.UUID()
    reason = fields.String()


class RequiredShape(Shape):
    class Meta:
        model = Required

    household_id = fields.UUID(metadata=OPS)
    person_id = fields.UUID(metadata=OPS)
    item_id = fields.UUID(metadata=OPS)
    list_code = fields.String(metadata=OPS)
    item_code = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    kind = fields.String(metadata=PLAN)
    stages = fields.Raw(metadata=OPS)
    standing = fields.String(metadata=PLAN)
    answer = fields.String(metadata=OPS)
    instead = fields.String(metadata=OPS)
