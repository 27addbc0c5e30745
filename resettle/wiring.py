"""Which event wakes which handler, which job runs what, who answers for each fact: all of it."""

from collections.abc import Callable, Mapping, Sequence

from resettle.accounts.loader import Memberships
from resettle.accounts.queries import Ties, editor_name
from resettle.applications.facts import FACTS as APPLICATION_FACTS
from resettle.appointments import handlers as on_appointments
from resettle.appointments.events import AppointmentChanged
from resettle.cases import guards as case_guards
from resettle.cases import handlers as on_cases
from resettle.cases import queries as case_queries
from resettle.cases.events import StageMoved, TravelPlanned
from resettle.cases.facts import FactSource
from resettle.cases.hands import households_held
from resettle.changes import handlers as on_changes
from resettle.changes import jobs as change_jobs
from resettle.changes.events import ChangeTakenBack, LinesSettled, ProviderChanged
from resettle.changes.providers import TAKE_OVER
from resettle.complaints import handlers as on_complaints
from resettle.complaints.events import ComplaintAcknowledged, ComplaintMade
from resettle.core.drafts import Book
from resettle.core.events import Handlers
from resettle.core.jobs import Runners
from resettle.core.work import UnitOfWork
from resettle.crises import handlers as on_crises
from resettle.crises.events import HouseholdsStruck
from resettle.documents import handlers as on_documents
from resettle.documents import jobs as document_jobs
from resettle.documents import keeping
from resettle.drafts import handlers as on_drafts
from resettle.drafts import jobs as draft_jobs
from resettle.drafts import queries as draft_queries
from resettle.drafts import service as draft_service
from resettle.duplicates import entry
from resettle.duplicates.events import HouseholdEmptied, HouseholdFilled
from resettle.duplicates.queries import Workers
from resettle.duplicates.service import note_duplicates
from resettle.evaluation.figuring import INDICATORS
from resettle.evaluation.timing import SURVIVAL
from resettle.evidence import jobs as evidence_jobs
from resettle.evidence import keeping as evidence_keeping
from resettle.exports import making as list_making
from resettle.exports import service as exports
from resettle.funds import jobs as fund_jobs
from resettle.funds import keeping as fund_keeping
from resettle.households.events import (
    BirthDateCorrected,
    HouseholdClosed,
    HouseholdOpened,
    MemberJoined,
    MemberLeft,
)
from resettle.households.lookalikes import Lookalikes
from resettle.incidents import handlers as on_incidents
from resettle.incidents.events import IncidentReported
from resettle.incidents.queries import no_safeguarding_open
from resettle.interchange import jobs as interchange_jobs
from resettle.interchange import service as interchange_service
from resettle.matching import handlers as on_matching
from resettle.matching import jobs as matching_jobs
from resettle.matching.events import RunAsked
from resettle.milestones import handlers as on_milestones
from resettle.milestones import jobs as milestone_jobs
from resettle.milestones.birthdays import BIRTHDAYS
from resettle.notifications import handlers as on_reminders
from resettle.notifications import jobs as reminder_jobs
from resettle.packs import making
from resettle.packs import service as packs
from resettle.placements import guards as placement_guards
from resettle.placements import handlers as on_placements
from resettle.placements.events import (
    AnchorMoved,
    ContinuityPlanned,
    HouseholdArrived,
    HouseholdMoved,
    HouseholdPlaced,
    HousePlacedUnready,
    MatchTakenBack,
    SponsorshipConfirmed,
    SponsorshipDeclined,
    SponsorshipEnded,
    SponsorshipSuspended,
    SuccessorWanted,
)
from resettle.plans import guards as plan_guards
from resettle.plans import handlers as on_plans
from resettle.plans import jobs as plan_jobs
from resettle.plans.nights import EXITS
from resettle.programmes.facts import Fact
from resettle.proposals import handlers as on_proposals
from resettle.proposals.events import PlaceDecided, PlaceDeclined
from resettle.pulses import jobs as pulse_jobs
from resettle.releases import handlers as on_releases
from resettle.releases.events import ReleaseAsked
from resettle.releases.making import Makers
from resettle.releases.tables import TABLES
from resettle.roster import handlers as on_roster
from resettle.roster.events import DriverFound
from resettle.runs import making as run_making
from resettle.runs import service as report_runs
from resettle.sponsors import queries as sponsor_queries
from resettle.sponsors.events import GroupBrokenOff, MemberWentAway
from resettle.sponsors.facts import Source as GroupFactSource
from resettle.surveys import handlers as on_surveys
from resettle.surveys import jobs as survey_jobs
from resettle.surveys import service as survey_service
from resettle.surveys.results import SURVEYS
from resettle.tasks import handlers as on_tasks
from resettle.views import jobs as view_jobs
from resettle.views import service as view_service
from resettle.voices import handlers as on_voices
from resettle.voices.events import FamilyAnswered, FamilySpoke
from resettle.web.stale import Editors

HANDLERS: Handlers = {
    HouseholdOpened: [on_cases.assign_opener, reminder_jobs.expect_looks],
    MemberJoined: [
        on_cases.complete_checklists,
        on_milestones.plan_for_member,
        on_documents.follow,
    ],
    MemberLeft: [
        on_milestones.close_for_member,
        on_appointments.cancel_for_member,
        on_tasks.cancel_for_member,
        on_plans.rest_for_member,
        on_cases.stop_asking_of_member,
    ],
    HouseholdClosed: [
        on_milestones.close_for_household,
        on_appointments.cancel_for_household,
        on_tasks.cancel_for_household,
        on_plans.rest_for_household,
        on_cases.end_with_household,
    ],
    LinesSettled: [on_reminders.settle],
    BirthDateCorrected: [on_milestones.plan_by_right_age],
    GroupBrokenOff: [on_placements.break_off_with_group],
    StageMoved: [on_placements.end_with_case, on_placements.follow_approval],
    TravelPlanned: [on_placements.follow_travel, on_milestones.plan_ahead],
    HouseholdArrived: [
        on_placements.owe_reports,
        on_milestones.plan_milestones,
        on_surveys.expect_surveys,
    ],
    AnchorMoved: [
        on_placements.move_reports,
        on_milestones.move_due_dates,
        on_plans.watch_end,
        on_surveys.expect_surveys,
    ],
    HouseholdPlaced: [on_milestones.plan_milestones, on_plans.watch_end],
    HouseholdMoved: [on_milestones.reopen_after_move],
    ComplaintMade: [on_complaints.leave_task],
    ComplaintAcknowledged: [on_complaints.finish_task],
    FamilySpoke: [on_voices.leave_task],
    FamilyAnswered: [on_voices.finish_task],
    HouseholdsStruck: [on_crises.send_checks],
    IncidentReported: [on_incidents.look_after_reported],
    HousePlacedUnready: [on_incidents.look_after_unready_house],
    PlaceDecided: [on_proposals.follow_decision],
    PlaceDeclined: [on_proposals.follow_decline],
    SponsorshipDeclined: [on_proposals.release_place],
    MatchTakenBack: [on_proposals.release_place, on_incidents.search_again],
    SponsorshipConfirmed: [
        on_placements.owe_reports,
        on_incidents.end_search,
        pulse_jobs.expect_pulses,
    ],
    SponsorshipSuspended: [
        on_placements.review_continuity,
        on_incidents.plan_continuity,
        on_roster.call_off,
    ],
    SponsorshipEnded: [
        on_placements.release_group,
        on_incidents.plan_continuity,
        on_roster.call_off,
        on_roster.hand_on,
    ],
    SuccessorWanted: [on_placements.review_continuity, on_incidents.plan_continuity],
    ContinuityPlanned: [on_incidents.finish_plan],
    ChangeTakenBack: [on_changes.put_back],
    HouseholdEmptied: [on_changes.close_emptied],
    HouseholdFilled: [on_changes.open_again],
    ProviderChanged: [on_changes.note_provider],
    MemberWentAway: [on_roster.free_member],
    AppointmentChanged: [on_roster.follow_appointment],
    DriverFound: [on_roster.tell_appointment],
    ReleaseAsked: [on_releases.make],
    RunAsked: [on_matching.freeze],
}

RUNNERS: Runners = {
    reminder_jobs.LOOK: reminder_jobs.look,
    reminder_jobs.REMIND: reminder_jobs.remind,
    draft_service.FORGET: draft_jobs.forget_draft,
    view_service.FORGET: view_jobs.forget,
    EXITS: plan_jobs.begin_exits,
    pulse_jobs.ASK: pulse_jobs.ask,
    pulse_jobs.INVITE: reminder_jobs.ask_pulse,
    TAKE_OVER: change_jobs.take_over,
    BIRTHDAYS: milestone_jobs.recalculate_birthdays,
    report_runs.MAKE: run_making.make,
    exports.STEP: list_making.step,
    exports.FORGET: list_making.forget,
    survey_service.ASK: survey_jobs.ask,
    survey_service.INVITE: reminder_jobs.invite,
    packs.MAKE: making.make,
    packs.FORGET: making.forget,
    keeping.SCAN: document_jobs.scan,
    keeping.SWEEP: document_jobs.sweep,
    evidence_keeping.SCAN: evidence_jobs.scan,
    fund_keeping.SCAN: fund_jobs.scan,
    interchange_service.TAKE_IN: interchange_jobs.take_in,
    interchange_service.FORGET_UPLOAD: interchange_jobs.forget_upload,
    matching_jobs.PRICE: matching_jobs.price,
    matching_jobs.SOLVE: matching_jobs.solve,
}

# What a worker sees to when it starts, so that nothing that comes again and again stays away.
SCHEDULE: Sequence[Callable[[UnitOfWork], None]] = [
    reminder_jobs.expect_looks,
    pulse_jobs.expect_pulses,
]

DRAFTS = Book(
    draft_queries.unfinished, draft_queries.kept, draft_service.finished, on_drafts.rescue
)

MEMBERSHIPS = Memberships(sponsor_queries.groups_of_users)

TIES = Ties(households_held)
EDITORS = Editors(editor_name)
# Each kind of figure goes through the one path of `releases`.
MAKERS = Makers({"table": TABLES, "indicator": INDICATORS, "survival": SURVIVAL, "survey": SURVEYS})

WORKERS = Workers(case_queries.worker_name)

LOOKALIKES = Lookalikes(entry.lookalikes, note_duplicates)

FACTS: Mapping[Fact, FactSource] = {
    **case_guards.FACTS,
    **placement_guards.FACTS,
    **plan_guards.FACTS,
    Fact.SAFEGUARDING: no_safeguarding_open,
}

GROUP_FACTS: Mapping[Fact, GroupFactSource] = APPLICATION_FACTS
