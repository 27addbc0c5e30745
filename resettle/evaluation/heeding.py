"""Who is counted, as consent for evaluation allows: people who agreed, and households that did.

A household, or its house, counts where every adult at home agreed: what is told of it is told of
them all. What the programme itself did (a review, a sponsorship, an answer to a complaint) is
counted of everybody, since it is told of the programme.
"""

from collections.abc import Callable, Sequence
from datetime import date

from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import Evaluation, IndicatorDefinition
from resettle.households.rules import is_adult
from resettle.releases.making import Task
from resettle.releases.population import Subject

OF_A_HOME = frozenset({"household", "dwelling", "placement"})
# Says of a person (or of nobody in particular) of a household whether they are counted.
Heard = Callable[[str, str], bool]


def heard(uow: UnitOfWork, definition: IndicatorDefinition, task: Task) -> Heard:
    """Say whose outcomes count in an indicator; of the others nothing is known."""
    if not uow.use(Evaluation).consent_needed:
        return lambda _person, _home: True
    people = {each.person: each.agreed for each in task.people}
    if definition.level not in OF_A_HOME:
        return lambda person, _home: people.get(person, True)
    homes = agreeing_homes(task.people, task.as_at)
    return lambda person, home: people.get(person, True) and home in homes


def agreeing_homes(people: Sequence[Subject], day: date) -> frozenset[str]:
    """Name the households all of whose adults agreed; where there is none, nobody did."""
    adults = [each for each in people if each.at_home and is_adult(day, each.born_on)]
    silent = {each.household for each in adults if not each.agreed}
    return frozenset({each.household for each in adults} - silent)
