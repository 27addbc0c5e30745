"""Deeds of agreement: signed, revised in their end and their schedule of reports, terminated."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.definition import Programme
from resettle.sponsors import queries, reports, rules
from resettle.sponsors.acts import EndDeed, ReviseDeed, SignDeed
from resettle.sponsors.models import Deed, SponsorGroup

SPONSOR = "sponsor"


def sign(uow: UnitOfWork, group_id: UUID, command: SignDeed) -> Deed:
    """Record a signed deed, with the programme's schedule of reports or one of its own."""
    group = uow.get(SponsorGroup, group_id, to=Permission.DEED_SIGN)
    if command.signed_on > uow.today:
        raise Invalid({"signed_on": ["This day is still to come."]})
    if command.effective_to is not None and command.effective_to < command.effective_from:
        raise Invalid({"effective_to": ["The deed cannot end before it begins."]})
    usual = report_days(queries.programme_of(uow, group))
    days = usual if command.report_days is None else command.report_days
    _check_schedule(days, usual)
    return uow.add(
        Deed(
            group_id=group.id,
            signed_on=command.signed_on,
            effective_from=command.effective_from,
            effective_to=command.effective_to,
            report_days=dict(days),
        )
    )


def revise(uow: UnitOfWork, group_id: UUID, deed_id: UUID, command: ReviseDeed) -> Deed:
    """Change until when a deed holds and when its reports are due; what is still owed moves."""
    group, deed = _of_group(uow, group_id, deed_id)
    if command.effective_to is not None and command.effective_to < deed.effective_from:
        raise Invalid({"effective_to": ["The deed cannot end before it begins."]})
    deed.effective_to = command.effective_to
    if command.report_days is not None:
        _check_schedule(command.report_days, report_days(queries.programme_of(uow, group)))
        before, deed.report_days = deed.report_days, dict(command.report_days)
        reports.reschedule(uow, deed, before)
    return deed


def terminate(uow: UnitOfWork, group_id: UUID, deed_id: UUID, command: EndDeed) -> Deed:
    """Record that a deed was terminated; from that day it no longer holds."""
    _, deed = _of_group(uow, group_id, deed_id)
    if deed.terminated_on is not None:
        raise Conflict("This deed was terminated already.")
    if command.terminated_on < deed.signed_on:
        raise Invalid({"terminated_on": ["Nobody terminates a deed before it is signed."]})
    deed.terminated_on = command.terminated_on
    return deed


def _of_group(uow: UnitOfWork, group_id: UUID, deed_id: UUID) -> tuple[SponsorGroup, Deed]:
    group = uow.get(SponsorGroup, group_id, to=Permission.DEED_SIGN)
    deed = uow.edit(Deed, deed_id, to=Permission.DEED_SIGN)
    if deed.group_id != group.id:
        raise NotFound("The group has no such deed.")
    return group, deed


def _check_schedule(days: Mapping[str, int], usual: Mapping[str, int]) -> None:
    if faults := rules.schedule_faults(days, usual):
        raise Invalid({"report_days": faults})


def report_days(programme: Programme) -> Mapping[str, int]:
    """Give the programme's own schedule: each report of the group, in days from arrival."""
    return {
        report.code: report.due.length(programme.lengths)
        for report in programme.reports
        if report.owner == SPONSOR
    }
