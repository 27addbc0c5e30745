"""How far a reader's knowledge of reports reaches: the group's, the caseworkers' and managers'.

What the family says of its group is for its caseworkers and for who said it; the group knows of it
only where that person agreed.
"""

from sqlalchemy import ColumnElement, and_, false, select

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.policy import reach, relations
from resettle.policy.pairs import with_its_group
from resettle.reports.models import FamilySection, GroupReport, ReportComment


def report_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    report = GroupReport
    if uow.actor.role is Role.PROGRAMME_MANAGER:
        return report.household_id.not_in(relations.denied_to(uow))
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return false()
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, report.household_id, report.group_id)
    return reach.of_household(report.household_id)(uow)


def comment_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    known = select(GroupReport.id).where(report_rows(uow))
    return relations.one_of(uow, ReportComment.group_report_id, known)


def section_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    section = FamilySection
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return section.person_id.in_(relations.spoken_for(uow))
    if uow.actor.role in SPONSORS:
        near = with_its_group(uow, section.household_id, section.group_id)
        return and_(near, section.shared.is_(True))
    return reach.of_household(section.household_id)(uow)
