"""Every way into the service: the blueprints of all chapters, in their order."""

from flask import Blueprint

from resettle.accounts import api as accounts_api
from resettle.accounts import doors
from resettle.accounts import pages as accounts_pages
from resettle.applications import api as applications_api
from resettle.applications import judging_pages
from resettle.applications import pages as applications_pages
from resettle.appointments import api as appointments_api
from resettle.appointments import pages as appointments_pages
from resettle.calendars import api as calendars_api
from resettle.calendars import pages as calendars_pages
from resettle.cards import api as cards_api
from resettle.cards import pages as cards_pages
from resettle.cases import api as cases_api
from resettle.cases import household_api as cases_household_api
from resettle.cases import pages as cases_pages
from resettle.cases import paper_pages as case_papers
from resettle.casework import api as casework_api
from resettle.casework import note_pages as casework_notes
from resettle.casework import pages as casework_pages
from resettle.changes import api as changes_api
from resettle.changes import member_api, newcomer_pages, provider_pages
from resettle.changes import pages as changes_pages
from resettle.complaints import api as complaints_api
from resettle.complaints import pages as complaints_pages
from resettle.consents import api as consents_api
from resettle.consents import pages as consents_pages
from resettle.crises import api as crises_api
from resettle.crises import pages as crises_pages
from resettle.day import api as day_api
from resettle.day import leaving_pages, team_api, team_pages
from resettle.day import pages as day_pages
from resettle.desk import api as desk_api
from resettle.desk import file_pages, near_pages, preview_pages, several
from resettle.desk import pages as desk_pages
from resettle.documents import api as documents_api
from resettle.documents import own_pages as my_papers
from resettle.documents import pages as documents_pages
from resettle.drafts import pages as drafts_pages
from resettle.duplicates import api as duplicates_api
from resettle.duplicates import pages as duplicates_pages
from resettle.evaluation import api as evaluation_api
from resettle.evaluation import pages as evaluation_pages
from resettle.evidence import api as evidence_api
from resettle.evidence import pages as evidence_pages
from resettle.exports import api as exports_api
from resettle.exports import pages as exports_pages
from resettle.funds import api as funds_api
from resettle.funds import entry_api as fund_entry_api
from resettle.funds import entry_pages as fund_entry_pages
from resettle.funds import forms as fund_forms
from resettle.funds import pages as funds_pages
from resettle.holds import api as holds_api
from resettle.holds import pages as holds_pages
from resettle.households import api as households_api
from resettle.households import pages as households_pages
from resettle.incidents import api as incidents_api
from resettle.incidents import pages as incidents_pages
from resettle.interchange import api as interchange_api
from resettle.interchange import pages as interchange_pages
from resettle.judgements import api as judgements_api
from resettle.judgements import pages as judgements_pages
from resettle.links import api as links_api
from resettle.links import pages as links_pages
from resettle.logs import api as logs_api
from resettle.logs import pages as logs_pages
from resettle.matching import api as places_api
from resettle.matching import pages as places_pages
from resettle.matching import run_api, run_pages, wish_api, wish_pages
from resettle.messages import api as messages_api
from resettle.messages import pages as messages_pages
from resettle.milestones import api as milestones_api
from resettle.milestones import pages as milestones_pages
from resettle.notifications import api as reminders_api
from resettle.notifications import pages as reminders_pages
from resettle.operations import api as operations_api
from resettle.operations import pages as operations_pages
from resettle.packs import api as packs_api
from resettle.packs import pages as packs_pages
from resettle.people import api as people_api
from resettle.people import pages as people_pages
from resettle.placements import api as placements_api
from resettle.placements import (
    ending_pages,
    group_move_pages,
    house_pages,
    sponsorship_api,
    sponsorship_pages,
)
from resettle.placements import pages as placements_pages
from resettle.plans import api as plans_api
from resettle.plans import family_pages as plan_family_pages
from resettle.plans import letting_api, letting_pages, progress_api
from resettle.plans import own_step_pages as plan_step_pages
from resettle.plans import pages as plan_pages
from resettle.proposals import api as board_api
from resettle.proposals import decision_pages
from resettle.proposals import pages as board_pages
from resettle.pulses import pages as pulses_pages
from resettle.quality import api as quality_api
from resettle.quality import pages as quality_pages
from resettle.records import pages as records_pages
from resettle.releases import api as releases_api
from resettle.releases import pages as releases_pages
from resettle.reports import api as reports_api
from resettle.reports import pages as reports_pages
from resettle.roster import api as roster_api
from resettle.roster import departure_pages, lift_pages, task_api, task_pages
from resettle.roster import pages as roster_pages
from resettle.runs import api as runs_api
from resettle.runs import pages as runs_pages
from resettle.search import api as search_api
from resettle.search import pages as search_pages
from resettle.sponsors import api as sponsors_api
from resettle.sponsors import driver_pages
from resettle.sponsors import member_api as sponsor_members_api
from resettle.sponsors import member_pages as sponsor_member_pages
from resettle.sponsors import pages as sponsors_pages
from resettle.statuses import api as statuses_api
from resettle.statuses import pages as statuses_pages
from resettle.strain import api as strain_api
from resettle.strain import pages as strain_pages
from resettle.surveys import api as surveys_api
from resettle.surveys import pages as surveys_pages
from resettle.tasks import api as tasks_api
from resettle.tasks import pages as tasks_pages
from resettle.upkeep import api as upkeep_api
from resettle.upkeep import our_api as our_house_api
from resettle.upkeep import our_pages as our_house_pages
from resettle.upkeep import pages as upkeep_pages
from resettle.views import api as views_api
from resettle.views import pages as views_pages
from resettle.voices import pages as voices_pages
from resettle.week import pages as week_pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts_api.session,
    accounts_api.account,
    accounts_api.users,
    doors.doors,
    accounts_pages.pages,
    households_api.api,
    people_api.api,
    people_pages.pages,
    consents_api.api,
    links_api.api,
    links_pages.pages,
    drafts_pages.pages,
    duplicates_api.api,
    evaluation_api.api,
    evaluation_pages.pages,
    releases_api.api,
    releases_pages.pages,
    operations_api.api,
    sponsors_api.api,
    sponsor_members_api.api,
    applications_api.api,
    funds_api.api,
    reports_api.api,
    fund_entry_api.api,
    placements_api.api,
    sponsorship_api.api,
    cases_api.api,
    cases_household_api.api,
    tasks_api.api,
    appointments_api.api,
    roster_api.api,
    task_api.api,
    messages_api.api,
    cards_api.api,
    statuses_api.api,
    strain_api.api,
    casework_api.api,
    logs_api.api,
    incidents_api.api,
    complaints_api.api,
    holds_api.api,
    upkeep_api.api,
    our_house_api.api,
    documents_api.api,
    evidence_api.api,
    crises_api.api,
    packs_api.api,
    milestones_api.api,
    changes_api.api,
    member_api.api,
    plans_api.api,
    progress_api.api,
    changes_pages.pages,
    newcomer_pages.pages,
    plan_pages.pages,
    plan_family_pages.pages,
    letting_api.api,
    letting_pages.pages,
    plan_step_pages.pages,
    provider_pages.pages,
    places_api.api,
    places_pages.pages,
    board_api.api,
    board_pages.pages,
    decision_pages.pages,
    run_api.api,
    run_api.equity,
    run_pages.pages,
    wish_api.api,
    wish_pages.pages,
    interchange_api.api,
    interchange_pages.pages,
    surveys_api.api,
    judgements_api.api,
    judgements_pages.pages,
    runs_api.api,
    runs_pages.pages,
    quality_api.api,
    quality_pages.pages,
    exports_api.api,
    exports_pages.pages,
    surveys_pages.pages,
    search_api.api,
    search_pages.pages,
    day_api.api,
    day_pages.pages,
    team_api.api,
    team_pages.pages,
    leaving_pages.api,
    leaving_pages.pages,
    reminders_api.api,
    reminders_pages.pages,
    views_api.api,
    views_pages.pages,
    desk_api.api,
    desk_api.caseload_api,
    desk_pages.pages,
    file_pages.pages,
    several.pages,
    near_pages.ours,
    near_pages.mine,
    preview_pages.pages,
    households_pages.pages,
    consents_pages.pages,
    duplicates_pages.pages,
    cases_pages.pages,
    case_papers.pages,
    tasks_pages.pages,
    appointments_pages.pages,
    roster_pages.pages,
    departure_pages.pages,
    lift_pages.pages,
    task_pages.pages,
    messages_pages.pages,
    cards_pages.pages,
    statuses_pages.pages,
    strain_pages.pages,
    week_pages.pages,
    calendars_api.api,
    calendars_pages.pages,
    casework_pages.pages,
    casework_notes.pages,
    logs_pages.pages,
    incidents_pages.pages,
    complaints_pages.pages,
    holds_pages.pages,
    upkeep_pages.pages,
    our_house_pages.pages,
    pulses_pages.pages,
    voices_pages.pages,
    records_pages.pages,
    documents_pages.pages,
    evidence_pages.pages,
    my_papers.pages,
    crises_pages.pages,
    packs_pages.pages,
    placements_pages.pages,
    group_move_pages.pages,
    house_pages.pages,
    sponsorship_pages.pages,
    ending_pages.pages,
    sponsors_pages.pages,
    driver_pages.pages,
    sponsor_member_pages.pages,
    applications_pages.pages,
    judging_pages.pages,
    funds_pages.pages,
    reports_pages.pages,
    fund_forms.pages,
    fund_entry_pages.pages,
    milestones_pages.pages,
    operations_pages.looks,
    operations_pages.pages,
)
