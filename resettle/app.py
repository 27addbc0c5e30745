"""The application factory: the one place where every part meets."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from flask import Flask
from flask.json.provider import JSONProvider
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from resettle.accounts import doors, sign_in
from resettle.accounts.loader import Memberships
from resettle.accounts.queries import Ties
from resettle.applications.definition import ApplicationSettings
from resettle.applications.definition import load as load_applications
from resettle.blueprints import BLUEPRINTS
from resettle.cards.definition import ContactTopics
from resettle.cards.definition import load as load_topics
from resettle.cases.facts import FactSources
from resettle.conflicts import CONFLICTS
from resettle.core import marks  # noqa: F401  # brings its table into the metadata
from resettle.core.crypto import Keyring
from resettle.core.db import WorkSession, make_engine
from resettle.core.policy import Policy
from resettle.core.storage import Folder, Shelf
from resettle.core.work import Transactions
from resettle.duplicates.queries import Workers
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.definition import load as load_evaluation
from resettle.funds.definition import InKind
from resettle.funds.definition import load as load_in_kind
from resettle.households.lookalikes import Lookalikes
from resettle.judgements.definition import Criteria
from resettle.judgements.definition import load as load_criteria
from resettle.menu import NAVIGATION
from resettle.notifications.mail import Post
from resettle.operations import models as operations  # noqa: F401  # the same
from resettle.operations import retention, tables
from resettle.plans.definition import PlanSettings
from resettle.plans.definition import load as load_plans
from resettle.policy.audiences import BY_ITEM, audiences
from resettle.policy.grants import GRANTS
from resettle.policy.relations import reaches_far
from resettle.policy.scopes import SCOPES
from resettle.programmes import loader
from resettle.programmes.catalogue import Catalogue
from resettle.pulses.definition import PulseSettings
from resettle.pulses.definition import load as load_pulse
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.definition import load as load_releases
from resettle.releases.making import Makers
from resettle.roster.definition import RosterSettings
from resettle.roster.definition import load as load_roster
from resettle.runs.definition import MinistryTables, ReportCatalogue, load_tables
from resettle.runs.definition import load as load_reports
from resettle.settings import CONFIG, Settings
from resettle.sponsors.facts import GroupFacts
from resettle.statuses.definition import Statuses
from resettle.statuses.definition import load as load_statuses
from resettle.strain.definition import StrainSettings
from resettle.strain.definition import load as load_strain
from resettle.surveys.definition import SurveySettings
from resettle.surveys.definition import load as load_surveys
from resettle.web import constraints, csrf, errors, frame, openapi, refusals, watching
from resettle.web.gate import Gate
from resettle.web.paging import Cursors
from resettle.web.stale import Editors
from resettle.wiring import (
    DRAFTS,
    EDITORS,
    FACTS,
    GROUP_FACTS,
    HANDLERS,
    LOOKALIKES,
    MAKERS,
    MEMBERSHIPS,
    RUNNERS,
    SCHEDULE,
    TIES,
    WORKERS,
)


class OrJson(JSONProvider):
    """orjson as Flask's JSON: it writes days and ids as they are."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return orjson.loads(s)


def create_app(settings: Settings) -> Flask:
    """Build the service. Raises BadDefinition if a programme file has faults."""
    app = Flask(__name__, static_folder=None, template_folder="web/templates")
    app.json = OrJson(app)
    _configure(app, settings)
    app.extensions["settings"] = settings
    app.extensions["transactions"] = transactions = make_transactions(app, settings)
    app.extensions |= {
        "runners": {**RUNNERS, **retention.RUNNERS},
        "schedule": SCHEDULE,
    }
    app.extensions["conflicts"] = constraints.told(CONFLICTS)
    app.extensions["drafts"] = DRAFTS
    app.extensions["cursors"] = Cursors.of(settings.secret_key)
    errors.init_app(app)
    frame.init_app(app, NAVIGATION)
    app.jinja_env.filters["place"] = transactions.resources[Catalogue].place_name
    refusals.init_app(app)
    csrf.init_app(app)
    sign_in.init_app(app)
    doors.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    openapi.init_app(app)
    _stand_before(app, settings)
    return app


def _stand_before(app: Flask, settings: Settings) -> None:
    """Put the gate before the application, and before it who the proxy says is asking."""
    engine = app.extensions["engine"]
    wanted = cache(tables.newest)

    def faults() -> Iterator[str]:
        try:
            if tables.present(engine) != wanted():
                yield "The tables are not those of this release."
        except SQLAlchemyError:
            yield "The database cannot be reached."

    gate = Gate(app.wsgi_app, settings.served_at_once, settings.waiting, faults)
    app.wsgi_app = gate  # type: ignore[method-assign,assignment]  # as Flask says it is done
    if settings.proxies:  # without one anybody could write into these headers who they are
        app.wsgi_app = ProxyFix(gate, settings.proxies, settings.proxies, x_host=0)  # type: ignore[method-assign]


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_NAME="__Host-rs" if settings.production else "rs",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        PROVIDE_AUTOMATIC_OPTIONS=True,
    )
    watching.init_app(app, metrics=settings.metrics_port > 0)


def make_transactions(app: Flask, settings: Settings) -> Transactions:
    """Open the database and bring together everything that a unit of work may ask for."""
    engine = make_engine(settings.database_url, settings.limits)
    app.extensions["engine"] = engine
    return Transactions(
        sessions=sessionmaker(engine, class_=WorkSession, expire_on_commit=False),
        policy=Policy(GRANTS, SCOPES, audiences, BY_ITEM, reaches_far),
        handlers=HANDLERS,
        resources={
            Settings: settings,
            Keyring: settings.keyring,
            Shelf: Shelf(Folder(settings.storage / "documents")),
            Catalogue: loader.load_all(settings.programmes),
            FactSources: FactSources(FACTS),
            GroupFacts: GroupFacts(GROUP_FACTS),
            Workers: WORKERS,
            Lookalikes: LOOKALIKES,
            Ties: TIES,
            Editors: EDITORS,
            Post: Post.of(settings),
            Memberships: MEMBERSHIPS,
            ApplicationSettings: load_applications(CONFIG / "applications.toml"),
            PlanSettings: load_plans(CONFIG / "plans.toml"),
            RosterSettings: load_roster(CONFIG / "roster.toml"),
            InKind: load_in_kind(CONFIG / "in_kind.toml"),
            PulseSettings: load_pulse(CONFIG / "pulse.toml"),
            Statuses: load_statuses(CONFIG / "statuses.toml"),
            StrainSettings: load_strain(CONFIG / "strain.toml"),
            ReportCatalogue: load_reports(CONFIG / "reports.toml"),
            MinistryTables: MinistryTables(load_tables(CONFIG / "ministry.toml")),
            Criteria: load_criteria(CONFIG / "criteria.toml"),
            SurveySettings: load_surveys(CONFIG / "surveys.toml"),
            ContactTopics: load_topics(CONFIG / "contact_topics.toml"),
            Evaluation: load_evaluation(CONFIG / "evaluation.toml"),
            ReleaseCatalogue: load_releases(CONFIG / "releases.toml"),
            Makers: MAKERS,
        },
        audit_chains=settings.audit_chains,
    )
