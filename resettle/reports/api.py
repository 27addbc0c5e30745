"""Reports over JSON: owed, filled, submitted, answered; and the family's word."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.reports import acts, facts, queries, schemas, service
from resettle.reports.models import FamilySection, GroupReport, ReportComment
from resettle.sponsors.models import ReportDue
from resettle.web.api import Api

api = Api("reports_api", __name__, url_prefix="/api")
DUE = "/reports/<uuid:report_due_id>"
EDITION = "/group-reports/<uuid:group_report_id>"


@api.reads("/reports", permission=Permission.REPORT_OPEN, returns=schemas.OwedShape(), many=True)
def index(uow: UnitOfWork) -> Sequence[queries.Owed]:
    """List the reports that are owed or were given, and how each stands."""
    return queries.owed(uow)


@api.reads(f"{DUE}/facts", permission=Permission.REPORT_WRITE, returns=schemas.FactsShape())
def fill(uow: UnitOfWork, report_due_id: UUID) -> facts.Facts:
    """Fill a report from what is on record since the last one."""
    return service.fill(uow, report_due_id)


@api.reads(
    f"{DUE}/editions", permission=Permission.REPORT_OPEN, returns=schemas.EditionShape(), many=True
)
def editions(uow: UnitOfWork, report_due_id: UUID) -> Sequence[GroupReport]:
    """List what was submitted, the newest edition first."""
    return queries.editions(uow, known(uow, report_due_id))


def known(uow: UnitOfWork, report_due_id: UUID) -> ReportDue:
    due = uow.get(ReportDue, report_due_id, to=Permission.REPORT_OPEN)
    queries.household_of(uow, due)
    return due


@api.does(
    "POST",
    f"{DUE}/editions",
    permission=Permission.REPORT_WRITE,
    body=schemas.SubmitReportSchema(),
    returns=schemas.EditionShape(),
    status=201,
)
def submit(uow: UnitOfWork, report_due_id: UUID, command: acts.SubmitReport) -> GroupReport:
    """Submit a report: what is on record is frozen with what the group says."""
    return service.submit(uow, report_due_id, command)


@api.reads(
    f"{EDITION}/comments",
    permission=Permission.REPORT_OPEN,
    returns=schemas.CommentShape(),
    many=True,
)
def comments(uow: UnitOfWork, group_report_id: UUID) -> Sequence[ReportComment]:
    """List what was asked for on the lines of an edition."""
    report = uow.get(GroupReport, group_report_id, to=Permission.REPORT_OPEN)
    return queries.comments(uow, [report.id])


@api.does(
    "POST",
    f"{EDITION}/return",
    permission=Permission.REPORT_REVIEW,
    body=schemas.ReturnReportSchema(),
    returns=schemas.EditionShape(),
    status=201,
)
def send_back(uow: UnitOfWork, group_report_id: UUID, command: acts.ReturnReport) -> GroupReport:
    """Return an edition with comments on its lines."""
    return service.send_back(uow, group_report_id, command)


@api.does(
    "POST",
    f"{EDITION}/acceptance",
    permission=Permission.REPORT_REVIEW,
    returns=schemas.EditionShape(),
    status=201,
)
def accept(uow: UnitOfWork, group_report_id: UUID) -> GroupReport:
    """Accept an edition."""
    return service.accept(uow, group_report_id)


@api.reads(
    f"{DUE}/family-sections",
    permission=Permission.REPORT_FAMILY,
    returns=schemas.SectionShape(),
    many=True,
)
def sections(uow: UnitOfWork, report_due_id: UUID) -> Sequence[FamilySection]:
    """List what the family said, as far as the reader may know of it."""
    due = uow.get(ReportDue, report_due_id, to=Permission.REPORT_FAMILY)
    queries.household_of(uow, due, Permission.REPORT_FAMILY)
    return queries.sections(uow, due)


@api.does(
    "POST",
    f"{DUE}/family-sections",
    permission=Permission.REPORT_FAMILY,
    body=schemas.SayAsFamilySchema(),
    returns=schemas.SectionShape(),
    status=201,
)
def say(uow: UnitOfWork, report_due_id: UUID, command: acts.SayAsFamily) -> FamilySection:
    """Record what an adult of the family says of this time."""
    return service.say_as_family(uow, report_due_id, command)
