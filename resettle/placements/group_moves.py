"""What a move of a sponsor group would do to the households that it supports or is asked about.

Told before it is done, to programme managers: how many people are concerned, and nobody's name.
"""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.rehearsal import rehearsal
from resettle.core.work import UnitOfWork
from resettle.placements import queries, rules
from resettle.placements.models import SponsorshipStatus as Status
from resettle.sponsors import queries as sponsors
from resettle.sponsors import rules as groups
from resettle.sponsors import service
from resettle.sponsors.acts import MoveGroup
from resettle.sponsors.models import SponsorGroup


def look_ahead(uow: UnitOfWork, group_id: UUID, command: MoveGroup) -> Sequence[str]:
    """Say what a move would do, sentence by sentence. Raises whatever the move itself raises."""
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_MOVE)
    before = group.status
    with rehearsal(uow):
        service.move(uow, group_id, command)
    return [*_of_group(uow, group, before, command.to), *_of_homes(uow, group, before, command.to)]


def _of_group(uow: UnitOfWork, group: SponsorGroup, before: str, to: str) -> Sequence[str]:
    takes_on = (before in groups.OPEN_STAGES, to in groups.OPEN_STAGES)
    told = [said] if (said := rules.TAKES_ON.get(takes_on)) else []
    stage = sponsors.workflow_of(uow, group).stage(to)
    if stage.final:
        told.append(f"There is no way back from here: {stage.title} is final.")
    return told


def _of_homes(uow: UnitOfWork, group: SponsorGroup, before: str, to: str) -> Sequence[str]:
    resumes = before in groups.BROKEN_OFF and to not in groups.BROKEN_OFF
    if to not in groups.BROKEN_OFF and not resumes:
        return ["Nothing changes for the households that it supports."]
    found = [
        match
        for match in queries.open_of_group(uow, group.id)
        if match.status == Status.SUSPENDED or not resumes
    ]
    if not found:
        return ["It supports nobody, and is asked about nobody: no household is touched."]
    return [rules.follows(match.status, match.persons, to, resumes=resumes) for match in found]
