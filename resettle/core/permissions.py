"""Every act that a role may be granted, by name. The same string is the audit's action."""

from enum import StrEnum


class Permission(StrEnum):
    # Accounts
    ACCOUNT_OWN = "account:own"  # one's own password and sessions
    API_OWN = "api:own"  # one's own tokens, with which programs ask
    LINK_MAKE = "link:make"  # a one-time link, for one person of a household
    LINK_READ = "link:read"  # that there are links; never what opens them
    LINK_REVOKE = "link:revoke"
    DRAFT_OWN = "draft:own"  # what one has begun to write and not sent
    USER_READ = "user:read"
    USER_INVITE = "user:invite"
    USER_DEACTIVATE = "user:deactivate"
    ROLE_GRANT = "role:grant"
    DUTY_GRANT = "duty:grant"
    SESSION_END_ANY = "session:end-any"

    # Programmes
    PROGRAMME_READ = "programme:read"

    # Households and people
    HOUSEHOLD_READ = "household:read"
    HOUSEHOLD_OURS = "household:ours"  # the page of a sponsor group
    HOUSEHOLD_MINE = "household:mine"  # the page of a household’s own people
    HOUSEHOLD_CREATE = "household:create"
    HOUSEHOLD_UPDATE = "household:update"
    HOUSEHOLD_CHANGE = "household:change"  # a birth, an arrival, somebody leaves
    PERSON_READ = "person:read"
    PERSON_UPDATE = "person:update"
    LOCATION_READ = "location:read"
    LOCATION_UPDATE = "location:update"
    ORIGIN_READ = "origin:read"
    HEALTH_READ = "health:read"
    PROTECTION_READ = "protection:read"
    NEED_READ = "need:read"
    NEED_RECORD = "need:record"
    STATUS_READ = "status:read"
    STATUS_RECORD = "status:record"
    RELATIVE_READ = "relative:read"
    CONSENT_READ = "consent:read"
    CONSENT_RECORD = "consent:record"
    CONSENT_WITHDRAW = "consent:withdraw"
    DUPLICATE_READ = "duplicate:read"
    DUPLICATE_DECIDE = "duplicate:decide"
    SEARCH_FIND = "search:find"
    PERSON_MERGE = "person:merge"

    # Sponsor groups
    GROUP_READ = "group:read"
    GROUP_CREATE = "group:create"
    GROUP_UPDATE = "group:update"
    GROUP_MOVE = "group:move"
    MEMBER_READ = "member:read"
    MEMBER_ADD = "member:add"
    MEMBER_CONFIRM = "member:confirm"
    MEMBER_CAR = "member:car"  # a licence, and seats
    VETTING_RECORD = "vetting:record"
    DEED_SIGN = "deed:sign"
    APPLICATION_READ = "application:read"
    APPLICATION_WRITE = "application:write"
    APPLICATION_ASSESS = "application:assess"
    EVIDENCE_READ = "evidence:read"  # papers that a group sends with its application
    EVIDENCE_FILE = "evidence:file"
    REPORT_READ = "report:read"
    REPORT_OPEN = "report:open"  # what was submitted, and what was answered
    REPORT_WRITE = "report:write"
    REPORT_REVIEW = "report:review"
    REPORT_FAMILY = "report:family"  # the family’s own word, apart from the group’s
    FUNDS_TOTALS = "funds:totals"  # a group’s money in sums
    FUNDS_READ = "funds:read"  # entry by entry
    FUNDS_RECORD = "funds:record"
    FUNDS_CLAIM = "funds:claim"  # what one has spent oneself
    FUNDS_APPROVE = "funds:approve"  # never what one has spent or recorded

    # Cases
    CASE_READ = "case:read"
    CASE_OPEN = "case:open"
    CASE_MOVE = "case:move"
    CASE_OVERRIDE = "case:override"
    CASE_HOLD = "case:hold"
    CASE_HOLD_MANY = "case:hold-many"
    CASE_DECIDE = "case:decide"
    CASE_ASSIGN = "case:assign"
    PROVIDER_CHANGE = "provider:change"  # all households of a place, by file number
    TEAM_LEAD = "team:lead"  # who has what, by file number; to put it into other hands
    ABSENCE_PLAN = "absence:plan"  # one's own leave, and who stands in
    CHECKLIST_RECORD = "checklist:record"
    ELIGIBILITY_READ = "eligibility:read"

    # What families say
    VOICE_SPEAK = "voice:speak"  # for oneself: is it right, what is wrong; read by caseworkers
    VOICE_ANSWER = "voice:answer"
    RECORD_OWN = "record:own"  # a copy of what is held about oneself

    # Placements and sponsorships
    DWELLING_READ = "dwelling:read"
    DWELLING_RECORD = "dwelling:record"
    HOUSE_READ = "house:read"  # how ready a house is, who has looked, and what its group reported
    HOUSE_PREPARE = "house:prepare"  # a group looks, takes photos, reports defects
    HOUSE_FOLLOW = "house:follow"  # how far it is with a defect
    PLACEMENT_READ = "placement:read"
    PLACEMENT_MAKE = "placement:make"
    PLACEMENT_END = "placement:end"
    SPONSORSHIP_READ = "sponsorship:read"
    SPONSORSHIP_PROPOSE = "sponsorship:propose"
    SPONSORSHIP_ACCEPT = "sponsorship:accept"
    SPONSORSHIP_ANSWER = "sponsorship:answer"  # each adult of the household, for themselves
    SPONSORSHIP_CONFIRM = "sponsorship:confirm"
    SPONSORSHIP_SUSPEND = "sponsorship:suspend"
    SPONSORSHIP_END = "sponsorship:end"

    # Which place for which household
    PLACE_READ = "place:read"
    PLACE_KEEP = "place:keep"  # what a place offers, from when to when
    WISH_READ = "placement-wish:read"  # what a household needs and wishes of a place
    WISH_RECORD = "placement-wish:record"
    EXCLUSION_RECORD = "place-exclusion:record"  # where a household must never live
    MATCH_READ = "match:read"  # runs, with households by file number
    MATCH_RUN = "match:run"
    MATCH_FIGURES = "match:figures"  # how fairly places are given, in protected numbers
    MATCH_RULE = "match:rule"  # to pin, forbid or lock; to take a place and give it back
    PLACE_DECIDE = "place:decide"  # which place a household is offered
    PLACE_DECISION_READ = "place-decision:read"  # with what was known then

    # Casework
    NOTE_READ = "note:read"
    NOTE_WRITE = "note:write"
    NOTE_AMEND = "note:amend"
    NOTE_SHARE = "note:share"  # a text of its own, with the household and its sponsor group
    SHARED_NOTE_READ = "shared-note:read"
    SHARED_NOTE_WRITE = "shared-note:write"  # an entry of one’s own in the log
    TASK_READ = "task:read"
    TASK_WRITE = "task:write"
    CALENDAR_READ = "calendar:read"
    CALENDAR_FEED = "calendar:feed"  # one's own
    APPOINTMENT_READ = "appointment:read"
    APPOINTMENT_WRITE = "appointment:write"
    INCIDENT_READ = "incident:read"
    INCIDENT_REPORT = "incident:report"
    INCIDENT_UPDATE = "incident:update"
    INCIDENT_CLOSE = "incident:close"
    COMPLAINT_CREATE = "complaint:create"
    COMPLAINT_READ = "complaint:read"  # never what is about oneself
    COMPLAINT_DECIDE = "complaint:decide"
    CRISIS_READ = "crisis:read"
    CRISIS_RAISE = "crisis:raise"
    TIMELINE_READ = "timeline:read"

    # The roster of a sponsor group
    ROSTER_READ = "roster:read"
    ROSTER_WRITE = "roster:write"
    ROSTER_LEAD = "roster:lead"  # to ask others, and to say that nobody came
    ROSTER_ASK = "roster:ask"  # for a lift to an appointment
    GROUP_TASK_READ = "group-task:read"
    GROUP_TASK_WRITE = "group-task:write"
    UPDATE_READ = "sponsor-update:read"
    UPDATE_SEND = "sponsor-update:send"
    UPDATE_CLOSE = "sponsor-update:close"  # to say that it was read
    STRAIN_READ = "group-strain:read"
    SUPERVISION_READ = "supervision-note:read"
    SUPERVISION_WRITE = "supervision-note:write"
    PULSE_ANSWER = "pulse:answer"  # how it goes for oneself; nobody reads it, it is counted
    GROUP_MESSAGE_READ = "group-message:read"
    GROUP_MESSAGE_SEND = "group-message:send"
    GROUP_MESSAGE_DISMISS = "group-message:dismiss"  # having read it
    CARD_READ = "contact-card:read"
    CARD_WRITE = "contact-card:write"
    THREAD_READ = "thread:read"
    THREAD_WRITE = "thread:write"

    # The day
    QUEUE_READ = "queue:read"
    QUEUE_ACT = "queue:act"  # done, later, somebody else’s

    # Documents
    DOCUMENT_READ = "document:read"  # that there is one, and what is known of it
    DOCUMENT_OPEN = "document:open"  # its content
    DOCUMENT_FILE = "document:file"
    DOCUMENT_BRING = "document:bring"  # a paper of one’s own, or of one’s child
    DOCUMENT_CLASSIFY = "document:classify"
    DOCUMENT_REMOVE = "document:remove"

    # Files on paper
    EXPORT_REQUEST = "export:request"  # a household’s file, printed or as a pack
    EXPORT_DOWNLOAD = "export:download"

    # Milestones
    MILESTONE_READ = "milestone:read"
    MILESTONE_RECORD = "milestone:record"
    MILESTONE_WAIVE = "milestone:waive"
    ANCHOR_MOVE = "anchor:move"  # the day of arrival or placement, and all that hangs on it

    # Plans
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    PLAN_SAY = "plan:say"  # a goal of one's own, in one's own words
    PLAN_RATE = "plan:rate"  # how the family itself sees it
    PLAN_PROGRESS = "plan:progress"
    PLAN_STEP = "plan:step"  # how far a step is that is one’s own side’s
    PLAN_LET_GO = "plan:let-go"  # who takes over what, and what the family does by itself
    REFERRAL_READ = "referral:read"
    REFERRAL_WRITE = "referral:write"

    # Reminders
    REMINDER_OWN = "reminder:own"  # one’s own, and how one wants them

    # Views of the caseload
    VIEW_OWN = "view:own"  # one’s own

    # Import
    IMPORT_CHECK = "import:check"
    IMPORT_COMMIT = "import:commit"
    IMPORT_READ = "import:read"

    # Surveys
    SURVEY_INVITE = "survey:invite"  # that somebody is asked; never what they answered
    SURVEY_ANSWER = "survey:answer"  # for oneself, and to read again what one answered
    SURVEY_RESULTS = "survey:results"  # in numbers, small groups hidden

    # The evaluation record, and lists that are taken out
    JUDGEMENT_READ = "judgement:read"
    JUDGEMENT_MAKE = "judgement:make"
    RUN_READ = "report-run:read"
    RUN_MAKE = "report-run:make"
    QUALITY_READ = "data-quality:read"  # one's own files, or numbers of households
    LIST_EXPORT = "list:export"  # what one may see, for a purpose, on record

    # Programme figures
    PIPELINE_READ = "pipeline:read"
    INDICATOR_READ = "indicator:read"
    RELEASE_READ = "release:read"  # figures that left the team, small groups protected
    RELEASE_MAKE = "release:make"
    RELEASE_CONFIRM = "release:confirm"  # as a second person

    # Trail and machinery
    WHO_SAW = "audit:who-saw"
    AUDIT_SEARCH = "audit:search"
    AUDIT_VERIFY = "audit:verify"
    JOB_READ = "job:read"
