"""What is sent about surveys, judgements and lists, and what must be so before."""

from collections.abc import Mapping

from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.work import UnitOfWork
from tests.access.acts import Act
from tests.access.arranged import Asking

SCORES = dict.fromkeys(("belonging", "information", "satisfaction", "respect", "own_decisions"), 4)


JUDGED = {
    "programme": "cors",
    "rating": 3,
    "confidence": "high",
    "reasoning": "Most were told enough.",
}
TAKEN = {"purpose": "A planning day", "recipient": "Rua Hemi, Nelson"}


def list_of_own(asking: Asking) -> Mapping[str, object]:
    """Name a list that whoever asks may take."""
    if asking.principal == "programme-manager":
        return {**TAKEN, "dataset": "sponsor-groups", "columns": ["legal_name"]}
    return {**TAKEN, "dataset": "households", "columns": ["reference"]}


def agreed(uow: UnitOfWork, asking: Asking) -> None:
    """Let the person agree to be asked."""
    uow.add(
        ConsentEntry(
            seq=9,
            person_id=asking.ids["person_id"],
            household_id=asking.ids["household_id"],
            purpose=Purpose.EVALUATION,
            item=Item.ALL,
            recipient_type=RecipientType.EVALUATION,
            decision=Decision.GIVE,
            method=Method.SIGNED,
            language="prs",
            text_version="2026-1",
            recorded_at=uow.now,
            valid_from=uow.now,
        )
    )


SURVEY_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", rule): act
    for rule, act in {
        "/api/persons/<uuid:person_id>/surveys": Act(lambda _: {"language": "ar"}, agreed),
        "/api/surveys/<uuid:invitation_id>/answers": Act(lambda _: {"scores": SCORES}, agreed),
        "/api/judgements": Act(lambda _: {**JUDGED, "criterion": "C3", "interview": ["SR-07"]}),
        "/evaluation/record/<string:code>/judge": Act(lambda _: {**JUDGED, "interview": "SR-07"}),
        "/api/report-runs": Act(lambda _: {"audience": "ministry"}),
        "/report-runs/new": Act(lambda _: {"audience": "ministry"}),
        "/api/report-runs/<uuid:report_run_id>/repetition": Act(),
        "/report-runs/<uuid:report_run_id>/repetition": Act(),
        "/api/report-runs/tabulations": Act(lambda _: {"records": "source\nx\n"}),
        "/api/exports": Act(list_of_own),
        "/api/exports/<uuid:export_id>/openings": Act(),
        "/exports/<uuid:export_id>/openings": Act(),
        "/exports/<string:dataset>/new": Act(lambda _: {**TAKEN, "columns": "reference"}),
        "/persons/<uuid:person_id>/surveys": Act(lambda _: {"language": "ar"}, agreed),
        "/surveys/<uuid:invitation_id>/answers": Act(
            lambda _: {f"score-{code}": str(score) for code, score in SCORES.items()}, agreed
        ),
    }.items()
}
