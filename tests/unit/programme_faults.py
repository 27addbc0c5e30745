"""Ways to spoil a programme file: the file, the text to replace, and what must then be told."""

WAY = "catalogues/rqp-way-1.toml"
NZ = "catalogues/nz-1.toml"
CORS = "cors/2.toml"
QUOTA = "rqp/3.toml"

CASES = {
    "not TOML": (QUOTA, "[support]", "[support", "rqp/3.toml: is not readable as TOML"),
    "unknown key": (
        QUOTA, 'by = "provider"', 'bye = 1\nby = "provider"',
        "rqp/3.toml: support.bye: is not a key that stands here",
    ),
    "missing key": (
        QUOTA, "days = 730", "", "rqp/3.toml: support.days: is missing",
    ),
    "missing basis": (
        QUOTA, 'basis = "S37"\nreception', "reception", "rqp/3.toml: support.basis: is missing",
    ),
    "bad basis": (
        QUOTA, 'basis = "S37"\nreception', 'basis = "us"\nreception',
        'rqp/3.toml: support.basis: must be "default", or source ids such as "S37"',
    ),
    "unknown source": (
        QUOTA, 'basis = "S37"\nreception', 'basis = "S999"\nreception',
        "rqp/3.toml: basis: there is no source 'S999'",
    ),
    "number as text": (
        QUOTA, "days = 730", 'days = "730"',
        "rqp/3.toml: support.days: must be a whole number",
    ),
    "number as truth": (
        QUOTA, "days = 730", "days = true",
        "rqp/3.toml: support.days: must be a whole number",
    ),
    "text as number": (
        QUOTA, 'label = "RQP-2022"', "label = 1", "rqp/3.toml: label: must be a text",
    ),
    "date as text": (
        QUOTA, "from = 2022-07-01\nbasis", 'from = "2022-07-01"\nbasis',
        "rqp/3.toml: effective.from: must be a date such as 2022-07-01",
    ),
    "bad month": (
        QUOTA, 'starts = "07-01"', 'starts = "13-01"', "rqp/3.toml: year.starts: month must be",
    ),
    "not a month and day": (
        QUOTA, 'starts = "07-01"', 'starts = "July"',
        'rqp/3.toml: year.starts: must be a month and a day such as "07-01"',
    ),
    "unread number in place of a text": (
        QUOTA, 'starts = "07-01"', "starts = 7",
        "rqp/3.toml: year.starts: must be a text in quotation marks",
    ),
    "amount as text": (
        "us-wc/1.toml", "amount = 2425", 'amount = "2425"',
        "us-wc/1.toml: sponsors.funds.amount: must be an amount",
    ),
    "list as text": (
        QUOTA, 'codes = ["FULL"]', 'codes = "FULL"', "rqp/3.toml: approval.codes: must be a list",
    ),
    "table as number": (
        QUOTA, 'stream = "quota"', 'stream = "quota"\nintake = 3',
        "rqp/3.toml: intake: must be a table of keys and values",
    ),
    "unknown word": (
        QUOTA, 'mode = "listed"', 'mode = "somewhere"',
        "rqp/3.toml: locations.mode: 'somewhere' is not a known where; known are any, listed",
    ),
    "unknown fact": (
        CORS, '"house.ready"', '"house.redy"',
        "'house.redy' is not a known fact; did you mean 'house.ready'?",
    ),
    "path and code differ": (
        QUOTA, "version = 3", "version = 4",
        "rqp/3.toml: code: code and version must be those of the path",
    ),
    "path and code of a shared file differ": (
        NZ, "version = 1", "version = 2",
        "catalogues/nz-1.toml: code: code and version must be those of the path",
    ),
    "shared file not readable": (
        NZ, "[[party]]", "[[party", "rqp/3.toml: include: there is no catalogues/nz-1.toml",
    ),
    "include is no list": (
        QUOTA, 'include = ["core-1", "nz-1", "rqp-way-1"]', 'include = "core-1"',
        "rqp/3.toml: include: must be a list",
    ),
    "unknown include": (
        QUOTA, '"nz-1"', '"nz-7"',
        "rqp/3.toml: include: there is no catalogues/nz-7.toml that can be loaded",
    ),
    "move to an unknown stage": (
        WAY, '{ to = "SUPPORT_LIGHT", basis = "S42" }', '{ to = "LIMBO", basis = "S42" }',
        "catalogues/rqp-way-1.toml: household.stage.SUPPORT_ACTIVE.next: there is no stage 'LIMBO'",
    ),
    "unknown start": (
        WAY, 'start = ["UNHCR_IDENTIFIED", ', 'start = ["BIRTH", "UNHCR_IDENTIFIED", ',
        "household.start: there is no stage 'BIRTH'",
    ),
    "stage out of reach": (
        WAY, '{ to = "EXIT_REVIEW", basis', '{ to = "EXITED", basis',
        "household.stage.EXIT_REVIEW: cannot be reached from the start",
    ),
    "dead end": (
        WAY, '    { to = "SUPPORT_LIGHT", basis = "S42" },\n', "",
        "household.stage.SUPPORT_ACTIVE: is a dead end: not final, and without a way on",
    ),
    "dead side state": (
        WAY, 'returns = true\nasks = ["reason", "review_on"]', "",
        "household.side.ON_HOLD: is a dead end: not final, and without a way back or on",
    ),
    "side state from nowhere": (
        WAY, '"DECLINED", "WITHDRAWN"]', '"REFUSED", "WITHDRAWN"]',
        "household.side.REOPENED.from: there is no stage 'REFUSED'",
    ),
    "stage twice": (
        WAY, 'code = "SUBMITTED"', 'code = "RECEIVED"', "the stage 'RECEIVED' is there 2 times",
    ),
    "override of what is not needed": (
        WAY, 'may_override = ["house.ready"]', 'may_override = ["deed.signed"]',
        "household.stage.RECEPTION.next: deed.signed may be overridden, but the move does not need",
    ),
    "deadline without a basis": (
        WAY, 'leave_by_basis = "default"\n', "", "leave_by_basis: is missing: a source id",
    ),
    "silence without a basis": (
        WAY, 'silence_basis = "default"\n', "", "silence_basis: is missing: a source id",
    ),
    "unknown list of reasons": (
        WAY, 'reasons = "hold_reason"', 'reasons = "whims"',
        "side.ON_HOLD.reasons: there is no list 'whims'",
    ),
    "unknown checklist": (
        WAY, 'checklist = "house_ready"', 'checklist = "party_ready"',
        "stage.PLACED.checklist: there is no checklist 'party_ready'",
    ),
    "unknown domain": (
        NZ, 'code = "PRE-05"\ntitle = "House-ready checklist complete"\ndomain = "HOU"',
        'code = "PRE-05"\ntitle = "House-ready checklist complete"\ndomain = "FUN"',
        "catalogues/nz-1.toml: milestone.PRE-05.domain: there is no domain 'FUN'",
    ),
    "unknown age group": (
        NZ, 'for = ["school_age"]', 'for = ["teenager"]', "for: there is no age group 'teenager'",
    ),
    "household and people": (
        NZ, 'for = ["adult", "child"]', 'for = ["adult", "household"]',
        "is of the household or of people, not of both",
    ),
    "unknown party": (
        NZ, 'responsible = ["rhss"]', 'responsible = ["mayor"]',
        "milestone.REC-02.responsible: there is no party 'mayor'",
    ),
    "unknown anchor": (
        NZ, "placed - 1 day", "wedding - 1 day", "milestone[5].due[1]: must be a day such as",
    ),
    "no due day": (NZ, 'due = ["placed - 1 day"]', "due = []", "needs at least one day"),
    "anchor that a milestone has not": (
        NZ, "placed - 1 day", "entered - 1 day", "counts from entering a stage, which a milestone",
    ),
    "anchor that a household has not": (
        NZ, "placed - 1 day", "left_school - 1 day", "counts from leaving school, which only a per",
    ),
    "same day twice": (
        NZ, '"placed + 42 days", "placed + 182 days"', '"placed + 182 days", "placed + 182 days"',
        "milestone.HOU-04.due: the day 182 is there 2 times",
    ),
    "milestone twice": (
        NZ, 'code = "REC-02"', 'code = "REC-03"', "milestones: the code 'REC-03' is there 2 times",
    ),
    "waivable without a what-if": (
        NZ, 'instead_one_of = ["COMBINED_DECLARATION"]\n', "",
        "checklist.lodgement.birth_certificate: may be waived, but does not say what is then",
    ),
    "what-if without a waiver": (
        NZ, "waivable = true\n", "", "says what is needed instead, but may not be waived",
    ),
    "item twice": (
        NZ, 'code = "photos"', 'code = "application_form"',
        "checklist.lodgement: the item 'application_form' is there 2 times",
    ),
    "cap below its overflow": (
        "cors/1.toml", "overflow = 5", "overflow = 30",
        "cors/1.toml: cap.total.overflow: is 30, which is not less than the cap of 25",
    ),
    "overflow below nothing": (
        "cors/1.toml", "overflow = 5", "overflow = -1", "cap.total.overflow: may not be below 0",
    ),
    "cap of nobody": (
        "cors/1.toml", "persons = 25", "persons = 0", "cap.total.persons: must be more than 0",
    ),
    "cap of an unknown subcategory": (
        QUOTA, 'subcategories = ["EMG", "URG"]', 'subcategories = ["VIP"]',
        "cap.emergency.subcategories: there is no subcategory 'VIP'",
    ),
    "rule without its figures": (
        CORS, "to_age = 45\n", "", "eligibility.age.to_age: is missing, and a rule of kind age",
    ),
    "rule without years": (
        CORS, "work_years = 3\n", "", "eligibility.work.work_years: is missing",
    ),
    "rule without countries": (
        CORS, 'countries = ["TUR"]', "countries = []", "eligibility.country.countries: is missing",
    ),
    "ages the wrong way round": (
        CORS, "to_age = 45", "to_age = 17", "is below from_age, so that nobody could meet the rule",
    ),
    "unknown decline reason": (
        CORS, 'decline_reason = "NOT_ELIGIBLE_AGE"', 'decline_reason = "TOO_TALL"',
        "eligibility.age.decline_reason: there is no reason 'TOO_TALL'",
    ),
    "no support": (QUOTA, "days = 730", "days = 0", "support.days: must be more than 0"),
    "reception below nothing": (
        QUOTA, "reception_days = 35", "reception_days = -5",
        "support.reception_days: may not be below 0",
    ),
    "housing without a basis": (
        "uk-cs/1.toml", 'housing_basis = "S100"\n', "", "support.housing_basis: is missing",
    ),
    "unknown supporter": (
        QUOTA, 'by = "provider"', 'by = "mayor"', "support.by: there is no party 'mayor'",
    ),
    "unknown absent party": (
        QUOTA, 'without = ["sponsor"', 'without = ["mayor"', "support.without: there is no party",
    ),
    "report from a stage": (
        CORS, 'due = "arrived + 14 days"', 'due = "entered + 14 days"',
        "report.REP-014.due: must count from arrived or placed",
    ),
    "deadline of an unknown stage": (
        CORS, 'stage = "RELOCATED"', 'stage = "GONE"',
        "deadline.RELOCATION_DECISION.stage: there is no stage 'GONE'",
    ),
    "period backwards": (
        CORS, "to = 2024-06-30", "to = 2020-06-30", "intake.to: is before the first day",
    ),
    "overlapping versions": (
        "rqp/2.toml", "to = 2022-06-30", "to = 2022-07-01",
        "rqp/3.toml: effective: overlaps the period of version 2",
    ),
    "unknown location": (
        "cors/1.toml", 'excluded = ["AKL"]', 'excluded = ["SYD"]',
        "locations.excluded: there is no location 'SYD'",
    ),
    "unknown framework": (
        QUOTA, 'framework = "NZRRS-2023"', 'framework = "NZRRS-1999"',
        "outcomes.framework: there is no framework 'NZRRS-1999'",
    ),
    "same label": (
        "uk-cs/1.toml", 'label = "UK-CS"', 'label = "us-wc"',
        "us-wc/1.toml: label: 'US-WC' is the label of uk-cs/1.toml too",
    ),
    "unreadable lists": (
        "../lists/holidays.toml", "[[region]]", "[[region", "lists/holidays.toml: is not readable",
    ),
    "unreadable places": (
        "../lists/settlement_locations.toml", "[[location]]", "[[location",
        "lists/settlement_locations.toml: is not readable",
    ),
    "unreadable code lists": (
        "../lists/programmes.toml", "[[list]]", "[[list", "lists/programmes.toml: is not readable",
    ),
    "unreadable sources": ("sources.toml", "[sources]", "[sources", "sources.toml: is not read"),
}  # fmt: skip
