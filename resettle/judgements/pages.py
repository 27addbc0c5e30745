"""Pages of the evaluation record: all criteria on one page, and judging one of them."""

from dataclasses import asdict
from typing import Any

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.judgements import queries, schemas, service
from resettle.judgements.acts import Judge
from resettle.judgements.definition import Criteria
from resettle.judgements.rules import Kind
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("judgements", __name__, template_folder="templates")

Shown = dict[str, Any]
KINDS = {
    Kind.INDICATOR.value: "Indicator",
    Kind.SURVEY.value: "Survey",
    Kind.INTERVIEW.value: "Interview",
    Kind.REPORT.value: "Report",
}


@pages.page(
    "/evaluation/record",
    permission=Permission.JUDGEMENT_READ,
    template="judgements/record.html",
    filters=schemas.RecordWantedSchema(),
)
def record(uow: UnitOfWork, wanted: schemas.RecordWanted) -> Shown:
    """Tell on one page how the trial is judged, and why."""
    lines = schemas.LineShape().many_of(uow, queries.record(uow, wanted.programme))
    catalogue, criteria = uow.use(Catalogue), uow.use(Criteria)
    return {
        "lines": lines,
        "programme": wanted.programme,
        "title": catalogue.versions(wanted.programme)[-1].title,
        "programmes": [(code, catalogue.versions(code)[-1].title) for code in catalogue.codes],
        "ratings": criteria.ratings,
        "confidence": criteria.confidence,
        "kinds": KINDS,
        "called": queries.called(uow),
        "may_judge": uow.allows(Permission.JUDGEMENT_MAKE),
        "judged": sum(bool(line["judgements"]) for line in lines),
    }


@pages.form(
    "/evaluation/record/<string:code>/judge",
    permission=Permission.JUDGEMENT_MAKE,
    schema=schemas.JudgedOnPageSchema(),
    template="judgements/judge.html",
)
def judge(uow: UnitOfWork, form: Form, code: str) -> Shown | Led:
    """Judge one criterion, on evidence."""
    criterion = queries.criterion(uow, code)
    if form.command:
        service.judge(uow, Judge(criterion=code, **asdict(form.command)))
        message = "It is judged. What was judged before stays below it."
        return Go(".record", message=message, programme=form.command.programme)
    criteria, catalogue = uow.use(Criteria), uow.use(Catalogue)
    return {
        "criterion": schemas.CriterionShape().one(uow, criterion),
        "ratings": [*criteria.ratings.items()],
        "confidence": [*criteria.confidence.items()],
        "programmes": [(each, catalogue.versions(each)[-1].title) for each in catalogue.codes],
        "known": {kind.value: sorted(codes) for kind, codes in service.known(uow).items()},
    }
