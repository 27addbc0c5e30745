"""The sentences about what is planned: appointments, goals and steps, papers, reminders."""

from collections.abc import Callable, Mapping

from resettle.appointments.models import Appointment, Outcome
from resettle.cases.models import ResettlementCase
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.cases.queries import defined_item, programme_of
from resettle.changes.words import APPOINTMENTS, PAPERS, PLAN, Sentences, Touched, Words
from resettle.core.clock import AUCKLAND
from resettle.documents.models import Document
from resettle.plans.models import (
    GoalStatus,
    PlanGoal,
    PlanStatus,
    PlanStep,
    Referral,
    StepStatus,
    SupportPlan,
)


def _of_appointment(words: Words, each: Touched) -> Sentences:
    row = each.row
    # What kind it is may tell of health, so the moment has to say which one it is.
    at = row.starts_at.astimezone(AUCKLAND)
    what = f"the appointment on {at:%-d %B %Y} at {at:%H:%M} ({words.person(row.person_id)})"
    if each.changed("household_id"):
        yield APPOINTMENTS, f"Goes along: {what}."
    elif each.changed("outcome") and row.outcome is Outcome.CANCELLED:
        yield APPOINTMENTS, f"Called off: {what}. Tell those it was with."


def _of_goal(words: Words, each: Touched) -> Sentences:
    row = each.row
    what = f"the goal “{row.wording or row.own_words}” ({words.person(row.person_id)})"
    if each.made or each.changed("household_id"):
        yield PLAN, f"Goes along: {what}. The next version of the plan takes it in."
    elif each.changed("status") and row.status is GoalStatus.GIVEN_UP:
        yield PLAN, f"Rests here: {what}."


def _of_plan_step(words: Words, each: Touched) -> Sentences:
    row = each.row
    if not each.made and each.changed("status") and row.status is StepStatus.DROPPED:
        yield PLAN, f"Rests here: the step “{row.text}” ({words.person(row.person_id)})."


def _of_plan(_words: Words, each: Touched) -> Sentences:
    if each.changed("status") and each.row.status is PlanStatus.CLOSED:
        yield PLAN, f"Closed: the {each.row.kind} plan, version {each.row.edition}."


def _of_referral(words: Words, each: Touched) -> Sentences:
    day = each.row.referred_on
    yield PLAN, f"Goes along: the referral of {day:%-d %B %Y} ({words.person(each.row.person_id)})."


def _of_paper(words: Words, each: Touched) -> Sentences:
    row, uow = each.row, words.uow
    case = uow.find(ResettlementCase, row.case_id)
    assert case is not None, "a line is of a case"
    what = f"{defined_item(programme_of(uow, case), row).title} ({words.person(row.person_id)})"
    if each.made:
        yield PAPERS, f"Asked for: {what}."
    elif each.changed("case_id"):
        yield PAPERS, f"Goes along: {what}."
    elif row.status is ItemStatus.WAIVED:
        yield PAPERS, f"No longer asked for: {what}."


def _of_document(words: Words, each: Touched) -> Sentences:
    yield PAPERS, f"Documents of {words.person(each.row.person_id)} go along."


TELL: Mapping[type, Callable[[Words, Touched], Sentences]] = {
    Appointment: _of_appointment,
    PlanGoal: _of_goal,
    PlanStep: _of_plan_step,
    SupportPlan: _of_plan,
    Referral: _of_referral,
    ChecklistItem: _of_paper,
    Document: _of_document,
}
