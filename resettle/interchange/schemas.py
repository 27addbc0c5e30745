"""What comes in to import a file, and how imports are shown."""

from typing import ClassVar

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.duplicates.models import DuplicateCandidate
from resettle.interchange import acts, queries, rules
from resettle.interchange.models import ImportBatch, ImportedCase
from resettle.web.fields import Code, Day, Flag
from resettle.web.schema import Command, Shape

OPS = {"class": DataClass.OPS}
IDENT = {"class": DataClass.IDENT}
PROFILE = {"class": DataClass.PROFILE}
ORIGIN = {"class": DataClass.ORIGIN}


class ImportFileSchema(Command[acts.ImportFile]):
    makes = acts.ImportFile

    programme = Code(acts.STREAMS, load_default=acts.QUOTA)
    submitted_on = Day(load_default=None)


class ConfirmImportSchema(Command[acts.ConfirmImport]):
    """The same on a page, where the import is confirmed with a tick."""

    makes = acts.ConfirmImport

    programme = Code(acts.STREAMS, load_default=acts.QUOTA)
    submitted_on = Day(load_default=None)
    confirmed = Flag(
        required=True,
        error_messages={"required": "Tick the box once you have looked at the cases."},
    )


class ReportShape(Shape):
    """The findings and cases of a file, just as `resettle import errf --json` tells them."""

    class Meta:
        model: ClassVar[type] = rules.Report

    errors = fields.Raw(metadata=ORIGIN)
    warnings = fields.Raw(metadata=ORIGIN)
    cases = fields.Raw(metadata=ORIGIN)


class PreviewShape(ReportShape):
    class Meta:
        model: ClassVar[type] = queries.Preview

    id = fields.UUID(metadata=OPS)
    file_name = fields.String(metadata=ORIGIN)
    expires_at = fields.DateTime(metadata=OPS)
    importable = fields.Boolean(metadata=OPS)
    known = fields.Raw(metadata=ORIGIN)


class ImportedCaseShape(Shape):
    class Meta:
        model: ClassVar[type] = ImportedCase

    case_id = fields.UUID()
    household_id = fields.UUID()
    reference = fields.String(metadata=OPS)
    display_name = fields.String(metadata=IDENT)
    stage = fields.String(metadata=OPS)
    case_size = fields.Integer(metadata=PROFILE)
    people = fields.Integer(metadata=PROFILE)


class PossibleDuplicateShape(Shape):
    """Somebody of this import who may be on record already, and why; a person decides."""

    class Meta:
        model: ClassVar[type] = DuplicateCandidate

    id = fields.UUID()
    person_id = fields.UUID()
    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    given_name = fields.String(metadata=IDENT)
    family_name = fields.String(metadata=IDENT)
    score = fields.Integer()
    reasons = fields.Raw()
    verdict = fields.String()


class ImportRow(Shape):
    class Meta:
        model: ClassVar[type] = ImportBatch

    id = fields.UUID()
    imported_at = fields.DateTime()
    form_version = fields.String()
    code_system = fields.String()
    programme_code = fields.String()
    programme_version = fields.Integer()
    case_count = fields.Integer()
    person_count = fields.Integer()
    notice_count = fields.Integer()
    warning_count = fields.Integer()
    state = fields.String()
    cases_done = fields.Integer()


class ImportShape(ImportRow):
    reason = fields.String()
    cases = fields.Nested(ImportedCaseShape(), many=True, metadata=OPS)
    possible_duplicates = fields.Nested(PossibleDuplicateShape(), many=True, metadata=OPS)
