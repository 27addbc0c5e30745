"""The list of indicators, under the names of a framework, each with the newest figures of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import Evaluation, IndicatorDefinition
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.content import Framework
from resettle.releases.models import Release, ReleaseStatus
from resettle.releases.queries import ReleaseFilters, released
from resettle.releases.rules import Reconciled, reconcile

NEWEST_FRAMEWORK = "NZRRS-2023"
OPERATION = "How the programme works"


@dataclass(frozen=True, slots=True)
class IndicatorsWanted:
    framework: str = NEWEST_FRAMEWORK
    by: str = ""
    audience: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An indicator with its definition, and what of it was told last."""

    code: str
    title: str
    framework: str
    outcome: str
    domain: str
    official: str
    level: str
    numerator: str
    denominator: str
    window: str
    unknowns: str
    release: Release | None


def listed(uow: UnitOfWork, wanted: IndicatorsWanted) -> Sequence[Listed]:
    """List all indicators. Raises Invalid for a framework that is none of the strategy's."""
    uow.require(Permission.RELEASE_READ)
    evaluation = uow.use(Evaluation)
    framework = frameworks(uow.use(Catalogue)).get(wanted.framework)
    if framework is None:
        raise Invalid({"framework": ["There is no such framework."]})
    newest = _newest(uow, wanted)
    rows = [_listed(each, framework, newest) for each in evaluation.indicators.values()]
    order = [*framework.outcomes.values(), OPERATION]
    return sorted(rows, key=lambda row: order.index(row.outcome))


def frameworks(catalogue: Catalogue) -> Mapping[str, Framework]:
    """Name the versions of the strategy that the programmes' catalogues have."""
    found = [f for p in catalogue.programmes.values() for f in p.frameworks]
    return {framework.code: framework for framework in found}


def _listed(
    each: IndicatorDefinition, framework: Framework, newest: Mapping[str, Release]
) -> Listed:
    return Listed(
        code=each.code,
        title=each.title,
        framework=framework.title,
        outcome=framework.outcomes.get(each.outcome, OPERATION),
        domain=each.outcome,
        official=each.official,
        level=each.level,
        numerator=each.numerator,
        denominator=each.denominator,
        window=each.when,
        unknowns=each.unknowns,
        release=newest.get(each.code),
    )


def _newest(uow: UnitOfWork, wanted: IndicatorsWanted) -> Mapping[str, Release]:
    query = released(uow, ReleaseFilters(kind="indicator", audience=wanted.audience))
    query = query.where(Release.by == wanted.by, Release.status != ReleaseStatus.REFUSED)
    found = uow.all(query.order_by(Release.as_at, Release.asked_at, Release.id))
    return {release.code: release for release in found}


def check_sum(
    uow: UnitOfWork, labels: Sequence[str], numbers: Sequence[int], stated: int | None
) -> Reconciled:
    """Add up somebody's table. Raises Invalid if a part has no number, or stands twice."""
    uow.require(Permission.INDICATOR_READ)
    if len(labels) != len(numbers) or len({*labels}) != len(labels):
        raise Invalid({"labels": ["Name each part once, with one number."]})
    return reconcile(dict(zip(labels, numbers, strict=True)), stated)
