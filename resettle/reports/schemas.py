"""Reports over JSON and in forms: commands in, shapes out."""

from typing import Any

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.reports import acts, queries
from resettle.reports.models import FamilySection, GroupReport, ReportComment
from resettle.reports.rules import DOMAINS, LINES, Said, Status
from resettle.sponsors.models import ReportDue
from resettle.web.fields import Flag, Id, Text, Whole
from resettle.web.schema import Command, Shape

LONG, SHORT, LANGUAGE, BEST = 4000, 600, 20, 5
OPS, PLAN = {"class": DataClass.OPS}, {"class": DataClass.PLAN}


def _of_domains() -> dict[str, Any]:
    found: dict[str, Any] = {"__module__": __name__}
    for domain in DOMAINS:
        found[f"status_{domain.lower()}"] = fields.Enum(Status, by_value=True)
        found[f"sentence_{domain.lower()}"] = Text(SHORT)
    return found


class _SubmitReport(Command[acts.SubmitReport]):
    makes = staticmethod(acts.submitted)  # type: ignore[assignment]  # it makes one of them

    worries = Text(LONG)
    needs = Text(LONG)
    referrals = Text(LONG)
    members = Text(LONG)


class _ReturnReport(Command[acts.ReturnReport]):
    makes = staticmethod(acts.returned)  # type: ignore[assignment]  # it makes one of them


SubmitReportSchema = type("SubmitReportSchema", (_SubmitReport,), _of_domains())
ReturnReportSchema = type(
    "ReturnReportSchema",
    (_ReturnReport,),
    {"__module__": __name__, **{f"comment_{line.lower()}": Text(SHORT) for line in LINES}},
)


class SayAsFamilySchema(Command[acts.SayAsFamily]):
    makes = acts.SayAsFamily

    person_id = Id(required=True)
    rating = Whole(1, BEST, required=True)
    comment = Text(LONG)
    language = Text(LANGUAGE)
    said = fields.Enum(Said, by_value=True)
    shared = Flag()


class OwedShape(Shape):
    class Meta:
        model = ReportDue

    id = fields.UUID()
    group_id = fields.UUID()
    household_id = fields.UUID()
    code = fields.String()
    due_on = fields.Date()
    standing = fields.String(metadata=OPS)
    edition = fields.Integer(metadata=OPS)


class FactsShape(Shape):
    """What a report is filled with; its readers are those of the household."""

    class Meta:
        model = ReportDue

    facts = fields.Raw(attribute="frozen", metadata=OPS)


class EditionShape(Shape):
    class Meta:
        model = GroupReport

    id = fields.UUID()
    version = fields.Integer()
    report_due_id = fields.UUID()
    group_id = fields.UUID()
    household_id = fields.UUID()
    edition = fields.Integer()
    stage = fields.String()
    submitted_on = fields.Date()
    reviewed_on = fields.Date()
    statuses = fields.Raw()
    facts = fields.Function(lambda row: queries.read(row.facts), metadata=PLAN)
    sentences = fields.Function(lambda row: queries.read(row.sentences), metadata=PLAN)
    worries = fields.String()
    needs = fields.String()
    referrals = fields.String()
    members = fields.String()


class CommentShape(Shape):
    class Meta:
        model = ReportComment

    id = fields.UUID()
    group_report_id = fields.UUID()
    line = fields.String()
    text = fields.String()


class SectionShape(Shape):
    class Meta:
        model = FamilySection

    id = fields.UUID()
    report_due_id = fields.UUID()
    person_id = fields.UUID()
    rating = fields.Integer()
    comment = fields.String()
    language = fields.String()
    said = fields.String()
    shared = fields.Boolean()
    said_on = fields.Date()
