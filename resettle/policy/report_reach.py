"""How far a reader's knowledge of reports reaches: the group's, the caseworkers' and managers'.

What the family says of its group is for its caseworkers and for who said it; the group knows of it
only where that person agreed.
"""

from sqlalchemy import ColumnElement, and_, false, select

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.policy import reach, relations
from resettle.reports.models import FamilySection, GroupReport, ReportComment


def report_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    report = GroupReport
    if uow.actor.role is Role.PROGRAMME_MANAGER:
        return report.household_id.not_in(relations.denied_to(uow))
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return false()
    near = reach.of_household(report.household_id)(uow)
    if uow.actor.role in SPONSORS:
        return and_(near, report.group_id.in_(uow.actor.group_ids))
    return near


def comment_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    known = select(GroupReport.id).where(report_rows(uow))
    return ReportComment.group_report_id.in_(known)


def section_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    section = FamilySection
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return section.person_id.in_(relations.spoken_for(uow))
    near = reach.of_household(section.household_id)(uow)
    if uow.actor.role in SPONSORS:
        return and_(near, section.group_id.in_(uow.actor.group_ids), section.shared.is_(True))
    return near
