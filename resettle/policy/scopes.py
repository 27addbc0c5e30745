"""Who may know of what: each table and the clause that says which of its rows a reader may know.

Lists and single rows use the same clause. A table that is not in SCOPES is in UNSCOPED, with why.
"""

from collections.abc import Mapping

from resettle.accounts import models as accounts
from resettle.applications import models as applications
from resettle.appointments.models import Appointment
from resettle.cards.models import CardTopic
from resettle.cases import models as cases
from resettle.cases import papers
from resettle.cases.absences import Absence
from resettle.casework import models as casework
from resettle.changes.models import HouseholdChange
from resettle.complaints.models import Complaint
from resettle.consents.models import ConsentEntry
from resettle.core.policy import Scope
from resettle.crises.models import Crisis, CrisisHousehold
from resettle.day.models import QueueMark
from resettle.documents.models import Document
from resettle.drafts.models import Draft
from resettle.duplicates import models as duplicates
from resettle.evidence.models import Evidence
from resettle.exports.models import ListExport
from resettle.funds import models as funds
from resettle.holds.models import HoldResult
from resettle.households import models as households
from resettle.incidents.models import Incident
from resettle.interchange import models as interchange
from resettle.judgements.models import Judgement, JudgementEvidence
from resettle.logs.models import LogEntry
from resettle.matching import models as matching
from resettle.matching import run_models as runs
from resettle.messages import models as messages
from resettle.milestones import models as milestones
from resettle.names import models as names
from resettle.notifications import models as notifications
from resettle.packs.models import Pack
from resettle.people import models as people
from resettle.placements import models as placements
from resettle.plans import models as plans
from resettle.policy import (
    books,
    log_reach,
    match_reach,
    own_reach,
    paper_reach,
    plan_reach,
    reach,
    release_reach,
    report_reach,
    strain_reach,
    survey_reach,
    week_reach,
    worries,
)
from resettle.policy.own_reach import own_within_reach
from resettle.proposals import models as proposals
from resettle.pulses import models as pulses
from resettle.releases import models as releases
from resettle.reports import models as reports
from resettle.roster.models import Shift
from resettle.runs.models import ReportRun
from resettle.sponsors import models as sponsors
from resettle.statuses.models import PersonStatus
from resettle.strain import models as strain
from resettle.surveys import models as surveys
from resettle.tasks.models import Task
from resettle.upkeep.models import DefectPhoto, HouseDefect, HousePhoto, HouseRating, PowerBill
from resettle.views.models import SavedView
from resettle.voices.models import Voice

SCOPES: Mapping[type, Scope] = {
    households.Household: reach.household_rows,
    households.Person: reach.of_person(households.Person.id),
    households.HouseholdMember: reach.of_household(households.HouseholdMember.household_id),
    households.PersonLanguage: reach.of_person(households.PersonLanguage.person_id),
    households.DenyListed: reach.for_caseworkers(households.DenyListed.household_id),
    names.NameKey: reach.found_by(names.NameKey.person_id),
    names.NumberKey: reach.found_by(names.NumberKey.person_id),
    people.SpecificNeed: reach.need_rows,
    people.Relative: reach.relative_rows,
    PersonStatus: reach.told_to_themselves(PersonStatus.person_id),
    people.Photo: reach.of_person(people.Photo.person_id),
    ConsentEntry: reach.consent_rows,
    Draft: own_within_reach(Draft),
    duplicates.DuplicateCandidate: reach.duplicate_rows,
    duplicates.PersonMerge: reach.found_by(duplicates.PersonMerge.kept_id),
    sponsors.SponsorGroup: reach.groups_to_propose,
    sponsors.GroupMove: reach.inside_group(sponsors.GroupMove.group_id),
    sponsors.GroupStep: reach.inside_group(sponsors.GroupStep.group_id),
    sponsors.GroupChecklistItem: reach.inside_group(sponsors.GroupChecklistItem.group_id),
    sponsors.SponsorMember: reach.of_group(sponsors.SponsorMember.group_id),
    sponsors.Vetting: reach.vetting_rows,
    sponsors.Training: reach.inside_group(sponsors.Training.group_id),
    applications.GroupApplication: reach.inside_group(applications.GroupApplication.group_id),
    applications.ApplicationPart: reach.inside_group(applications.ApplicationPart.group_id),
    applications.ApplicationLine: reach.inside_group(applications.ApplicationLine.group_id),
    applications.ApplicationQuestion: reach.inside_group(applications.ApplicationQuestion.group_id),
    applications.ApplicationScore: reach.for_managers,
    Evidence: reach.inside_group(Evidence.group_id),
    sponsors.Deed: reach.of_group(sponsors.Deed.group_id),
    sponsors.ReportDue: reach.report_rows,
    reports.GroupReport: report_reach.report_rows,
    reports.ReportComment: report_reach.comment_rows,
    reports.FamilySection: report_reach.section_rows,
    funds.FundEntry: books.entry_rows,
    funds.FundReceipt: books.receipt_rows,
    funds.Pledge: books.book_rows(funds.Pledge.group_id),
    funds.BudgetLine: books.book_rows(funds.BudgetLine.group_id),
    cases.ResettlementCase: reach.for_assigning(cases.ResettlementCase.household_id),
    cases.StageEntry: reach.for_caseworkers(cases.StageEntry.household_id),
    cases.Hold: reach.for_caseworkers(cases.Hold.household_id),
    cases.CaseLink: reach.for_caseworkers(cases.CaseLink.household_id),
    cases.Assignment: reach.assignment_rows,
    Absence: reach.absence_rows,
    papers.Decision: reach.for_caseworkers(papers.Decision.household_id),
    papers.CaseCheck: reach.for_caseworkers(papers.CaseCheck.household_id),
    papers.ChecklistItem: reach.for_caseworkers(papers.ChecklistItem.household_id),
    papers.EligibilityFacts: reach.for_caseworkers(papers.EligibilityFacts.household_id),
    placements.Dwelling: reach.dwelling_rows,
    placements.HousingNeed: reach.for_caseworkers(placements.HousingNeed.household_id),
    placements.HouseCheck: reach.of_household(placements.HouseCheck.household_id),
    placements.Placement: reach.of_household(placements.Placement.household_id),
    placements.Sponsorship: reach.sponsorship_rows,
    placements.SponsorshipAnswer: reach.answer_rows,
    matching.Place: match_reach.place_rows,
    matching.PlaceOffer: match_reach.place_rows,
    matching.PlacementWish: reach.for_caseworkers(matching.PlacementWish.household_id),
    matching.PlaceExclusion: reach.for_caseworkers(matching.PlaceExclusion.household_id),
    matching.Ruling: match_reach.decided(matching.Ruling.household_id),
    matching.Allocation: match_reach.decided(matching.Allocation.household_id),
    runs.MatchRun: match_reach.run_rows,
    runs.MatchHousehold: match_reach.matched(runs.MatchHousehold.household_id),
    runs.MatchPlace: match_reach.run_rows,
    proposals.BoardStep: match_reach.matched(proposals.BoardStep.household_id),
    proposals.PlaceDecision: match_reach.decided(proposals.PlaceDecision.household_id),
    casework.SharedNote: reach.shared_note_rows,
    casework.ContactNote: reach.for_caseworkers(casework.ContactNote.household_id),
    LogEntry: log_reach.log_rows,
    Incident: worries.incident_rows,
    Task: week_reach.task_rows,
    CardTopic: week_reach.card_rows,
    messages.SponsorUpdate: week_reach.update_rows,
    messages.ThreadMessage: week_reach.message_rows,
    messages.ThreadPlace: own_within_reach(messages.ThreadPlace),
    pulses.PulseInvitation: reach.own_account(pulses.PulseInvitation.user_id),
    pulses.PulseAnswer: strain_reach.nobody,
    strain.SupervisionNote: strain_reach.note_rows,
    strain.GroupMessage: strain_reach.message_rows,
    strain.GroupMessageReading: reach.own_account(strain.GroupMessageReading.user_id),
    Shift: week_reach.shift_rows,
    Complaint: worries.complaint_rows,
    Document: paper_reach.document_rows,
    Appointment: worries.appointment_rows,
    Voice: worries.voice_rows,
    HouseDefect: week_reach.defect_rows,
    HousePhoto: week_reach.house_photo_rows,
    DefectPhoto: reach.for_caseworkers(DefectPhoto.household_id),
    HoldResult: reach.for_caseworkers(HoldResult.household_id),
    HouseRating: reach.for_caseworkers(HouseRating.household_id),
    PowerBill: reach.for_caseworkers(PowerBill.household_id),
    Crisis: worries.crisis_rows,
    releases.Release: release_reach.release_rows,
    releases.Snapshot: release_reach.nobody,
    CrisisHousehold: reach.for_caseworkers(CrisisHousehold.household_id),
    Pack: paper_reach.pack_rows,
    milestones.Milestone: reach.milestone_rows,
    milestones.MilestoneChange: reach.milestone_changes,
    QueueMark: reach.for_caseworkers(QueueMark.household_id),
    HouseholdChange: reach.for_caseworkers(HouseholdChange.household_id),
    plans.SupportPlan: plan_reach.plan_rows,
    plans.PlanAgreement: plan_reach.of_plan(plans.PlanAgreement.plan_id),
    plans.PlanGoal: plan_reach.goal_rows,
    plans.PlanStep: plan_reach.step_rows,
    plans.PlanReview: plan_reach.review_rows,
    plans.Rating: plan_reach.rating_rows,
    plans.Handover: plan_reach.of_plan(plans.Handover.plan_id),
    plans.IndependenceLine: plan_reach.of_plan(plans.IndependenceLine.plan_id),
    plans.Referral: reach.for_caseworkers(plans.Referral.household_id),
    accounts.UserAccount: reach.account_rows,
    accounts.RoleGrant: reach.own_or_administered(accounts.RoleGrant.user_id),
    accounts.DutyGrant: reach.own_or_administered(accounts.DutyGrant.user_id),
    accounts.UserLocation: reach.own_or_administered(accounts.UserLocation.user_id),
    accounts.UserSession: reach.own_or_administered(accounts.UserSession.user_id),
    accounts.ApiToken: reach.own_account(accounts.ApiToken.user_id),
    accounts.FamilyLink: own_reach.link_rows,
    accounts.CalendarFeed: reach.own_account(accounts.CalendarFeed.user_id),
    accounts.AccountAct: reach.own_or_administered(accounts.AccountAct.user_id),
    notifications.Reminder: own_within_reach(notifications.Reminder),
    notifications.GroupReminder: own_reach.group_reminder_rows,
    notifications.ReminderChoice: reach.own_account(notifications.ReminderChoice.user_id),
    SavedView: reach.own_account(SavedView.user_id),
    Judgement: survey_reach.judgement_rows,
    JudgementEvidence: survey_reach.judgement_rows,
    ReportRun: release_reach.run_rows,
    ListExport: reach.own_account(ListExport.user_id),
    surveys.SurveyInvitation: survey_reach.invitation_rows,
    surveys.SurveyAnswer: survey_reach.answer_rows,
    interchange.ImportBatch: reach.own_account(interchange.ImportBatch.imported_by),
    interchange.ImportedCase: reach.for_caseworkers(interchange.ImportedCase.household_id),
    interchange.ImportedPerson: reach.for_caseworkers(interchange.ImportedPerson.household_id),
    interchange.CheckedUpload: reach.own_account(interchange.CheckedUpload.user_id),
}

UNSCOPED: Mapping[str, str] = {
    "audit_entry": "read through core/audit.py, whose callers require audit permissions",
    "audit_seen": "a part of audit_entry, read with it",
    "audit_head": "bookkeeping of the trail",
    "job": "machinery; read by administrators through its own permission",
    "answer": "machinery; asked by the user's own id only",
    "data_key": "wrapped keys; read by the vault only",
    "reference_counter": "numbers without meaning",
    "places_gate": "a lock without content",
    "release_gate": "a lock without content",
    "erasure": "ids that lead to nobody any more; read after a restore only",
    "mark": "what the installation is for; no data of anybody",
    "invitation": "asked by the hash of its one-time token only",
    "sign_in_tries": "bookkeeping of the lock-out, by a blind index",
}
