"""The whole invented world: staff, sponsor groups and households over all stages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from resettle.cases import assigning, service
from resettle.cases.acts import AssignCaseworker, HoldCase, MoveCase, OpenCase
from resettle.cases.models import AssignmentKind, ResettlementCase, Source
from resettle.core.actor import Actor
from resettle.core.work import Transactions
from resettle.demo import (
    advice,
    changes,
    daily,
    families,
    figures,
    filing,
    groups,
    ledgers,
    looks,
    own_words,
    placing,
    plans,
    readying,
    record,
    staff,
    team,
    turns,
    weeks,
    worries,
    writings,
)
from resettle.demo.journey import CORS_WAY, QUOTA_WAY, Way, travel, way_to
from resettle.demo.moments import Past, known
from resettle.demo.names import COMMUNITIES
from resettle.demo.supplies import Around, share
from resettle.households import service as households
from resettle.households.models import Household, Person, Stream
from resettle.households.queries import principal_of
from resettle.placements import queries as homes

SEED = 20181
LOCATIONS = ("CHC", "PMR", "NSN")
QUOTA_GAP, CORS_GAP = 32, 24
LAST_INTAKE = date(2024, 6, 28)
SUBCATEGORIES = ("PRO", "PRO", "WAR", "FAM", "MED")
SIDE_REASONS = {"INELIGIBLE": "NOT_ELIGIBLE_ENGLISH", "WITHDRAWN": "BY_HOUSEHOLD"}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One household to be: its stream, where it stands and since how many days, and whom it is."""

    stream: Stream
    target: str
    days: int
    number: int
    location: str
    ends: str | None = None


@dataclass
class World:
    """What is needed to put a household into the world."""

    past: Past
    staff: staff.Staff
    today: date
    ready_groups: dict[str, UUID] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(SEED))  # dice of a story

    def caseworker(self, location: str) -> Actor:
        here = [a for a in self.staff.caseworkers() if location in a.locations]
        return here[0] if here else next(self.staff.caseworkers())


def load(transactions: Transactions, tell: Tell, chosen: Sequence[Plan] = ()) -> None:
    """Put the whole world, or the households named, into an empty database. Tells how far it is."""
    past = Past(transactions)
    today = transactions.clock().date()
    with past.on(groups.FOUNDED - timedelta(days=40)) as uow:
        people = staff.open_accounts(uow)
    world = World(past, people, today)
    tell("10 users, and now 18 sponsor groups")
    world.ready_groups = dict(groups.found_all(past, people, today))
    chosen = chosen or [*households_planned()]
    for number, plan in enumerate(chosen, 1):
        _household(world, plan)
        if number % 10 == 0:
            tell(f"{number} of {len(chosen)} households")
    tell("the family's own account")
    _family_account(world)
    tell("what went wrong lately, and what the teams have before them")
    worries.befall(past, people, today)
    team.get_on(past, people, today)
    _look_ahead(world)
    tell("the week of a sponsor group, its books and its reports")
    _follow_group(world, world.ready_groups["CHC"])


def _look_ahead(world: World) -> None:
    """Let things turn out otherwise here and there, and match those who wait with places."""
    turns.happen(world.past, world.staff, world.ready_groups, world.today)
    looks.keep(world.past, world.staff, world.today)
    placing.offer(world.past, world.staff, world.ready_groups, world.today)


def _follow_group(world: World, group_id: UUID) -> None:
    """Tell of one group what the others have too, and in the end what figures say of all."""
    weeks.pass_by(world.past, world.staff, group_id, world.today)
    ledgers.keep(world.past, world.staff, group_id, world.today)
    readying.make_ready(world.past, world.staff, group_id, world.today)
    advice.give(world.past, world.staff, group_id, world.today)
    figures.tell(world.past, world.staff, world.today)
    record.keep(world.past, world.staff, world.today)


def a_few() -> Sequence[Plan]:
    """Choose one household of each programme that is being supported."""
    chosen = {"SUPPORT_INTENSIVE": Stream.QUOTA, "SETTLING": Stream.CORS}
    found = {plan.target: plan for plan in households_planned() if plan.target in chosen}
    return [*found.values()]


def households_planned() -> Iterator[Plan]:
    """Lay out the households: every stage of both programmes, more where life is longest."""
    numbers = iter(range(1000))
    for stage in QUOTA_WAY:
        for days in _stays(stage):
            number = next(numbers)
            yield Plan(Stream.QUOTA, stage, days, number, LOCATIONS[number % 3])
    for stage in CORS_WAY:
        for days in _cors_stays(stage):
            number = next(numbers)
            yield Plan(Stream.CORS, stage, days, number, LOCATIONS[number % 3])
    yield Plan(Stream.QUOTA, "ASSESSING", 60, next(numbers), "CHC", ends="ON_HOLD")
    yield Plan(Stream.QUOTA, "RECEIVED", 50, next(numbers), "PMR", ends="WITHDRAWN")
    yield Plan(Stream.CORS, "ENGLISH_ASSESSED", 600, next(numbers), "NSN", ends="INELIGIBLE")
    for days in (3, 5, 8, 10, 15, 20):  # more who wait for a place, as an intake does
        number = next(numbers)
        yield Plan(Stream.QUOTA, "APPROVED", days, number, LOCATIONS[number % 3])


def _stays(stage: str) -> Sequence[int]:
    """Give the days for which households of a stage have stood there; one each."""
    longer = {
        "SUBMITTED": (3, 11),
        "RECEIVED": (8, 19),
        "INTERVIEW_SCHEDULED": (6, 22),
        "ASSESSING": (20, 75),
        "LOCATION_ALLOCATED": (9, 31),
        "PRE_DEPARTURE": (5, 16, 40),
        "RECEPTION": (4, 17, 29),
        "PLACED": (0, 0),
        "SUPPORT_INTENSIVE": (3, 18, 30, 39),
        "SUPPORT_ACTIVE": (20, 60, 90, 110, 130),
        "SUPPORT_LIGHT": (10, 40, 150, 300),
    }
    return longer.get(stage, (12,))


def _cors_stays(stage: str) -> Sequence[int]:
    longer = {
        "ASSESSING": (520, 610),
        "WELCOME": (6,),
        "SETTLING": (20,),
        "BUILDING": (60, 180),
        "CONSOLIDATING": (60, 200),
        "COMPLETED": (30,),
    }
    early = CORS_WAY.index(stage) < CORS_WAY.index("PRE_DEPARTURE")
    return longer.get(stage, (640,) if early else (8,))


def _household(world: World, plan: Plan) -> None:
    way = _way(world, plan)
    caseworker = world.caseworker(plan.location)
    case_id, household_id = _open(world, plan, way, caseworker)
    around = Around(
        plan.location,
        caseworker.user_id or UUID(int=0),
        _group(world, plan),
        SUBCATEGORIES[plan.number % len(SUBCATEGORIES)],
        world.random,
    )
    travel(world.past, caseworker, case_id, way, around)
    if plan.ends is not None:
        _end(world, case_id, plan.ends)
    if plan.stream is Stream.CORS:
        _renew_consents(world, case_id, around)
    daily.live(world.past, caseworker, household_id, world.today, world.random)
    filing.file_papers(world.past, household_id, plan.number, world.today)
    writings.write(world.past, caseworker, household_id, world.today, plan.number)
    changes.happen(world.past, caseworker, household_id, world.today, plan.number)


def _way(world: World, plan: Plan) -> Way:
    """Lay out the days; a sponsored household was nominated while the intake was open."""
    reached = world.today - timedelta(days=plan.days)
    if plan.stream is Stream.QUOTA:
        return way_to(QUOTA_WAY, plan.target, reached, QUOTA_GAP)
    steps = min(CORS_WAY.index(plan.target), CORS_WAY.index("ARRIVED"))
    way = way_to(CORS_WAY, plan.target, reached, CORS_GAP)
    late = (way.opened_on - LAST_INTAKE).days
    if late <= 0:
        return way
    if steps < CORS_WAY.index("ARRIVED"):  # still waiting, so everything was earlier
        return way_to(CORS_WAY, plan.target, reached - timedelta(days=late), CORS_GAP)
    return way_to(CORS_WAY, plan.target, reached, CORS_GAP + late // steps + 1)


def _open(world: World, plan: Plan, way: Way, caseworker: Actor) -> tuple[UUID, UUID]:
    community = [*COMMUNITIES.values()][plan.number % len(COMMUNITIES)]
    shapes = families.SHAPES if plan.stream is Stream.QUOTA else families.SMALL_SHAPES
    shape = shapes[plan.number % len(shapes)]
    programme = "rqp" if plan.stream is Stream.QUOTA else "cors"
    command = families.open_household(
        community, shape, plan.stream, programme, way.opened_on, world.random
    )
    with world.past.on(way.opened_on, caseworker) as uow:
        household_id = households.open_household(uow, command).id
    with world.past.on(way.opened_on, caseworker) as uow:
        case = service.open_case(uow, household_id, _case(plan, way))
        case_id = case.id
    _second(world, household_id, way.opened_on)
    return case_id, household_id


def _case(plan: Plan, way: Way) -> OpenCase:
    quota = plan.stream is Stream.QUOTA
    return OpenCase(
        programme_code="rqp" if quota else "cors",
        source=Source.UNHCR if quota else Source.SPONSOR,
        route=None if quota else "NOMINATED",
        stage=way.stages[0][0],
        case_number=f"417-{way.opened_on:%y}C{plan.number:05}" if quota else None,
    )


def _second(world: World, household_id: UUID, day: date) -> None:
    """Let the team leader stand beside each caseworker."""
    leader_id = world.staff.leader.user_id
    assert leader_id is not None
    command = AssignCaseworker(
        user_id=leader_id,
        kind=AssignmentKind.SECOND,
        from_on=day,
        reason="Leads the team of this location.",
    )
    with world.past.on(day) as uow:
        assigning.assign(uow, household_id, command)


def _group(world: World, plan: Plan) -> UUID | None:
    if plan.stream is Stream.QUOTA:
        return None
    return world.ready_groups[plan.location]


def _end(world: World, case_id: UUID, side: str) -> None:
    """Take a case off its way: on hold, withdrawn, not eligible."""
    day = world.today - timedelta(days=10)
    with world.past.on(day) as uow:
        if side == "ON_HOLD":
            review = day + timedelta(days=30)
            service.hold(uow, case_id, HoldCase(reason="MEDICAL", review_on=review, on=day))
            return
        reason = SIDE_REASONS[side]
        note = "The family has decided to stay with relatives."
        service.move(uow, case_id, MoveCase(to=side, on=day, reason=reason, note=note))


def _renew_consents(world: World, case_id: UUID, around: Around) -> None:
    """Ask again what may be shared, since such a consent lasts a year at most."""
    with world.past.on(world.today - timedelta(days=60)) as uow:
        case = uow.find(ResettlementCase, case_id)
        assert case is not None
        if homes.open_sponsorship(uow, case.household_id) is not None:
            share(uow, case, around)


def _family_account(world: World) -> None:
    """Give one sponsored person an account of their own."""
    with world.past.on(world.today) as uow:
        supported = homes.running_of_group(uow, world.ready_groups["CHC"])
        theirs = [known(uow, Household, s.household_id) for s in supported]
        arrived = [household for household in theirs if household.arrived_on is not None]
        newest = max(arrived, key=lambda household: household.arrived_on or date.min)
        principal = principal_of(uow, newest.id)
        assert principal is not None
        person = known(uow, Person, principal.person_id)
        herself = replace(staff.open_for_person(uow, person.id, person.name), person_id=person.id)
    worker = next(world.staff.caseworkers())
    own_words.say(world.past, newest, herself, worker, world.today)
    with world.past.on(world.today, worker) as uow:
        plans.agree_settlement(uow, newest.id, world.random)
