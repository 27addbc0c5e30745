"""What a person's own record is made of, each part by the shape that shows it elsewhere too.

So nothing is told here that another page would not tell the same reader. What is on no shelf is
not handed out by a program: people read it over first, since it may speak of others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resettle.appointments.models import Appointment
from resettle.appointments.schemas import AppointmentShape
from resettle.casework.models import SharedNote
from resettle.casework.schemas import SharedNoteShape
from resettle.complaints.models import Complaint
from resettle.complaints.schemas import ComplaintShape
from resettle.consents.models import ConsentEntry
from resettle.consents.shapes import ConsentShape
from resettle.core.db import Entity
from resettle.documents.models import Document
from resettle.documents.schemas import DocumentShape
from resettle.households.models import Household, HouseholdMember, Person, PersonLanguage
from resettle.households.shapes import (
    HouseholdMemberShape,
    HouseholdShape,
    LanguageShape,
    PersonShape,
)
from resettle.logs.models import LogEntry
from resettle.logs.schemas import LogEntryShape
from resettle.messages.models import ThreadMessage
from resettle.messages.schemas import MessageShape
from resettle.milestones.models import Milestone
from resettle.milestones.schemas import MilestoneShape
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.shapes import ContactShape, NeedShape, OriginShape, PhotoShape, RelativeShape
from resettle.placements.models import Placement, Sponsorship, SponsorshipAnswer
from resettle.placements.shapes import AnswerShape, PlacementShape, SponsorshipShape
from resettle.plans.models import PlanGoal, PlanReview, PlanStep, Rating, SupportPlan
from resettle.plans.shapes import GoalRow, PlanRow, RatingShape, ReviewShape, StepShape
from resettle.reports.models import FamilySection
from resettle.reports.schemas import SectionShape
from resettle.roster.models import Shift
from resettle.roster.schemas import ShiftShape
from resettle.statuses.models import PersonStatus
from resettle.statuses.schemas import StatusShape
from resettle.voices.models import Voice
from resettle.voices.schemas import VoiceShape
from resettle.web.schema import Shape


@dataclass(frozen=True, slots=True)
class Shelf:
    """One part of a record: a table, and how its rows are shown."""

    code: str
    model: type[Entity]
    shape: Shape


SHELVES: Sequence[Shelf] = (
    Shelf("person", Person, PersonShape()),
    Shelf("languages", PersonLanguage, LanguageShape()),
    Shelf("contact", Person, ContactShape()),
    Shelf("origin", Person, OriginShape()),
    Shelf("relatives", Relative, RelativeShape()),
    Shelf("needs", SpecificNeed, NeedShape()),
    Shelf("statuses", PersonStatus, StatusShape()),
    Shelf("photo", Photo, PhotoShape()),
    Shelf("household", Household, HouseholdShape(exclude=("size",))),
    Shelf("membership", HouseholdMember, HouseholdMemberShape(exclude=("person",))),
    Shelf("consents", ConsentEntry, ConsentShape()),
    Shelf("groups", Sponsorship, SponsorshipShape()),
    Shelf("answers", SponsorshipAnswer, AnswerShape()),
    Shelf("homes", Placement, PlacementShape()),
    Shelf("milestones", Milestone, MilestoneShape()),
    Shelf("appointments", Appointment, AppointmentShape()),
    Shelf("plans", SupportPlan, PlanRow()),
    Shelf("goals", PlanGoal, GoalRow()),
    Shelf("steps", PlanStep, StepShape()),
    Shelf("ratings", Rating, RatingShape()),
    Shelf("reviews", PlanReview, ReviewShape()),
    Shelf("visits", Shift, ShiftShape()),
    Shelf("messages", ThreadMessage, MessageShape()),
    Shelf("log", LogEntry, LogEntryShape()),
    Shelf("shared", SharedNote, SharedNoteShape()),
    Shelf("papers", Document, DocumentShape()),
    Shelf("voices", Voice, VoiceShape()),
    Shelf("sections", FamilySection, SectionShape()),
    Shelf("complaints", Complaint, ComplaintShape()),
)
TITLES: Mapping[str, str] = {
    "person": "Who I am",
    "languages": "Languages",
    "contact": "How to reach me",
    "origin": "Where I come from, and my status here",
    "relatives": "Relatives elsewhere",
    "needs": "What helps me, and why",
    "statuses": "Work, benefits, English and school",
    "photo": "Photo",
    "household": "My household",
    "membership": "Who belongs to the household",
    "consents": "What I agreed to",
    "groups": "Sponsor groups",
    "answers": "What I answered about a group",
    "homes": "Where we live and lived",
    "milestones": "Steps of settling in",
    "appointments": "Appointments",
    "plans": "Our plans",
    "goals": "Our goals",
    "steps": "Steps to our goals",
    "ratings": "How we see it",
    "reviews": "Reviews of our plan",
    "visits": "Visits of the sponsor group",
    "messages": "Messages",
    "log": "Written down",
    "shared": "From our caseworker",
    "papers": "Our papers",
    "voices": "What I said, and the answers",
    "sections": "How is it going with your group?",
    "complaints": "Complaints",
}
# What is held besides, and why it is not in the copy.
WITHHELD: Sequence[tuple[str, str]] = (
    (
        "What caseworkers noted for themselves, and what was decided with it",
        (
            "It may speak of other people too. Ask for it: somebody reads it over first, and gives "
            "you what is yours within 20 working days, or says why not (Privacy Act 2020, sections "
            "49 to 53)."
        ),
    ),
    (
        (
            "What others wrote about you: case files of the United Nations Refugee Agency, "
            "reports, assessments"
        ),
        (
            "You may have these too. Ask for them: somebody reads them over first, for the same "
            "reason."
        ),
    ),
    (
        "What other adults at home said and agreed to",
        "It is theirs. They can ask for their own copy.",
    ),
    (
        "What is kept of the sponsor group and of its members",
        "It is about them, such as the checks that they went through.",
    ),
    (
        "Passwords and keys",
        "They are kept so that nobody can read them, nor we.",
    ),
)
