"""What is on record of the trial: answers of families, a report, a list, the criteria judged."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from resettle.consents.models import ConsentEntry, Purpose
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.exports import service as exports
from resettle.exports.acts import AskExport
from resettle.households.models import Household, HouseholdMember, MemberRole
from resettle.judgements import service as judgements
from resettle.judgements.acts import Judge
from resettle.judgements.rules import Confidence
from resettle.releases import service as releases
from resettle.releases.models import ReleaseStatus
from resettle.runs import service as runs
from resettle.runs.acts import AskRun
from resettle.surveys import queries, telling
from resettle.surveys.acts import AskResults
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience, Way

PROGRAMME = "cors"
# How far each adult agrees, one after the other; nothing where they would rather not say.
SCORES: tuple[int | None, ...] = (5, 4, 4, 3, 5, 4, None, 2, 5, 4)
WHO_ANSWERS = (MemberRole.PRINCIPAL, MemberRole.PARTNER)
MEDIUM, LOW = Confidence.MEDIUM, Confidence.LOW
JUDGED: tuple[tuple[str, int, Confidence, str, dict[str, Any]], ...] = (
    (
        "C1",
        3,
        MEDIUM,
        "Who does what was clear from the agreement on. Two groups had too little time to prepare.",
        {
            "indicator": ["IND-MATCH-DAYS", "IND-REPORT-ONTIME"],
            "interview": ["SP-02", "SP-05", "MB-01"],
        },
    ),
    (
        "C2",
        3,
        MEDIUM,
        "Enough groups came forward in the cities, few in the towns. Declines had their reasons.",
        {"indicator": ["IND-REPEAT"], "interview": ["SP-01"], "report": ["Applications 2026"]},
    ),
    (
        "C3",
        2,
        MEDIUM,
        "Matches held. Groups would have liked to know earlier who comes and what is needed.",
        {"indicator": ["IND-WAIT-DAYS"], "survey": ["family:information", "sponsors:information"]},
    ),
    (
        "C4",
        3,
        MEDIUM,
        "Houses were ready in all cases but one, where a heater came late.",
        {"indicator": ["IND-READY"], "interview": ["SR-03"]},
    ),
    (
        "C5",
        4,
        MEDIUM,
        "Families describe the support as warm and as leaving decisions to them.",
        {"survey": ["family:respect", "family:own_decisions"], "interview": ["SR-01", "SR-07"]},
    ),
    (
        "C6",
        2,
        LOW,
        "Health and school were reached early. For work it is too early to say.",
        {"indicator": ["IND-GP-14d", "IND-SCH-14d", "IND-ENG-CLASS-30d"]},
    ),
    (
        "C7",
        3,
        LOW,
        "Groups report new ties in their towns; what others there think was not asked.",
        {"survey": ["family:belonging", "sponsors:again"]},
    ),
    (
        "C8",
        0,
        LOW,
        "Not assessable before a first sponsorship has ended by its plan.",
        {},
    ),
    (
        "C9",
        2,
        LOW,
        "Women were asked apart and answered. Too few disabled people took part to say more.",
        {"survey": ["family:satisfaction"], "interview": ["SR-04", "UN-02"]},
    ),
)


def keep(past: Past, people: Staff, today: date) -> None:
    """Let families answer, and the manager judge, report and take a list out."""
    with past.on(today - timedelta(days=2)) as uow:
        _answer(uow, today)
    manager, second = (people.actors[f"{name}@demo.test"] for name in ("manager", "panel"))
    _tell(past, today, manager, second)
    with past.on(today - timedelta(days=1), manager) as uow:
        _judge(uow)
        runs.ask(uow, AskRun(report="quarterly", audience="ministry"))
    with past.on(today, manager) as uow:
        exports.ask(uow, _list())


def _tell(past: Past, today: date, manager: Actor, second: Actor) -> None:
    """Tell what was answered, and let it go where enough answered."""
    with past.on(today - timedelta(days=1), manager) as uow:
        asked = telling.ask_all(uow, AskResults(audience="ministry"))
        uow.settle()
        made = [release.id for release in asked if release.status is ReleaseStatus.MADE]
    with past.on(today - timedelta(days=1), second) as uow:
        for release_id in made:
            releases.confirm(uow, release_id)


def _answer(uow: UnitOfWork, today: date) -> None:
    """Let adults who agreed to evaluation answer at each point that they have reached."""
    edition = queries.set_of(uow, Audience.FAMILY)
    for number, (household, person_id) in enumerate(_adults(uow)):
        for window in queries.windows_of(uow, household):
            if window.opens_on <= today - timedelta(days=7):
                invitation = SurveyInvitation(
                    household_id=household.id,
                    audience=Audience.FAMILY,
                    person_id=person_id,
                    point_days=window.point_days,
                    edition=edition.edition,
                    language=household.primary_language,
                    opens_on=window.opens_on,
                    closes_on=window.closes_on,
                    answered_at=uow.now,
                    way=Way.READ_OUT if number % 3 else Way.SELF,
                )
                uow.add(invitation)
                uow.session.add_all(_answers(invitation, edition.codes, number))


def _answers(invitation: SurveyInvitation, codes: list[str], number: int) -> Iterator[SurveyAnswer]:
    for place, code in enumerate(codes):
        yield SurveyAnswer(
            invitation_id=invitation.id,
            household_id=invitation.household_id,
            audience=invitation.audience,
            person_id=invitation.person_id,
            point_days=invitation.point_days,
            edition=invitation.edition,
            question=code,
            score=SCORES[(number + place) % len(SCORES)],
            answered_on=invitation.opens_on + timedelta(days=5),
        )


def _adults(uow: UnitOfWork) -> Iterator[tuple[Household, Any]]:
    member, said = HouseholdMember, ConsentEntry
    agreed = uow.subquery(said, said.person_id).where(said.purpose == Purpose.EVALUATION)
    query = (
        uow.columns(member, Household, member.person_id)
        .join(Household, Household.id == member.household_id)
        .where(
            member.role.in_(WHO_ANSWERS),
            member.left_on.is_(None),
            Household.arrived_on.is_not(None),
            member.person_id.in_(agreed),
        )
        .order_by(Household.reference, member.id)
    )
    for row in uow.rows(uow.touching(uow.along(query, Household), said)):
        yield row.Household, row.person_id


def _judge(uow: UnitOfWork) -> None:
    for criterion, rating, confidence, reasoning, evidence in JUDGED:
        judgements.judge(
            uow,
            Judge(
                programme=PROGRAMME,
                criterion=criterion,
                rating=rating,
                confidence=confidence,
                reasoning=reasoning,
                **evidence,
            ),
        )


def _list() -> AskExport:
    return AskExport(
        dataset="sponsor-groups",
        columns=["legal_name", "location", "status"],
        purpose="To plan the meeting of sponsor groups in the new year.",
        recipient="The umbrella organisation",
    )
