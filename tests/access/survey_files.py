"""The surveys of the planted world: each person is asked, and has answered one question before."""

from datetime import date
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience

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
