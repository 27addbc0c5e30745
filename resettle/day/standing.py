"""Sources of the queue about cases and their sponsors: what is owed, held, alike, or to follow."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_

from resettle.cases.models import Hold, ResettlementCase
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.core.clock import day_of
from resettle.day.looks import Found, Look
from resettle.day.rules import Source
from resettle.desk import words
from resettle.duplicates.models import DuplicateCandidate, Verdict
from resettle.households.models import HouseholdMember
from resettle.messages.models import Mood, SponsorUpdate
from resettle.placements.models import Sponsorship
from resettle.sponsors.models import ReportDue

UNREAD_FOR = timedelta(days=30)
READ_WITHIN = timedelta(days=7)
DECIDE_WITHIN = timedelta(days=14)
MOODS = {Mood.GOOD: "It goes well.", Mood.MIXED: "It is mixed.", Mood.HARD: "It is hard going."}


def reports(look: Look) -> Iterable[Found]:
    """Give the reports that a sponsor group owes, and those that nobody has read yet."""
    query = look.columns(
        ReportDue,
        ReportDue.id,
        ReportDue.household_id,
        ReportDue.code,
        ReportDue.due_on,
        ReportDue.submitted_on,
    ).where(
        ReportDue.cancelled_on.is_(None),
        or_(
            and_(
                ReportDue.submitted_on >= look.today - UNREAD_FOR, ReportDue.accepted_on.is_(None)
            ),
            and_(ReportDue.submitted_on.is_(None), ReportDue.due_on <= look.today),
        ),
    )
    for row in look.rows(query):
        came_on = row.submitted_on
        name = words.report(look.uow, look.homes[row.household_id].programme, row.code)
        yield Found(
            source=Source.REPORT,
            subject_id=row.id,
            household_id=row.household_id,
            title=f"Read the sponsors’ report: {name}" if came_on else f"Ask for: {name}",
            due_on=came_on + READ_WITHIN if came_on else row.due_on,
            why=f"It came on {came_on:%-d %B}." if came_on else "The sponsor group owes it.",
            way_id=row.id,
            may_be_seen=came_on is not None,
        )


def continuity(look: Look) -> Iterable[Found]:
    query = look.columns(
        Sponsorship,
        Sponsorship.id,
        Sponsorship.household_id,
        Sponsorship.continuity_since,
        Sponsorship.continuity_due_on,
        Sponsorship.continuity_owner,
    ).where(Sponsorship.continuity_since.is_not(None))
    for row in look.rows(query):
        yield Found(
            source=Source.CONTINUITY,
            subject_id=row.id,
            household_id=row.household_id,
            title="Decide who supports the household now",
            due_on=row.continuity_due_on or row.continuity_since,
            why="Its sponsor group is suspended or gone, and no plan is on record.",
            owner_id=row.continuity_owner,
            way_id=row.id,
        )


def holds(look: Look) -> Iterable[Found]:
    query = look.columns(Hold, Hold.id, Hold.household_id, Hold.case_id, Hold.review_on).where(
        Hold.released_on.is_(None)
    )
    for row in look.rows(query):
        yield Found(
            source=Source.HOLD,
            subject_id=row.id,
            household_id=row.household_id,
            title="Look again at the hold",
            due_on=row.review_on,
            why="The case is on hold until then.",
            way_id=row.household_id,
        )


def duplicates(look: Look) -> Iterable[Found]:
    candidate, member = DuplicateCandidate, HouseholdMember
    query = (
        look.columns(
            candidate,
            candidate.id,
            candidate.created_at,
            candidate.score,
            member.household_id.label("household_id"),
        )
        .join(member, member.person_id == candidate.person_id)
        .where(candidate.verdict == Verdict.OPEN, member.left_on.is_(None))
    )
    for row in look.rows(look.also(query, member)):
        yield Found(
            source=Source.DUPLICATE,
            subject_id=row.id,
            household_id=row.household_id,
            title="Compare two records that may be one person",
            due_on=day_of(row.created_at) + DECIDE_WITHIN,
            why=f"They are alike by {row.score} of 100.",
            way_id=row.household_id,
        )


def checklists(look: Look) -> Iterable[Found]:
    item, case = ChecklistItem, ResettlementCase
    query = (
        look.columns(
            item,
            item.id,
            item.household_id,
            item.case_id,
            item.list_code,
            item.item_code,
            case.programme_code,
            case.programme_version,
        )
        .join(case, case.id == item.case_id)
        .where(item.status == ItemStatus.TO_FOLLOW)
    )
    for row in look.rows(look.also(query, case)):
        yield Found(
            source=Source.CHECKLIST,
            subject_id=row.id,
            household_id=row.household_id,
            title=f"To follow: {_item_title(look, row)}",
            due_on=None,
            why="The application went out without it.",
            way_id=row.case_id,
        )


def _item_title(look: Look, row: Any) -> str:
    found = words.programme(look.uow, row.programme_code, row.programme_version)
    lists = () if found is None else found.checklists
    items = [item for each in lists if each.code == row.list_code for item in each.items]
    return next((item.title for item in items if item.code == row.item_code), row.item_code)


def updates(look: Look) -> Iterable[Found]:
    """Give what sponsor groups have written and nobody has read: how it goes, not in what words."""
    update = SponsorUpdate
    query = look.columns(update, update.id, update.household_id, update.mood, update.sent_at).where(
        update.read_at.is_(None)
    )
    for row in look.rows(query):
        yield Found(
            source=Source.UPDATE,
            subject_id=row.id,
            household_id=row.household_id,
            title="Update from the sponsor group",
            due_on=day_of(row.sent_at),
            why=MOODS[row.mood],
            way_id=row.household_id,
        )
