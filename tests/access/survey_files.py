"""Surveys of the planted world: each person is asked, and has answered before; lists taken out."""

from datetime import date, timedelta
from uuid import UUID

from resettle.accounts.models import UserAccount
from resettle.core.work import UnitOfWork
from resettle.exports.models import ListExport
from resettle.exports.rules import Format, State
from resettle.households.models import Household, Person
from resettle.runs.models import ReportRun
from resettle.runs.rules import RunState
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience
from tests.access.canaries import Canaries

FROM, UNTIL = date(2026, 3, 1), date(2026, 4, 15)


def asked(uow: UnitOfWork, household: Household, person: Person) -> UUID:
    whom = {"household_id": household.id, "person_id": person.id, "audience": Audience.FAMILY}
    at = {"point_days": 90, "edition": 1}
    invitation = SurveyInvitation(
        **whom, **at, language="ar", opens_on=FROM, closes_on=UNTIL, token_hash=str(person.id)
    )
    uow.add(invitation)
    answer = SurveyAnswer(
        **whom,
        **at,
        invitation_id=invitation.id,
        question="of an earlier edition",
        score=4,
        answered_on=FROM,
    )
    uow.add(answer)
    return invitation.id


def taken(uow: UnitOfWork, canaries: Canaries, name: str, user_id: UUID) -> UUID:
    """Let somebody have taken a list, which is open to be saved."""
    export = ListExport(
        user_id=user_id, dataset="households", columns=["reference"], format=Format.CSV
    )
    export.state, export.downloads = State.READY, 0
    export.ready_until = export.opened_until = uow.now + timedelta(hours=24)
    id_: UUID = uow.add(canaries.fill(export, f"user:{name}")).id
    return id_


def reported(uow: UnitOfWork) -> dict[str, UUID]:
    """Let a report have been put together."""
    somebody = uow.first(uow.select(UserAccount))
    assert somebody is not None
    run = ReportRun(report="quarterly", audience="ministry", title="Quarterly report")
    run.asked_by, run.asked_at, run.state = somebody.id, uow.now, RunState.READY
    run.told, run.pdf = {"sections": []}, b"%PDF-"
    run.confirmed_at = uow.now
    return {"report_run_id": uow.add(run).id}
