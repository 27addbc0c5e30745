"""The menu of each role: the ways that it finds on every page, in their order."""

from resettle.core.actor import Role
from resettle.web.frame import Navigation

FAMILY_WAYS = [
    ("My household", "my_household.show_mine"),
    ("Complaints", "complaints.index"),
    ("My surveys", "surveys.mine"),
]

NAVIGATION: Navigation = {
    Role.CASEWORKER: [
        ("Today", "day.today"),
        ("My households", "desk.caseload"),
        ("Record contact", "notes.choose"),
        ("Team", "team.board"),
        ("Tasks", "tasks.mine"),
        ("Calendar", "calendars.calendar"),
        ("Reminders", "reminders.index"),
        ("Duplicates", "duplicates.index"),
        ("Crisis flags", "crises.index"),
        ("Imports", "imports.index"),
        ("Data quality", "quality.found"),
        ("Lists", "exports.index"),
        ("Places", "places.index"),
        ("Proposal board", "board.index"),
    ],
    Role.SPONSOR_MEMBER: [
        ("Our week", "week.show"),
        ("Our household", "our_household.show"),
        ("Our group", "sponsor_groups.index"),
        ("Reports", "reports.index"),
        ("My surveys", "surveys.mine"),
        ("Reminders", "reminders.index"),
    ],
    Role.SPONSOR_COORDINATOR: [
        ("Our week", "week.show"),
        ("Our household", "our_household.show"),
        ("Our group", "sponsor_groups.index"),
        ("Reports", "reports.index"),
        ("My surveys", "surveys.mine"),
        ("Reminders", "reminders.index"),
    ],
    Role.HOUSEHOLD_PERSON: FAMILY_WAYS,
    Role.PROGRAMME_MANAGER: [
        ("Pipeline", "evaluation.pipeline"),
        ("Figures", "releases.index"),
        ("Team", "team.board"),
        ("Surveys", "surveys.told"),
        ("Data quality", "quality.found"),
        ("Evaluation record", "judgements.record"),
        ("Report runs", "runs.index"),
        ("Lists", "exports.index"),
        ("Sponsor groups", "sponsor_groups.index"),
        ("Providers", "providers.change"),
        ("Places", "places.index"),
        ("Reports", "reports.index"),
        ("Complaints", "complaints.index"),
        ("Crisis flags", "crises.index"),
        ("Users", "accounts.users"),
        ("Reminders", "reminders.index"),
    ],
    Role.ADMINISTRATOR: [
        ("Users", "accounts.users"),
        ("Jobs", "operations.jobs"),
        ("Trail", "operations.verification"),
    ],
    Role.AUDITOR: [
        ("Audit", "operations.audit"),
        ("Verify", "operations.verification"),
        ("Surveys", "surveys.told"),
        ("Figures", "releases.index"),
        ("Evaluation record", "judgements.record"),
        ("Report runs", "runs.index"),
    ],
    Role.EVALUATOR: [
        ("Figures", "releases.index"),
        ("Surveys", "surveys.told"),
        ("Evaluation record", "judgements.record"),
        ("Report runs", "runs.index"),
    ],
}
