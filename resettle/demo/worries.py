"""What goes wrong, and who looks after it: incidents, a complaint, a cold house, a flood."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from resettle.complaints import service as complaints
from resettle.complaints.acts import Complain
from resettle.complaints.models import About, ComplaintChannel
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.crises import queries as crises
from resettle.crises import service as flags
from resettle.crises.acts import RaiseFlag
from resettle.crises.models import CrisisHousehold
from resettle.crises.rules import Reach
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.incidents import service as incidents
from resettle.incidents.acts import CloseIncident, ReportIncident, TellAgency
from resettle.incidents.models import Incident, IncidentKind
from resettle.placements.queries import current_placement
from resettle.tasks import service as tasks
from resettle.upkeep import service as upkeep
from resettle.upkeep.acts import MendDefect, RateHouse, RecordBill, ReportDefect
from resettle.upkeep.models import DefectKind

FLOODED = "NSN"
DAYS = timedelta(days=1)
Report = tuple[IncidentKind, int, str, str | None]
INCIDENTS: Sequence[Report] = (
    (
        IncidentKind.DISCRIMINATION,
        2,
        (
            "At the bus stop somebody shouted at the mother because of her headscarf. A "
            "shopkeeper stood with her until the bus came. She wants it known, and still takes it."
        ),
        "She rides with a neighbour this week.",
    ),
    (
        IncidentKind.SAFEGUARDING_CHILD,
        3,
        (
            "A teacher told us that one of the children is alone at home until late, since both "
            "parents work in the evening, and that they are afraid then."
        ),
        "An aunt is there every evening this week.",
    ),
    (
        IncidentKind.ACCIDENT,
        2,
        "Slipped on the wet floor at work and hurt a wrist. The doctor saw it the same day.",
        None,
    ),
)
CLOSED_WITH = "ACC has taken the claim. Back at work, on lighter duties for two weeks."
SAID: Mapping[str, str] = {
    "apc": "المترجم ما إجا مرتين، وضلينا ناطرين بالعيادة.",
    "prs": "ترجمان دو بار نیامد و ما در کلینیک منتظر ماندیم.",
    "spa": "El intérprete faltó dos veces y nos quedamos esperando en la clínica.",
    "ukr": "Перекладач двічі не прийшов, і ми чекали в клініці.",
}
IN_ENGLISH = "The interpreter did not come, twice, and we were left waiting at the clinic."
WANTED = "That somebody rings us the day before, and says who will come."


def befall(past: Past, staff: Staff, today: date) -> None:
    """Let a few things go wrong in the households of the first caseworker, and a river rise."""
    worker = next(staff.caseworkers())
    with past.on(today, worker) as uow:
        homes = _settled(uow)
    for number, household_id in enumerate(homes[: len(INCIDENTS)]):
        with past.on(today - (number + 1) * DAYS, worker) as uow:
            _report(uow, household_id, INCIDENTS[number])
    with past.on(today, staff.leader) as uow:
        _close_accidents(uow)
    with past.on(today - 2 * DAYS, worker) as uow:
        _complain(uow, homes[len(INCIDENTS) :])
    for household_id in homes[4:5]:
        _cold_house(past, worker, household_id, today)
    _flood(past, staff, today)


def _settled(uow: UnitOfWork) -> list[UUID]:
    """Find the reader's households that live in a house of their own, the largest first."""
    query = uow.select(Household).where(
        Household.placed_on.is_not(None), Household.exited_on.is_(None)
    )
    ids = [household.id for household in uow.all(query.order_by(Household.reference))]
    ids.sort(key=lambda id_: -len(people_at_home(uow, id_, uow.today)))
    found = ((id_, current_placement(uow, id_)) for id_ in ids)
    return [id_ for id_, home in found if home is not None and home.dwelling_id is not None]


def _report(uow: UnitOfWork, household_id: UUID, reported: Report) -> None:
    kind, severity, text, safety = reported
    told = [TellAgency(agency="Oranga Tamariki", at=uow.now)]
    command = ReportIncident(
        kind=kind,
        severity=severity,
        happened_on=uow.today,
        text=text,
        immediate_safety=safety,
        notified=told if kind is IncidentKind.SAFEGUARDING_CHILD else [],
    )
    incidents.report(uow, household_id, command)


def _close_accidents(uow: UnitOfWork) -> None:
    found = uow.all(uow.select(Incident).where(Incident.safeguarding.is_(False)))
    for incident in found:
        if incident.kind == IncidentKind.ACCIDENT:
            done = CloseIncident(outcome=CLOSED_WITH, closed_on=uow.today)
            incidents.close(uow, incident.id, done)


def _complain(uow: UnitOfWork, homes: Sequence[UUID]) -> None:
    """Take a complaint down as it was said, from the first household whose language we have."""
    query = uow.select(Household).where(
        Household.id.in_(homes), Household.primary_language.in_(SAID)
    )
    household = uow.first(query.order_by(Household.reference))
    if household is None:
        return
    command = Complain(
        about=About.SERVICE,
        text=SAID[household.primary_language],
        language=household.primary_language,
        in_english=IN_ENGLISH,
        wanted=WANTED,
        channel=ComplaintChannel.PHONE,
        received_on=uow.today,
    )
    complaints.complain(uow, household.id, command)


def _cold_house(past: Past, worker: Actor, household_id: UUID, today: date) -> None:
    """Rate a house, mend one thing in it, and find out by the power bill that it is cold."""
    with past.on(today, worker) as uow:
        home = current_placement(uow, household_id)
        assert home is not None
        moved_in = home.start_on
    first = max(moved_in, today - 40 * DAYS)
    with past.on(first, worker) as uow:
        well = RateHouse(rated_on=first, warm=3, dry=4, safe=5, affordable=3, enough_space=4)
        upkeep.rate_house(uow, household_id, well)
        lock = ReportDefect(
            kind=DefectKind.SECURITY,
            text="The lock of the back door does not close.",
            reported_on=first,
            landlord="Rang the property manager; a locksmith comes.",
        )
        defect_id = upkeep.report_defect(uow, household_id, lock).id
        upkeep.add_photo(uow, defect_id, _door())
    with past.on(min(today, first + 2 * DAYS), worker) as uow:
        upkeep.mend_defect(uow, defect_id, MendDefect(mended_on=uow.today))
    with past.on(max(first, today - 3 * DAYS), worker) as uow:
        bill = RecordBill(amount="318.40", days=30, billed_on=uow.today, cold=True)
        upkeep.record_bill(uow, household_id, bill)


def _door() -> bytes:
    """Draw a door with its lock, since no photo of anybody's house belongs here."""
    picture = Image.new("RGB", (480, 640), "#d9d2c3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((90, 60, 390, 640), fill="#5b7f86", outline="#2f474c", width=8)
    pen.ellipse((320, 340, 364, 384), fill="#c9a227", outline="#4d3d0f", width=4)
    pen.line((342, 392, 342, 430), fill="#1d1d1d", width=10)
    written = BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()


def _flood(past: Past, staff: Staff, today: date) -> None:
    """Raise a flag over one place; its caseworker has reached every second household by now."""
    with past.on(today - DAYS, staff.leader) as uow:
        struck = crises.struck(uow, Reach(FLOODED))
        if not struck:
            return
        flag = RaiseFlag(
            reason="The Maitai River is over its banks. Some streets have no power or water.",
            location=FLOODED,
            ends_on=today + 14 * DAYS,
            number=len(struck),
        )
        crisis_id = flags.raise_flag(uow, flag).id
    with past.on(today, staff.leader) as uow:
        checks = uow.select(CrisisHousehold).where(CrisisHousehold.crisis_id == crisis_id)
        for check in uow.all(checks.order_by(CrisisHousehold.id))[::2]:
            tasks.finish(uow, check.task_id)
