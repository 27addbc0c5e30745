"""Pages on what a case is judged by: what is known, the checks, the decision, the checklists."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.cases import eligibility, judging, queries, schemas, service, shapes
from resettle.cases.models import Mode, ResettlementCase, Source
from resettle.cases.papers import CheckKind, ChecklistItem, DecisionKind, ItemStatus
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("case_papers", __name__, template_folder="templates")

Shown = dict[str, Any]
Options = Sequence[tuple[str, str]]
CASE = "/cases/<uuid:case_id>"
HERE = "NZL"
CHECKS = {
    CheckKind.HEALTH: "Health",
    CheckKind.CHARACTER_SECURITY: "Character and security",
    CheckKind.RISK: "Risk",
    CheckKind.SETTLEMENT: "Settlement",
}
RESULTS = [("clear", "Clear"), ("concern", "A concern")]
MODES = [(Mode.MISSION.value, "On a selection mission"), (Mode.DOSSIER.value, "On papers alone")]
SOURCES = [(source.value, source.value.upper()) for source in Source]
DECISIONS = [(kind.value, plain(kind.value)) for kind in DecisionKind]
ANSWERS = [(status.value, plain(status.value)) for status in ItemStatus]
YES_NO = [("true", "Yes"), ("false", "No")]


@pages.form(
    "/households/<uuid:household_id>/cases/new",
    permission=Permission.CASE_OPEN,
    schema=schemas.OpenCaseSchema(),
    template="cases/open.html",
)
def open_case(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Open a case in the programme version in force."""
    if form.command:
        service.open_case(uow, household_id, form.command)
        return Go("household_file.show", message="The case is open.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.CASE_OPEN)
    catalogue = uow.use(Catalogue)
    here = [p for p in catalogue.programmes.values() if p.country == HERE]
    return {
        "reference": household.reference,
        "household_id": household.id,
        "programme_code": household.programme_code,
        "programmes": [(p.code, p.title) for p in here if p.effective.covers(uow.today)],
        "sources": SOURCES,
        "routes": _plain({route for p in here for route in p.routes.codes}),
        "today": uow.today,
    }


def _plain(listed: set[str]) -> Options:
    return [(code, plain(code)) for code in sorted(listed)]


@pages.form(
    CASE + "/facts",
    permission=Permission.CASE_MOVE,
    schema=schemas.ChangeCaseSchema(),
    template="cases/facts.html",
)
def facts(uow: UnitOfWork, form: Form, case_id: UUID) -> Shown | Led:
    """Record what has become known of a case; what is left empty stays as it is."""
    if form.command:
        case = service.change_case(uow, case_id, form.command)
        return Go("household_file.show", message="It is recorded.", household_id=case.household_id)
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_MOVE)
    programme = queries.programme_of(uow, case)
    subcategories = programme.subcategories.codes if programme.subcategories else ()
    outcomes = uow.use(Catalogue).lists["relocation_outcome"].items
    return {
        **_of(uow, case),
        "known": shapes.CaseShape().one(uow, case),
        "modes": MODES,
        "subcategories": _plain({*subcategories}),
        "outcomes": [(item.code, item.title) for item in outcomes],
    }


@pages.page(CASE + "/judgement", permission=Permission.CASE_DECIDE, template="cases/judgement.html")
def judgement(uow: UnitOfWork, case_id: UUID) -> Shown:
    """Show what a case is judged by, and what was decided."""
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_DECIDE)
    found = shapes.CheckShape().many_of(uow, queries.checks(uow, case.id))
    results = {check["kind"]: check for check in found}
    return {
        **_of(uow, case),
        "checks": [(kind.value, title, results.get(kind)) for kind, title in CHECKS.items()],
        "decisions": shapes.DecisionShape().many_of(uow, queries.decisions(uow, case.id)),
        "eligibility": shapes.EligibilityShape().one(uow, eligibility.of_case(uow, case)),
    }


@pages.form(
    CASE + "/checks/<string:kind>",
    permission=Permission.CASE_DECIDE,
    schema=schemas.RecordCheckSchema(),
    template="cases/check.html",
)
def check(uow: UnitOfWork, form: Form, case_id: UUID, kind: str) -> Shown | Led:
    """Record what came of one check."""
    if kind not in {known.value for known in CheckKind}:
        raise NotFound("There is no such check.")
    if form.command:
        judging.record_check(uow, case_id, CheckKind(kind), form.command)
        return _to_judgement(case_id, "The check is recorded.")
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_DECIDE)
    return {**_of(uow, case), "title": CHECKS[CheckKind(kind)], "results": RESULTS}


@pages.form(
    CASE + "/decision",
    permission=Permission.CASE_DECIDE,
    schema=schemas.RecordDecisionSchema(),
    template="cases/decision.html",
)
def decision(uow: UnitOfWork, form: Form, case_id: UUID) -> Shown | Led:
    """Record what was decided of a case."""
    if form.command:
        judging.decide(uow, case_id, form.command)
        return _to_judgement(case_id, "The decision is recorded.")
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_DECIDE)
    reasons = uow.use(Catalogue).lists[judging.DECLINE_REASONS].items
    return {
        **_of(uow, case),
        "decisions": DECISIONS,
        "reasons": [(item.code, item.title) for item in reasons],
    }


@pages.form(
    CASE + "/applicant",
    permission=Permission.CASE_MOVE,
    schema=schemas.RecordApplicantSchema(),
    template="cases/applicant.html",
)
def applicant(uow: UnitOfWork, form: Form, case_id: UUID) -> Shown | Led:
    """Record what is known of the principal applicant, for the rules."""
    if form.command:
        judging.record_applicant(uow, case_id, form.command)
        return _to_judgement(case_id, "It is recorded.")
    case = uow.get(ResettlementCase, case_id, to=Permission.ELIGIBILITY_READ)
    known = shapes.ApplicantShape().one(uow, eligibility.known_of_applicant(uow, case.id))
    return {**_of(uow, case), "known": known, "version": known["version"], "yes_no": YES_NO}


@pages.page(CASE + "/checklist", permission=Permission.CASE_READ, template="cases/checklist.html")
def checklist(uow: UnitOfWork, case_id: UUID) -> Shown:
    """Show every line of a case's checklists, by list."""
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_READ)
    lines = shapes.ChecklistShape().many_of(uow, queries.checklist(uow, case))
    programme = queries.programme_of(uow, case)
    codes = dict.fromkeys(line["list_code"] for line in lines)
    return {
        **_of(uow, case),
        "names": {m.person_id: m.person.name for m in members(uow, case.household_id)},
        "checklists": [
            (programme.checklist(code).title, [x for x in lines if x["list_code"] == code])
            for code in codes
        ],
    }


@pages.form(
    CASE + "/checklist/<uuid:item_id>",
    permission=Permission.CHECKLIST_RECORD,
    schema=schemas.AnswerItemSchema(),
    template="cases/line.html",
)
def line(uow: UnitOfWork, form: Form, case_id: UUID, item_id: UUID) -> Shown | Led:
    """Answer one line of a checklist."""
    if form.command:
        judging.answer_item(uow, case_id, item_id, form.command)
        return Go("case_papers.checklist", message="The line is answered.", case_id=case_id)
    case = uow.get(ResettlementCase, case_id, to=Permission.CHECKLIST_RECORD)
    item = uow.get(ChecklistItem, item_id, to=Permission.CHECKLIST_RECORD)
    if item.case_id != case.id:
        raise NotFound("There is no such line in this case.")
    told = queries.line_of(queries.programme_of(uow, case), item)
    shown = shapes.ChecklistShape().one(uow, told)
    return {
        **_of(uow, case),
        "version": shown["version"],
        "line": shown,
        "answers": [answer for answer in ANSWERS if _may(shown, answer[0])],
        "instead": _plain({*shown["instead_one_of"]}),
    }


def _may(line: Shown, answer: str) -> bool:
    needs = {"waived": line["waivable"], "to_follow": line["may_follow"]}
    return bool(needs.get(answer, True))


def _of(uow: UnitOfWork, case: ResettlementCase) -> Shown:
    household = uow.get(Household, case.household_id, to=Permission.CASE_READ)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "case_id": case.id,
        "version": case.version,
        "today": uow.today,
    }


def _to_judgement(case_id: UUID, message: str) -> Led:
    return Go("case_papers.judgement", message=message, case_id=case_id)
