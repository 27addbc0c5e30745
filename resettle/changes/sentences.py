"""The sentences in which a change of a row is told, by the kind of row."""

from collections.abc import Callable, Mapping

from resettle.cases.models import Assignment, CaseLink, ResettlementCase, StageEntry
from resettle.cases.queries import programme_of
from resettle.changes import planned_sentences as planned
from resettle.changes.words import (
    CASE,
    CONSENTS,
    FILE,
    HANDS,
    HOME,
    PEOPLE,
    STEPS,
    SUPPORT,
    TASKS,
    Sentences,
    Touched,
    Words,
)
from resettle.consents.models import ConsentEntry, Method
from resettle.consents.rules import Decision
from resettle.households.models import DenyListed, Household, HouseholdMember, Person
from resettle.milestones.models import Milestone, MilestoneChange, Status
from resettle.milestones.queries import title_of
from resettle.names.models import NameKey, NumberKey
from resettle.placements.models import Placement, Sponsorship
from resettle.sponsors.models import GroupMove, ReportDue, SponsorGroup
from resettle.tasks.models import Task, TaskStatus

MARITAL = {
    "MA": "married",
    "CL": "a partner by common law",
    "P": "polygamously married",
    "PT": "a partner",
    "EG": "engaged",
    "SR": "separated",
    "DV": "divorced",
    "WD": "widowed",
    "SN": "single",
}
SET_ASIDE = frozenset({Status.NOT_APPLICABLE, Status.WAIVED})


def _of_household(words: Words, each: Touched) -> Sentences:
    row = each.row
    if each.made:
        yield FILE, f"A file of its own is opened: {row.reference}."
        return
    if each.changed("display_name"):
        yield FILE, f"The file is kept under the name {row.display_name}."
    if each.changed("location"):
        yield HOME, f"The household’s place becomes {words.place(row.location)}."
    if each.changed("provider"):
        yield HANDS, f"The provider becomes {row.provider or 'nobody yet'}."
    if each.changed("exited_on"):
        yield FILE, f"{row.reference} is closed from {row.exited_on:%-d %B %Y}."


def _of_person(words: Words, each: Touched) -> Sentences:
    row, name = each.row, words.person(each.row.id)
    if each.made:
        yield PEOPLE, f"{name} is taken up as a person."
    if each.changed("deceased_on"):
        yield PEOPLE, f"{name} is recorded as deceased on {row.deceased_on:%-d %B %Y}."
        yield PEOPLE, f"From then on nobody is reminded of anything about {name}."
    if each.changed("marital_status"):
        known = MARITAL.get(row.marital_status or "", "as recorded here")
        yield PEOPLE, f"{name} becomes {known}."


def _of_member(words: Words, each: Touched) -> Sentences:
    row, name = each.row, words.person(each.row.person_id)
    file = words.files.get(row.household_id, "")
    if each.made:
        yield PEOPLE, f"{name} belongs to {file} from {row.joined_on:%-d %B %Y}."
    if each.changed("left_on") and row.left_on is not None:
        yield PEOPLE, f"{name} no longer belongs to {file} from {row.left_on:%-d %B %Y}."
    if row.role == "principal" and (each.made or each.changed("role")):
        yield PEOPLE, f"{name} is the principal applicant of {file}."
    if each.changed("guardian_id") and row.guardian_id is None:
        yield PEOPLE, f"Nobody is recorded as guardian of {name} any more. Record who is."


def _of_step(words: Words, each: Touched) -> Sentences:
    row = each.row
    what = f"{title_of(words.uow, row)} ({words.person(row.person_id)})"
    settled = row.status in SET_ASIDE | {Status.MET}
    if each.made or each.changed("household_id"):
        # What was reached goes along unsaid.
        if not settled:
            yield STEPS, _of_new_step(each, what)
    elif each.changed("status"):
        yield STEPS, f"{'Closed' if settled else 'Open again'}: {what}."
    elif each.changed("due_on"):
        yield STEPS, f"Moves to {row.due_on:%-d %B %Y}: {what}."


def _of_new_step(each: Touched, what: str) -> str:
    if not each.made:
        return f"Goes along: {what}."
    verb = "Opens again" if each.row.round > 1 else "Planned"
    return f"{verb}: {what}, due {each.row.due_on:%-d %B %Y}."


def _of_task(_words: Words, each: Touched) -> Sentences:
    row = each.row
    if each.made:
        yield TASKS, f"New: {row.title}, due {row.due_on:%-d %B %Y}."
    elif each.changed("household_id"):
        yield TASKS, f"Goes along: {row.title}."
    elif each.changed("status") and row.status is TaskStatus.CANCELLED:
        yield TASKS, f"Cancelled: {row.title}."


def _of_assignment(words: Words, each: Touched) -> Sentences:
    row, name = each.row, words.users.get(each.row.user_id, "Somebody")
    file = words.files.get(row.household_id, "")
    if not each.made:
        yield HANDS, f"{name} looks after {file} until {row.until_on:%-d %B %Y}."
    elif row.until_on != row.from_on:
        yield HANDS, f"{name} looks after {file} from {row.from_on:%-d %B %Y}."


def _of_sponsorship(_words: Words, each: Touched) -> Sentences:
    row = each.row
    if each.changed("ended_on"):
        yield SUPPORT, f"The group’s support ends on {row.ended_on:%-d %B %Y}."
    if each.changed("continuity_since") and row.continuity_since is not None:
        yield SUPPORT, "Somebody has to settle who supports the household from now on."


def _of_report(_words: Words, each: Touched) -> Sentences:
    if each.changed("cancelled_on"):
        yield SUPPORT, f"The report {each.row.code} is no longer asked of the group."


def _of_consent(words: Words, each: Touched) -> Sentences:
    row, name = each.row, words.person(each.row.person_id)
    what = f"{row.purpose.replace('_', ' ')}, {row.item.replace('_', ' ')}"
    if row.decision is Decision.WITHDRAW and row.method is Method.HOUSEHOLD_CHANGE:
        yield CONSENTS, f"Ends for {name}: {what}."
    else:
        yield CONSENTS, f"Goes along with {name}: {what}."


def _of_placement(words: Words, each: Touched) -> Sentences:
    row = each.row
    if each.made:
        yield HOME, f"Lives in {words.place(row.location)} from {row.start_on:%-d %B %Y}."
    elif each.changed("end_on"):
        yield HOME, f"Leaves the home in {words.place(row.location)} on {row.end_on:%-d %B %Y}."


def _of_case(words: Words, each: Touched) -> Sentences:
    if each.made:
        yield CASE, "A case is opened at the same stage. Its places stay counted where they were."
    elif each.changed("stage"):
        yield CASE, f"The case is over: {_stage_of(words, each.row)}."
    elif each.changed("relocation_outcome"):
        yield CASE, "It is recorded what becomes of the support."


def _stage_of(words: Words, case: ResettlementCase) -> str:
    return programme_of(words.uow, case).stage(case.stage).title


def _of_link(_words: Words, _each: Touched) -> Sentences:
    yield CASE, "The two cases are linked."


def _of_deny(_words: Words, _each: Touched) -> Sentences:
    yield HANDS, "Who is kept from the one file is kept from the other too."


def _nothing(_words: Words, _each: Touched) -> Sentences:
    """Leave out what only goes with a line that is told."""
    return iter(())


TELL: Mapping[type, Callable[[Words, Touched], Sentences]] = {
    **planned.TELL,
    Household: _of_household,
    Person: _of_person,
    HouseholdMember: _of_member,
    Milestone: _of_step,
    Task: _of_task,
    Assignment: _of_assignment,
    Sponsorship: _of_sponsorship,
    ReportDue: _of_report,
    ConsentEntry: _of_consent,
    Placement: _of_placement,
    ResettlementCase: _of_case,
    CaseLink: _of_link,
    DenyListed: _of_deny,
    StageEntry: _nothing,
    MilestoneChange: _nothing,
    SponsorGroup: _nothing,
    GroupMove: _nothing,
    NameKey: _nothing,
    NumberKey: _nothing,
}
