"""The places of a programme: how many its cases take, and whether one more case fits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from resettle.cases import rules
from resettle.cases.models import PlacesGate, ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.programmes.caps import CapAnswer, cap_answer, caps_for
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme


def rooms(uow: UnitOfWork, programme: Programme, day: date) -> tuple[rules.Room, ...]:
    """Measure each cap that holds on the day, in persons, whoever asks."""
    taken = list(_taken(uow, programme.code))
    year = programme.year.of(day)
    return tuple(
        rules.room(cap, taken, year=year, version=programme.version)
        for cap in programme.caps
        if cap.effective.covers(day)
    )


def answers(uow: UnitOfWork, case: ResettlementCase) -> tuple[CapAnswer, ...]:
    """Tell of every cap that counts this case whether it fits whole, its own places aside."""
    programme = uow.use(Catalogue).get(case.programme_code, case.programme_version)
    taken = list(_taken(uow, programme.code, without=case))
    year = case.programme_year or programme.year.of(case.opened_on)
    return tuple(
        cap_answer(
            cap,
            rules.room(cap, taken, year=year, version=programme.version).taken,
            case.case_size,
        )
        for cap in caps_for(programme, case.cap_group, uow.today)
    )


def has_room(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return all(answer.fits for answer in answers(uow, case))


def lock(uow: UnitOfWork, programme_code: str) -> None:
    """Keep others from taking places of the programme until this work is done."""
    gate = select(PlacesGate).where(PlacesGate.programme_code == programme_code)
    if uow.session.scalar(gate.with_for_update()) is None:
        uow.session.add(PlacesGate(programme_code=programme_code))
        uow.session.flush()


def _taken(
    uow: UnitOfWork, programme_code: str, without: ResettlementCase | None = None
) -> Iterator[rules.Taken]:
    """Count everybody's cases: places are the programme's, and only sums are shown."""
    catalogue = uow.use(Catalogue)
    for row in uow.rows(_cases_of(uow, programme_code)):
        programme = catalogue.get(programme_code, row.programme_version)
        place = rules.place_of(programme.household, row.stage, row.left_stage)
        if place is not None and (without is None or row.id != without.id):
            year = row.programme_year or programme.year.of(row.opened_on)
            yield rules.Taken(row.case_size, year, programme.version, row.cap_group, place)


def _cases_of(uow: UnitOfWork, programme_code: str) -> Select[Any]:
    case = ResettlementCase
    query: Any = select(
        case.id,
        case.programme_version,
        case.programme_year,
        case.opened_on,
        case.stage,
        case.left_stage,
        case.cap_group,
        case.case_size,
    ).where(case.programme_code == programme_code)
    found: Select[Any] = uow.touching(query, case)
    return found
