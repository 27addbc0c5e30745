"""What is done with papers of an application: sent, opened, taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resettle.applications import queries as applications
from resettle.applications.models import GroupApplication
from resettle.core.errors import Conflict, Invalid, NotFound, TooLarge, TooMany
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import contents, quarantine
from resettle.documents.keeping import EXTENSIONS
from resettle.documents.refusals import Refused
from resettle.documents.rules import State
from resettle.evidence import keeping, queries, rules
from resettle.evidence.acts import FileEvidence
from resettle.evidence.models import Evidence
from resettle.settings import Settings
from resettle.sponsors.models import SponsorGroup

MIB = 1024 * 1024
NOT_NOW = "Papers are added while the application is written, and while questions are open."
SAY_SO = "Say that nothing about anybody’s police vetting stands in it. We do not keep that."
NOT_KEPT = "The virus scanner has found something in it. It was not kept."
NOT_THERE = "There is no such record, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of a paper, under a name that says nothing of what it is or of whom."""

    name: str
    media_type: str
    content: bytes


def listed(uow: UnitOfWork, group_id: UUID) -> Sequence[Any]:
    """List the papers of the application that counts."""
    group = uow.get(SponsorGroup, group_id, to=Permission.EVIDENCE_READ)
    application = applications.current(uow, group.id)
    return [] if application is None else queries.of_application(uow, application.id)


def add(uow: UnitOfWork, group_id: UUID, content: bytes, command: FileEvidence) -> Evidence:
    """Send a paper with the application, after looking at what the file holds."""
    group = uow.get(SponsorGroup, group_id, to=Permission.EVIDENCE_FILE)
    application = _taking(uow, group)
    if not command.nothing_of_police:
        raise Invalid({"nothing_of_police": [SAY_SO]})
    _check_share(uow, application, len(content))
    try:
        found = contents.checked(content)
    except Refused as error:
        raise Invalid({"file": [str(error)]}) from error
    paper = Evidence(
        group_id=group.id,
        application_id=application.id,
        kind=command.kind,
        state=quarantine.first_state(uow),
        media_type=found.media_type,
        size=len(found.content),
        content=found.content,
    )
    uow.add(paper)
    if paper.is_pending:
        keeping.expect_scan(uow, paper, 0, uow.now)
    return paper


def _taking(uow: UnitOfWork, group: SponsorGroup) -> GroupApplication:
    application = applications.current(uow, group.id)
    if application is None or not queries.takes(uow, application):
        raise Conflict(NOT_NOW)
    return application


def _check_share(uow: UnitOfWork, application: GroupApplication, size: int) -> None:
    if size > rules.LARGEST_MIB * MIB:
        raise TooLarge(f"The file is larger than {rules.LARGEST_MIB} MB.")
    if uow.count(Evidence, Evidence.application_id == application.id) >= rules.MOST:
        raise Conflict(f"There are {rules.MOST} papers already, as many as one application takes.")
    if queries.lately(uow) >= uow.use(Settings).uploads_an_hour:
        raise TooMany("You have sent very many papers within an hour. Go on a little later.", 600)


def open_content(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> Opened:
    """Open a paper for the group and for whoever assesses it; the look is on record."""
    paper = _known(uow, group_id, uow.get(Evidence, evidence_id, to=Permission.EVIDENCE_READ))
    (audience,) = uow.audiences(Evidence, [paper])
    if not audience.sees(Evidence.content.data_class):
        raise NotFound(NOT_THERE)
    if paper.state is State.REFUSED:
        raise Conflict(NOT_KEPT)
    if paper.is_pending:
        raise Conflict(quarantine.refusal(paper.state))
    uow.shown(audience, [("content", Evidence.content.data_class)])
    uow.acted("Evidence", paper.id, change="opened")
    name = f"paper-{str(paper.id)[:8]}.{EXTENSIONS[paper.media_type]}"
    return Opened(name, paper.media_type, paper.content)


def remove(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> None:
    """Take a paper out; it is gone.

    The group may while it may add some; whoever assesses may at any time, so that what ought not
    to be kept here goes at once.
    """
    paper = _known(uow, group_id, uow.edit(Evidence, evidence_id, to=Permission.EVIDENCE_FILE))
    group = uow.get(SponsorGroup, group_id, to=Permission.EVIDENCE_FILE)
    if not uow.allows(Permission.APPLICATION_ASSESS, group):
        _taking(uow, group)
    uow.session.delete(paper)
    uow.session.flush()


def _known(uow: UnitOfWork, group_id: UUID, paper: Evidence) -> Evidence:
    uow.require(Permission.EVIDENCE_READ)
    if paper.group_id != group_id:
        raise NotFound(NOT_THERE)
    return paper
