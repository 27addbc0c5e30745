"""Where households could live: the settlement locations with invented room, and a matching run."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.demo import ruling
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.matching import places, runs, wishes
from resettle.matching.acts import (
    AddPlace,
    Exclude,
    MakeOffer,
    MoreRoom,
    RecordWish,
    StartRun,
    StartScenario,
)
from resettle.matching.models import Place
from resettle.programmes.placement import Facet, Kind, Service

INVENTED = "Invented for the demonstration: no such figure is published."
OPENED = date(2022, 7, 1)
NEAR: Mapping[str, Sequence[str]] = {
    "PMR": ["LEV"],
    "LEV": ["PMR", "WLG"],
    "WLG": ["LEV", "MAS"],
    "MAS": ["WLG"],
    "NSN": ["BHE"],
    "BHE": ["NSN"],
    "CHC": ["ASB"],
    "ASB": ["CHC", "TIU"],
    "TIU": ["ASB"],
    "DUD": ["IVC"],
    "IVC": ["DUD"],
}
# Persons, days until a house is found, houses at hand, and which communities live there.
ROOM: Mapping[str, tuple[int, int, int, Sequence[str]]] = {
    "AKL": (60, 84, 0, ["ara", "prs", "som", "mya"]),
    "HAM": (40, 56, 1, ["ara", "som", "spa"]),
    "PMR": (30, 42, 2, ["mya", "prs", "nep"]),
    "LEV": (12, 28, 1, ["spa"]),
    "MAS": (14, 28, 1, ["ara"]),
    "WLG": (50, 70, 1, ["ara", "spa", "prs", "tam"]),
    "NSN": (26, 49, 1, ["mya", "nep"]),
    "BHE": (14, 35, 1, ["spa"]),
    "CHC": (48, 42, 3, ["prs", "ara", "som", "tir"]),
    "ASB": (12, 21, 2, ["prs"]),
    "TIU": (14, 21, 2, ["ara", "spa"]),
    "DUD": (36, 42, 2, ["ara", "prs"]),
    "IVC": (24, 28, 2, ["spa"]),
}
# Where one more house would let somebody live with their family.
MORE_ROOM = "PMR"
CITIES = frozenset({"AKL", "HAM", "WLG", "CHC", "DUD", "PMR"})
RURAL_WORK = ["6", "8", "9"]
YEAR_BEGAN = date(2024, 7, 1)
FEARED = "Somebody who threatened the family before lives there."
WISHES = (
    RecordWish(wishes=["CHC", "DUD"], ties=["ASB"]),
    RecordWish(ties=["PMR"], wants=[Service.MOSQUE.value]),
    RecordWish(wishes=["LEV"], wants=[Service.CHURCH.value]),
    RecordWish(needs=[Service.SPECIALIST_HEALTH.value], wishes=["WLG"]),
)


def offer(past: Past, people: Staff, groups: Mapping[str, UUID], today: date) -> None:
    """Put the places on the list, and match the households that wait."""
    officer = people.leader
    with past.on(today, officer) as uow:
        for code in ROOM:
            _of_location(uow, code)
        for group_id in groups.values():
            _of_group(uow, group_id)
    _wish(past, officer, today)
    ruling.rule(past, officer, today, _match(past, officer, today))


def _of_location(uow: UnitOfWork, code: str) -> None:
    asked = AddPlace(
        kind=Kind.LOCATION,
        location=code,
        near=NEAR.get(code, ()),
        programmes=["rqp"],
        opens_on=OPENED,
    )
    persons, wait_days, houses, spoken = ROOM[code]
    city = code in CITIES
    services = [Service.SECONDARY_SCHOOL, Service.ENGLISH_CLASSES, Service.CHURCH]
    if city:
        services += [Service.SPECIALIST_HEALTH, Service.SPECIAL_EDUCATION, Service.MOSQUE]
        services.append(Service.PUBLIC_TRANSPORT)
    made = MakeOffer(
        from_on=YEAR_BEGAN,
        persons=persons,
        languages=spoken,
        interpreters=spoken if city else spoken[:1],
        services=[each.value for each in services],
        work=["2", "5", "7", "8"] if city else RURAL_WORK,
        houses=houses,
        step_free=min(houses, 1) if city else 0,
        wait_days=wait_days,
        basis=INVENTED,
    )
    places.make_offer(uow, places.add_place(uow, asked).id, made)


def _of_group(uow: UnitOfWork, group_id: UUID) -> None:
    asked = AddPlace(kind=Kind.GROUP, group_id=group_id, programmes=["cors"], opens_on=OPENED)
    made = MakeOffer(
        from_on=YEAR_BEGAN,
        persons=12,
        households=3,
        most_persons=6,
        services=[Service.ENGLISH_CLASSES.value, Service.CHURCH.value],
        prefers=[Facet.CHILDREN.value],
        houses=1,
        wait_days=28,
        basis=INVENTED,
    )
    places.make_offer(uow, places.add_place(uow, asked).id, made)


def _wish(past: Past, officer: Actor, today: date) -> None:
    """Let some of those who wait have said where they would live well, and one where not."""
    case = ResettlementCase
    with past.on(today, officer) as uow:
        waits = uow.select(case).where(case.stage == "APPROVED", case.programme_code == "rqp")
        homes = [row.household_id for row in uow.all(waits.order_by(case.opened_on, case.id))]
        for home, wish in zip(homes, WISHES, strict=False):
            wishes.record(uow, home, wish)
        if homes:
            wishes.exclude(uow, homes[0], Exclude(location="ASB", reason=FEARED))


def _match(past: Past, officer: Actor, today: date) -> UUID:
    with past.on(today, officer) as uow:
        asked = StartRun(programme="rqp", for_on=today, title="This month\u2019s intake")
        base = runs.start(uow, asked).id
    with past.on(today, officer) as uow:
        town = uow.first(uow.select(Place).where(Place.location == MORE_ROOM))
        assert town is not None
        more = [MoreRoom(place_id=town.id, persons=5, households=1, houses=1)]
        title = f"One more house in {town.name}"
        runs.start_scenario(uow, base, StartScenario(title=title, more=more))
    return base
