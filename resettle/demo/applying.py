"""What the demonstration's groups wrote in their applications, and what was said of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from resettle.applications import judging, queries, service
from resettle.applications.acts import (
    AddLine,
    Approve,
    Ask,
    Decline,
    RecordTalk,
    Score,
    Submit,
    TellOfUs,
    WritePart,
)
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import Side
from resettle.core.work import UnitOfWork
from resettle.demo import papers
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.sponsors import service as groups
from resettle.sponsors.acts import RecordItem
from resettle.sponsors.models import ItemStatus

PLAN = {
    "HOU": "A house of three bedrooms near the school; the parish lends furniture for the rest.",
    "ARR": "We meet them at the airport, and somebody is there each day of the first two weeks.",
    "HEA": "Enrolled with our own doctors within a week; one of us goes along.",
    "EDU": "The school knows of us. English twice a week at the library, practice at home.",
    "EMP": "Two of us hire people; we help with writing an application and with the licence.",
    "PAR": "The marae has invited them; so have the football club and the women’s group.",
    "SAF": "All of us have the child protection course. Two of us are always there together.",
    "FAM": "A phone with enough data from the first day, and help with tracing.",
    "EXT": "From the second year we go along less and less, and say so from the start.",
}
MONEY = (
    (Side.INCOME, "savings", 9_000),
    (Side.INCOME, "pledges", 14_400),
    (Side.INCOME, "in_kind", 6_000),
    (Side.SPENDING, "bond", 2_600),
    (Side.SPENDING, "rent", 7_800),
    (Side.SPENDING, "furniture", 6_500),
    (Side.SPENDING, "whiteware", 2_400),
    (Side.SPENDING, "transport", 3_000),
)
DRAFTED = ("HOU", "ARR", "EDU")
QUESTIONS = ("Who would interpret in the first weeks?", "What if the house falls through?")
FEEDBACK = "Show how the second year is paid for, and find somebody who leads on safety."
VALID = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Applying:
    """The application of one group, as it goes along."""

    past: Past
    staff: Staff
    group_id: UUID
    persons: int
    households: int

    def lead_to(self, stage: str, day: date) -> None:
        match stage:
            case "APPLICATION_DRAFT":
                with self.past.on(day) as uow:
                    self._begin(uow)
            case "SUBMITTED":
                self._send(day)
            case "MORE_INFO":
                self._ask(day)
            case "DECLINED" | "APPROVED":
                self._judge(stage, day)

    def _begin(self, uow: UnitOfWork) -> None:
        application = service.begin(uow, self.group_id)
        for part in queries.parts_of(uow, application.id):
            if part.domain in DRAFTED:
                service.write_part(uow, self.group_id, part.id, WritePart(PLAN[part.domain]))

    def _send(self, day: date) -> None:
        with self.past.on(day) as uow:
            application = self._current(uow)
            self._write(uow, application)
        with self.past.on(day, self.staff.actors["manager@demo.test"]) as uow:
            talk = RecordTalk(day, "Good. Say more of the second year before you send it.")
            judging.record_talk(uow, self.group_id, application, talk)
        with self.past.on(day) as uow:
            service.submit(uow, self.group_id, application, Submit(declared=True))

    def _write(self, uow: UnitOfWork, application: UUID) -> None:
        for part in queries.parts_of(uow, application):
            service.write_part(uow, self.group_id, part.id, WritePart(PLAN[part.domain]))
        for side, category, dollars in MONEY:
            service.add_line(uow, self.group_id, application, AddLine(side, category, dollars))
        links = dict.fromkeys(uow.use(ApplicationSettings).skills, "Friends of the group")
        told = TellOfUs("Application to sponsor", links)
        service.tell(uow, self.group_id, application, told)
        for item in queries.papers_of(uow, self.group_id):
            shown = RecordItem(ItemStatus.MET, evidence="In the folder of the secretary")
            groups.record_item(uow, self.group_id, item.id, shown)
        papers.send(uow, self.group_id)

    def _ask(self, day: date) -> None:
        with self.past.on(day, self.staff.actors["panel@demo.test"]) as uow:
            for question in QUESTIONS:
                judging.ask(uow, self.group_id, self._current(uow), Ask(question))
        with self.past.on(day) as uow:
            papers.answer(uow, self.group_id)

    def _judge(self, stage: str, day: date) -> None:
        with self.past.on(day, self.staff.actors["panel@demo.test"]) as uow:
            application = self._current(uow)
            for criterion in uow.use(ApplicationSettings).codes:
                told = Score(criterion, 2 if stage == "DECLINED" else 4, "As the papers show.")
                judging.score(uow, self.group_id, application, told)
            if stage == "DECLINED":
                refusal = Decline("The second year is not paid for.", FEEDBACK)
                judging.decline(uow, self.group_id, application, refusal)
                return
            routes = ["NOMINATED", "UNHCR_MATCHED"]
            until = day + VALID
            approval = Approve(self.persons, self.households, routes, until, "Able and willing.")
            judging.approve(uow, self.group_id, application, approval)

    def _current(self, uow: UnitOfWork) -> UUID:
        application = queries.current(uow, self.group_id)
        assert application is not None, "the story has begun it"
        return application.id
