"""Surveys over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.surveys import queries, schemas, service, telling
from resettle.surveys.acts import AnswerSurvey, MakeSurveyLink
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.queries import PointSeen
from resettle.surveys.service import MadeSurveyLink
from resettle.surveys.telling import QuestionResult
from resettle.web.api import Api

api = Api("surveys_api", __name__, url_prefix="/api")
OF_PERSON = "/persons/<uuid:person_id>/surveys"
ANSWERS = "/surveys/<uuid:invitation_id>/answers"


@api.reads(OF_PERSON, permission=Permission.SURVEY_INVITE, returns=schemas.PointShape(), many=True)
def of_person(uow: UnitOfWork, person_id: UUID) -> Sequence[PointSeen]:
    """Tell which surveys a person is asked to answer when, and whether they did."""
    return queries.points_of(uow, person_id)


@api.does(
    "POST",
    OF_PERSON,
    permission=Permission.SURVEY_INVITE,
    body=schemas.MakeSurveyLinkSchema(),
    returns=schemas.MadeSurveyLinkShape(),
    status=201,
    replayed=False,  # what opens the link is kept nowhere
)
def make_link(uow: UnitOfWork, person_id: UUID, command: MakeSurveyLink) -> MadeSurveyLink:
    """Make a link to the survey that is open for a person now. It is told here, once."""
    return service.make_link(uow, person_id, command)


@api.reads(
    "/surveys", permission=Permission.SURVEY_ANSWER, returns=schemas.InvitationShape(), many=True
)
def own(uow: UnitOfWork) -> Sequence[SurveyInvitation]:
    """List the surveys that the reader was asked to answer."""
    return queries.own(uow)


@api.reads(ANSWERS, permission=Permission.SURVEY_ANSWER, returns=schemas.AnswerShape(), many=True)
def own_answers(uow: UnitOfWork, invitation_id: UUID) -> Sequence[SurveyAnswer]:
    """Give what the reader answered."""
    return queries.own_answers(uow, invitation_id)


@api.does(
    "POST",
    ANSWERS,
    permission=Permission.SURVEY_ANSWER,
    body=schemas.AnswerSurveySchema(),
    returns=schemas.InvitationShape(),
    status=201,
)
def answer(uow: UnitOfWork, invitation_id: UUID, command: AnswerSurvey) -> SurveyInvitation:
    """Answer the questions of one survey, once."""
    return service.answer(uow, invitation_id, command)


@api.reads(
    "/figures/surveys",
    permission=Permission.SURVEY_RESULTS,
    returns=schemas.QuestionResultShape(),
    many=True,
    filters=schemas.ResultsWantedSchema(),
)
def told(uow: UnitOfWork, wanted: schemas.ResultsWanted) -> Sequence[QuestionResult]:
    """Tell in numbers what families and sponsors answered, each apart."""
    return telling.results(uow, wanted.policy)
