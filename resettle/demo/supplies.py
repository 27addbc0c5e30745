"""What a move still needs, done as people would do it: one act for each fact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from uuid import UUID

from resettle.cases import assigning, judging, queries, service
from resettle.cases.acts import (
    AnswerItem,
    AssignCaseworker,
    ChangeCase,
    RecordApplicant,
    RecordCheck,
    RecordDecision,
)
from resettle.cases.models import AssignmentKind, Mode, ResettlementCase
from resettle.cases.papers import CheckKind, DecisionKind, ItemStatus
from resettle.consents import service as consents
from resettle.consents.acts import RecordConsent
from resettle.consents.models import Item, Method, Purpose, RecipientType
from resettle.core.work import UnitOfWork
from resettle.demo import plans
from resettle.demo.moments import known
from resettle.households import service as households
from resettle.households.acts import ChangeHousehold
from resettle.households.models import Household
from resettle.placements import houses, sponsorships
from resettle.placements import queries as homes
from resettle.placements import service as placements
from resettle.placements.acts import (
    AnswerProposal,
    CheckedItem,
    CheckHouse,
    MakePlacement,
    ProposeSponsorship,
    RecordArrival,
    RecordDwelling,
)
from resettle.placements.check_lines import check_lines
from resettle.placements.models import AnswerMethod, CheckStatus, PlacementKind, Tenure
from resettle.programmes.facts import Fact

SHARED = (Item.PROFILE, Item.NAME, Item.PHONE, Item.ADDRESS, Item.BIRTH_DATE)
STREETS = ("Rimu Street", "Kōwhai Road", "Church Lane", "Tōtara Avenue", "Station Road")
INTERPRETER = "Interpreting New Zealand, no. 4471"


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds one household's way: where it goes, with whom, and the dice."""

    location: str
    caseworker_id: UUID
    group_id: UUID | None
    subcategory: str
    random: Random


Supply = Callable[[UnitOfWork, ResettlementCase, Around], None]


def change(**values: object) -> Supply:
    """Make a supply that writes down what became known of the case, days being that day."""

    def supply(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
        told = {name: uow.today if value is ... else value for name, value in values.items()}
        service.change_case(uow, case.id, ChangeCase(**told))  # type: ignore[arg-type]  # by name

    return supply


def applicant(**values: object) -> Supply:
    def supply(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
        told = {name: uow.today if value is ... else value for name, value in values.items()}
        judging.record_applicant(uow, case.id, RecordApplicant(**told))  # type: ignore[arg-type]  # by name

    return supply


def subcategory(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    service.change_case(uow, case.id, ChangeCase(subcategory=around.subcategory))


def year(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    first = uow.today.year if uow.today.month >= 7 else uow.today.year - 1  # noqa: PLR2004  # 1 July
    told = f"{first}/{(first + 1) % 100:02}"
    service.change_case(uow, case.id, ChangeCase(programme_year=told))


def lodgement(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    for item in queries.items(uow, case.id):
        if item.status is ItemStatus.OPEN:
            judging.answer_item(uow, case.id, item.id, AnswerItem(status=ItemStatus.MET))


def checks(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    for kind in CheckKind:
        judging.record_check(uow, case.id, kind, RecordCheck(checked_on=uow.today, result="clear"))


def approve(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    decision = RecordDecision(kind=DecisionKind.APPROVED, decided_on=uow.today)
    judging.decide(uow, case.id, decision)


def location(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    change_to = ChangeHousehold(location=around.location)
    households.change_household(uow, case.household_id, change_to)


def arrival(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    placements.record_arrival(uow, case.household_id, RecordArrival(uow.today))


def caseworker(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    command = AssignCaseworker(
        user_id=around.caseworker_id,
        kind=AssignmentKind.PRIMARY,
        from_on=uow.today,
        reason="Takes the household on.",
    )
    assigning.assign(uow, case.household_id, command)


def house(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    """Find a house, see that it has everything, and let the household move in."""
    number = around.random.randrange(2, 140)
    dwelling = houses.record_dwelling(
        uow,
        RecordDwelling(
            location=around.location,
            address=f"{number} {around.random.choice(STREETS)}",
            bedrooms=3,
            tenure=Tenure.PRIVATE_RENTAL,
            household_id=case.household_id,
            weekly_rent=str(around.random.randrange(380, 620, 10)),
            healthy_homes_seen=True,
            heating="heat pump",
        ),
    )
    household = known(uow, Household, case.household_id)
    lines = check_lines(uow, dwelling, household)
    seen = CheckHouse([CheckedItem(line.item_code, CheckStatus.OK) for line in lines])
    houses.check_house(uow, dwelling.id, seen)
    placements.place(
        uow,
        case.household_id,
        MakePlacement(
            kind=PlacementKind.SETTLED,
            start_on=uow.today,
            dwelling_id=dwelling.id,
            received_by="The welcome team",
            ends_current=True,
        ),
    )


def propose(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    assert around.group_id is not None
    assert case.route is not None
    command = ProposeSponsorship(around.group_id, case.route)
    sponsorships.propose(uow, case.household_id, command)


def accept(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    found = homes.open_sponsorship(uow, case.household_id)
    assert found is not None
    sponsorships.accept(uow, found.id)


def adults_agree(uow: UnitOfWork, case: ResettlementCase, _around: Around) -> None:
    found = homes.open_sponsorship(uow, case.household_id)
    assert found is not None
    for person_id in homes.asked_at_home(uow, case.household_id, uow.today):
        method = AnswerMethod.INTERPRETER_READ
        answer = AnswerProposal(
            person_id, agrees=True, method=method, answered_on=uow.today, interpreter=INTERPRETER
        )
        sponsorships.answer(uow, found.id, answer)


def share(uow: UnitOfWork, case: ResettlementCase, around: Around) -> None:
    """Let each adult agree to what the group may know; some keep their phone to themselves."""
    household = known(uow, Household, case.household_id)
    for person_id in homes.asked_at_home(uow, case.household_id, uow.today):
        for item in SHARED:
            if item is Item.PHONE and around.random.random() < 0.3:  # noqa: PLR2004  # some
                continue
            consent = RecordConsent(
                purpose=Purpose.SHARE_WITH_SPONSOR,
                item=item,
                recipient_type=RecipientType.SPONSOR_GROUP,
                recipient_id=around.group_id,
                method=Method.VERBAL_INTERPRETED,
                language=household.primary_language,
                interpreter=INTERPRETER,
                text_version="2024-1",
            )
            consents.record(uow, person_id, consent)


SUPPLIES: Mapping[Fact, Supply] = {
    Fact.TWO_CATEGORIES: change(category_1="LPN", category_2="FAM"),
    Fact.SUBCATEGORY: subcategory,
    Fact.PROGRAMME_YEAR: year,
    Fact.INTERVIEW_PLANNED: change(processing_mode=Mode.MISSION, interview_planned_on=...),
    Fact.INTERVIEW_HELD: change(
        interviewed_on=..., interviewer="Selection team 3", interview_interpreter=INTERPRETER
    ),
    Fact.LODGEMENT: lodgement,
    Fact.CHECKS: checks,
    Fact.APPROVED: approve,
    Fact.LOCATION: location,
    Fact.TRAVEL: change(travel_on=...),
    Fact.ARRIVAL: arrival,
    Fact.CASEWORKER: caseworker,
    Fact.PLAN_AGREED: lambda uow, case, around: plans.agree_settlement(
        uow, case.household_id, around.random
    ),
    Fact.EXIT_PLAN: lambda uow, case, _around: plans.agree_exit(uow, case),
    Fact.SUPPORT_OVER: change(early_exit_agreed_on=...),
    Fact.HOUSE_READY: house,
    Fact.HANDOVER: house,
    Fact.PLACEMENT: house,
    Fact.NOMINATION: change(nominated_on=...),
    Fact.INTEREST: change(eoi_received_on=...),
    Fact.ENGLISH: applicant(english_assessed_on=..., basic_english=True),
    Fact.MANDATE: applicant(mandate_confirmed=True),
    Fact.ELIGIBLE: applicant(work_years=6, other_category=False, region_accepted=True),
    Fact.PROPOSED: propose,
    Fact.ACCEPTED: accept,
    Fact.HOUSEHOLD_ACCEPTED: adults_agree,
    Fact.CONSENTS: share,
}
