"""The application factory: the one place where every part meets."""

from typing import Any

import orjson
from flask import Blueprint, Flask
from flask.json.provider import JSONProvider
from sqlalchemy.orm import sessionmaker

from resettle.cases.facts import FactSources
from resettle.core.crypto import Keyring
from resettle.core.db import WorkSession, make_engine
from resettle.core.policy import Policy
from resettle.core.work import Transactions
from resettle.evaluation import api as evaluation_api
from resettle.evaluation import pages as evaluation_pages
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.definition import load as load_evaluation
from resettle.operations import api as operations_api
from resettle.policy.audiences import audiences
from resettle.policy.grants import GRANTS
from resettle.policy.scopes import SCOPES
from resettle.programmes import loader
from resettle.programmes.catalogue import Catalogue
from resettle.settings import CONFIG, Settings
from resettle.web import constraints, errors, frame, openapi
from resettle.web.paging import Cursors
from resettle.wiring import CONFLICTS, FACTS, HANDLERS, NAVIGATION, RUNNERS

BLUEPRINTS: tuple[Blueprint, ...] = (
    evaluation_api.api,
    evaluation_pages.pages,
    operations_api.api,
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
    app.extensions["transactions"] = make_transactions(app, settings)
    app.extensions["runners"] = RUNNERS
    app.extensions["conflicts"] = constraints.told(CONFLICTS)
    app.extensions["cursors"] = Cursors.of(settings.secret_key)
    app.extensions["actor_loader"] = lambda: None
    errors.init_app(app)
    frame.init_app(app, NAVIGATION)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    openapi.init_app(app)
    return app


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


def make_transactions(app: Flask, settings: Settings) -> Transactions:
    """Open the database and bring together everything that a unit of work may ask for."""
    engine = make_engine(settings.database_url)
    app.extensions["engine"] = engine
    return Transactions(
        sessions=sessionmaker(engine, class_=WorkSession, expire_on_commit=False),
        policy=Policy(GRANTS, SCOPES, audiences),
        handlers=HANDLERS,
        resources={
            Settings: settings,
            Keyring: settings.keyring,
            Catalogue: loader.load_all(settings.programmes),
            FactSources: FactSources(FACTS),
            Evaluation: load_evaluation(CONFIG / "evaluation.toml"),
        },
        audit_chains=settings.audit_chains,
    )
