"""A household's file in one answer, for programs that would else ask for each part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.cases import queries as cases
from resettle.cases.models import ResettlementCase
from resettle.cases.shapes import CaseShape
from resettle.casework import queries as casework
from resettle.casework.models import ContactNote
from resettle.casework.schemas import NoteShape
from resettle.core.classes import OPS
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import household_file
from resettle.households.shapes import HouseholdFileShape
from resettle.milestones import queries as milestones
from resettle.milestones.models import Milestone
from resettle.milestones.schemas import MilestoneShape
from resettle.placements import queries as placements
from resettle.placements.models import Placement
from resettle.placements.shapes import PlacementShape, SponsorshipRow
from resettle.web.schema import Shape

NOTES = 20
MILESTONES = 200


@dataclass(frozen=True, slots=True)
class WholeFile:
    """What a caseworker opens first of a household; of the notes, the last ones."""

    household_id: UUID
    household: Household
    cases: Sequence[ResettlementCase]
    placements: Sequence[Placement]
    sponsorships: Sequence[Any]
    milestones: Sequence[Milestone]
    notes: Sequence[ContactNote]


class WholeFileShape(Shape):
    household = fields.Nested(HouseholdFileShape(), metadata=dict(OPS))
    cases = fields.Nested(CaseShape(), many=True, metadata=dict(OPS))
    placements = fields.Nested(PlacementShape(), many=True, metadata=dict(OPS))
    sponsorships = fields.Nested(SponsorshipRow(), many=True, metadata=dict(OPS))
    milestones = fields.Nested(MilestoneShape(), many=True, metadata=dict(OPS))
    notes = fields.Nested(NoteShape(), many=True, metadata=dict(OPS))


def whole_file(uow: UnitOfWork, household_id: UUID) -> WholeFile:
    """Bring together what is on record of a household, in a constant number of queries.

    Of milestones at most 200 in the order in which they are due, of notes the last 20.
    """
    uow.get(Household, household_id, to=Permission.CASE_READ)
    return WholeFile(
        household_id,
        household_file(uow, household_id),
        cases.of_household(uow, household_id),
        placements.placements_of(uow, household_id),
        placements.matched_with(uow, household_id, NOTES),
        milestones.first_due(uow, household_id, MILESTONES),
        casework.newest(uow, household_id, NOTES),
    )
