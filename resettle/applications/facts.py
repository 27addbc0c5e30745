"""What applications answer for when a group wants to move on."""

from collections.abc import Callable, Mapping

from resettle.applications import queries
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import Decision, GroupApplication
from resettle.core.work import UnitOfWork
from resettle.programmes.facts import Fact
from resettle.sponsors import facts as group_facts
from resettle.sponsors.facts import Source
from resettle.sponsors.models import SponsorGroup

Test = Callable[[UnitOfWork, GroupApplication], bool]


def _of_current(test: Test) -> Source:
    def source(uow: UnitOfWork, group: SponsorGroup) -> bool:
        application = queries.current(uow, group.id)
        return application is not None and test(uow, application)

    return source


def is_planned(uow: UnitOfWork, application: GroupApplication) -> bool:
    """Plan and budget are whole: without both nothing is sent, whatever the checklist says."""
    lacks = (*queries.plan_lacks(uow, application), *queries.budget_lacks(uow, application))
    return not lacks


def prerequisites_met(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return _of_current(is_planned)(uow, group) and group_facts.prerequisites_met(uow, group)


def _is_discussed(_uow: UnitOfWork, application: GroupApplication) -> bool:
    return application.discussed_on is not None


def _is_agreed(uow: UnitOfWork, application: GroupApplication) -> bool:
    return _is_discussed(uow, application) and is_planned(uow, application)


def _is_submitted(_uow: UnitOfWork, application: GroupApplication) -> bool:
    return application.submitted_on is not None


def _is_answered(uow: UnitOfWork, application: GroupApplication) -> bool:
    found = queries.questions_of(uow, application.id)
    return bool(found) and all(question.answer is not None for question in found)


def _is_assessed(uow: UnitOfWork, application: GroupApplication) -> bool:
    told = queries.tallies_of(uow, application.id)
    return len(told) == len(uow.use(ApplicationSettings).codes) and all(t.scores for t in told)


def _is_approved(_uow: UnitOfWork, application: GroupApplication) -> bool:
    return application.decision is Decision.APPROVED


def _is_declined(_uow: UnitOfWork, application: GroupApplication) -> bool:
    return application.decision is Decision.DECLINED


FACTS: Mapping[Fact, Source] = {
    Fact.PREREQUISITES: prerequisites_met,
    Fact.PLAN_DISCUSSED: _of_current(_is_discussed),
    Fact.PLAN_AGREED: _of_current(_is_agreed),
    Fact.APPLICATION: _of_current(_is_submitted),
    Fact.QUESTIONS_ANSWERED: _of_current(_is_answered),
    Fact.ASSESSED: _of_current(_is_assessed),
    Fact.GROUP_APPROVED: _of_current(_is_approved),
    Fact.GROUP_DECLINED: _of_current(_is_declined),
}
