"""What the pages of plans show: goals with their words marked, their ratings, and what is due."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.plans import exits, queries, shapes
from resettle.plans.definition import PlanSettings
from resettle.plans.models import Owner, PlanKind, PlanStatus, SupportPlan
from resettle.tasks.models import HandoverLevel
from resettle.web.score_charts import Rated, ScorePicture, scores

Told = dict[str, Any]
COVER = HouseholdShape(only=("id", "reference", "name", "support_end_on"))
NAMES = HouseholdMemberShape(only=("id", "household_id", "person_id", "person"))
OWNERS: Mapping[str, str] = {
    Owner.WORKER: "Caseworker",
    Owner.SPONSOR: "Sponsor group",
    Owner.FAMILY: "Family",
}
LEADS: Mapping[str, str] = {
    HandoverLevel.WE_DO: "We do it",
    HandoverLevel.TOGETHER: "Together",
    HandoverLevel.FAMILY_LEADS: "The family leads",
}
MOST = 500


def frame(uow: UnitOfWork, household_id: UUID, to: Permission) -> Told:
    """Tell what stands on every page about a household's plan."""
    household = uow.get(Household, household_id, to=to)
    settings = uow.use(PlanSettings)
    domains = queries.programme_of(uow, household).domains
    return {
        "household": COVER.one(uow, household),
        "household_id": household.id,
        "reference": household.reference,
        "language": household.primary_language,
        "names": names(uow, household_id),
        "domains": {domain.code: domain.name for domain in domains},
        "scale": settings.scale,
        "targets": settings.referral_targets,
        "exit_months": exits.months_before(uow, household),
        "independence": settings.independence,
        "owners": OWNERS,
        "leads": LEADS,
        "today": uow.today,
    }


def names(uow: UnitOfWork, household_id: UUID) -> dict[UUID, str]:
    """Name each person whose name the reader may know."""
    rows = NAMES.many_of(uow, members(uow, household_id))
    return {row["person_id"]: row["person"]["name"] for row in rows if row["person"].get("name")}


def told(uow: UnitOfWork, plan: SupportPlan | None) -> Told | None:
    uow.require(Permission.PLAN_READ)
    if plan is None:
        return None
    row = shapes.PlanShape().one(uow, queries.sheet_of(uow, plan))
    return {**row, "state": plain(str(row["status"])), "title": TITLES[plan.kind]}


TITLES = {PlanKind.SETTLEMENT: "Settlement plan", PlanKind.EXIT: "Exit plan"}


def in_state(
    uow: UnitOfWork, household_id: UUID, kind: PlanKind, status: PlanStatus
) -> Told | None:
    return told(uow, queries.in_state(uow, household_id, kind, status))


def both(uow: UnitOfWork, household_id: UUID) -> Told:
    """Tell the settlement plan and the exit plan, each in force and in the making."""
    return {
        f"{kind.value}_{status.value}": in_state(uow, household_id, kind, status)
        for kind in PlanKind
        for status in (PlanStatus.ACTIVE, PlanStatus.DRAFT)
    }


def editions(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    uow.require(Permission.PLAN_READ)
    query = queries.of_household(uow, household_id, queries.PlanFilters())
    found = uow.all(query.order_by(SupportPlan.kind.desc(), SupportPlan.edition.desc()).limit(50))
    rows = shapes.PlanRow().many_of(uow, found)
    return [
        {**row, "state": plain(str(row["status"])), "title": TITLES[PlanKind(row["kind"])]}
        for row in rows
    ]


def said(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    uow.require(Permission.PLAN_READ)
    return shapes.GoalRow().many_of(uow, queries.goals_said(uow, household_id))


def reviews_due(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    """Tell the programme's dates for reviews, with what became of each."""
    uow.require(Permission.PLAN_READ)
    listed = queries.milestones_shown_by(uow, household_id, queries.REVIEW)
    still = {row.id for row in queries.open_among(listed)}
    return [
        {
            "id": row.id,
            "title": title,
            "due_on": row.due_on,
            "met_on": row.met_on,
            "state": row.status.value,
            "open": row.id in still,
            "late_days": max(0, (uow.today - row.due_on).days) if row.id in still else 0,
        }
        for row, title in listed
    ]


def pictures(
    uow: UnitOfWork, household_id: UUID, goals: Sequence[Told]
) -> list[tuple[str, ScorePicture]]:
    """Draw how each part of life and each goal was rated over time, by staff and by the family."""
    query = queries.ratings(uow, household_id)
    found = shapes.RatingShape().many_of(uow, uow.all(query.limit(MOST)))
    household = uow.get(Household, household_id, to=Permission.PLAN_PROGRESS)
    titles: dict[Any, tuple[str, int | None]] = {
        domain.code: (domain.name, None) for domain in queries.programme_of(uow, household).domains
    }
    for goal in goals:
        titles[goal["thread_id"]] = (goal["wording"] or goal["own_words"], goal["target"])
    drawn = []
    for key, (title, target) in titles.items():
        mine = [_rated(row) for row in found if (row["thread_id"] or row["domain"]) == key]
        if mine:
            scale = [*uow.use(PlanSettings).scores]
            drawn.append((title, scores(mine, scale, target)))
    return drawn


def _rated(row: Told) -> Rated:
    return Rated(
        str(row["by"]), row["rated_on"], row["score"], row["comment"], row["comment_language"]
    )


def referrals(uow: UnitOfWork, household_id: UUID) -> list[Told]:
    uow.require(Permission.REFERRAL_READ)
    found = uow.all(queries.referrals(uow, household_id).limit(MOST))
    rows = shapes.ReferralShape().many_of(uow, found)
    rows.sort(key=lambda row: row["referred_on"], reverse=True)
    return [{**row, "state": plain(str(row["status"]))} for row in rows]
