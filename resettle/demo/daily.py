"""The daily life of supported households: contacts noted, milestones met, in time or late."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from resettle.casework import service as casework
from resettle.casework.acts import WriteNote
from resettle.casework.models import Channel
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.demo import agenda, livings, plans, roofs
from resettle.demo.journey import days_between
from resettle.demo.moments import Past
from resettle.milestones import service as milestones
from resettle.milestones.acts import GiveReason, RecordMet
from resettle.milestones.models import EvidenceType, Milestone, Status
from resettle.plans.queries import REVIEW, milestones_shown_by

NOTES = (
    (Channel.VISIT, "The heat pump works; we went through the power bill together.", "HOU"),
    (Channel.PHONE, "The GP appointment went well; the next one is in a month.", "HEA"),
    (Channel.VISIT, "Met at school. The children have friends and like sports day.", "EDU"),
    (Channel.INTERAGENCY, "Work and Income: the benefit is in payment.", "EMP"),
    (Channel.OFFICE, "The evening class for English suits better, because of work.", "EDU"),
    (Channel.VISIT, "They had been to the market by bus, alone for the first time.", "PAR"),
)
LATE = ("School holidays.", "No appointment was free earlier.", "The family asked for more time.")
SKIPPED = "Does not apply to this household."
NEVER_RECORDED = 0.08
ASIDE = 0.05
SLIPS = 0.15
RECENT = timedelta(days=45)


def live(past: Past, caseworker: Actor, household_id: UUID, until: date, random: Random) -> None:
    """Let a household live from its first milestone until a day, month by month."""
    with past.on(until, caseworker) as uow:
        query = uow.columns(Milestone, Milestone.due_on).where(
            Milestone.household_id == household_id
        )
        first = uow.session.scalar(query.order_by(Milestone.due_on).limit(1))
    if first is None:
        return
    for day in days_between(first + timedelta(days=30), until):
        with past.on(day, caseworker) as uow:
            _month(uow, household_id, random, until)
    with past.on(until, caseworker) as uow:
        _month(uow, household_id, random, until)
        agenda.ahead(uow, household_id)
        roofs.under(uow, household_id)
        livings.of(uow, household_id)


def _month(uow: UnitOfWork, household_id: UUID, random: Random, until: date) -> None:
    due = uow.select(Milestone).where(
        Milestone.household_id == household_id,
        Milestone.status == Status.NOT_STARTED,
        Milestone.due_on <= uow.today,
    )
    held = {row.id for row, _ in milestones_shown_by(uow, household_id, REVIEW)}
    for milestone in uow.all(due.order_by(Milestone.due_on, Milestone.id)):
        if milestone.id in held:
            plans.review(uow, household_id, milestone.id, random)
            continue
        if milestone.due_on < until - RECENT or random.random() > 0.3:  # noqa: PLR2004  # some wait
            _settle(uow, milestone, random)
    _note(uow, household_id, random)


def _settle(uow: UnitOfWork, milestone: Milestone, random: Random) -> None:
    dice = random.random()
    if dice < NEVER_RECORDED:
        return
    if dice < NEVER_RECORDED + ASIDE:
        milestones.set_aside(uow, milestone.id, GiveReason(reason=SKIPPED))
        return
    late = dice > 1 - SLIPS
    slip = random.randrange(2, 20) if late else -random.randrange(0, 6)
    met_on = min(uow.today, milestone.due_on + timedelta(days=slip))
    is_late = met_on > milestone.due_on
    milestones.meet(
        uow,
        milestone.id,
        RecordMet(
            met_on=met_on,
            reason=random.choice(LATE) if is_late else None,
            evidence_type=EvidenceType.STATEMENT,
        ),
    )


def _note(uow: UnitOfWork, household_id: UUID, random: Random) -> None:
    channel, text, domain = random.choice(NOTES)
    occurred = datetime.combine(uow.today, time(0, 0), UTC)
    casework.write_note(
        uow,
        household_id,
        WriteNote(
            occurred_at=occurred,
            channel=channel,
            text=text,
            domains=[domain],
            minutes=random.choice((20, 30, 45, 60)),
            interpreter_used=random.random() < 0.6,  # noqa: PLR2004  # most contacts
        ),
    )
