"""`resettle demo`: the whole product on invented data, ready to look around in."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Sequence

import click
from werkzeug.serving import make_server

from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.core.marks import Mark
from resettle.core.work import Transactions
from resettle.demo import place, story
from resettle.demo.staff import PASSWORD, USERS
from resettle.operations import planning
from resettle.operations.commands import work
from resettle.operations.tables import empty, migrate
from resettle.settings import Settings

REFUSED = 78
SERVED = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Where to serve.")
@click.option("--load-only", is_flag=True, help="Load the data and stop.")
@click.option("--few", is_flag=True, help="Load a few households only, which is quick.")
def demo(port: int, *, load_only: bool, few: bool) -> None:
    """Serve the whole product with invented people on a database of its own."""
    settings = place.settings(os.environ, port)
    try:
        state = place.state(settings.database_url)
    except place.NotOurs as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
    if not load_only and _taken(port):
        click.echo(f"Port {port} is in use. Choose another: make demo PORT=8001", err=True)
        sys.exit(1)
    service = DemoService(settings)
    _load(service, state, story.a_few() if few else ())
    if not load_only:
        _serve(service, port)


class DemoService:
    """The service as the worker and the loader take it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app = create_app(settings)

    @property
    def transactions(self) -> Transactions:
        found: Transactions = self.app.extensions["transactions"]
        return found


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((SERVED, port)) == 0


def _load(service: DemoService, state: str | None, plans: Sequence[story.Plan]) -> None:
    """Fill the database once. What was broken off is thrown away and begun anew."""
    url = service.settings.database_url
    if state == place.LOADED:
        migrate(url)
        return
    if state == place.LOADING:
        empty(url)
    click.echo("Loading invented data (about a minute, once) ...")
    migrate(url)
    with place.hurried(service.app.extensions["engine"]):
        _mark(service, place.LOADING)
        story.load(service.transactions, lambda text: click.echo(f"  {text}"), plans)
        with service.app.extensions["engine"].begin() as connection:
            planning.learn(connection)
    _mark(service, place.LOADED)


def _mark(service: DemoService, value: str) -> None:
    with service.transactions.begin(SYSTEM, "demo:mark") as uow:
        uow.session.merge(Mark(name=place.MARK, value=value))


def _serve(service: DemoService, port: int) -> None:
    # A line for each request would carry the passwords off the screen.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(SERVED, port, service.app, threaded=True)
    stop = threading.Event()
    threading.Thread(target=work, args=(service, stop), daemon=True).start()
    click.echo("\n".join(_told(port)))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Goodbye.")
    finally:
        stop.set()


def _told(port: int) -> Sequence[str]:
    """Say where it is and who may sign in."""
    users = [f"  {user.email:32} {user.role.value.replace('_', ' ')}" for user in USERS]
    return [
        "",
        f"resettle is ready at http://localhost:{port}",
        f"Every user's password: {PASSWORD}",
        *users,
        "Stop it with Ctrl-C. The data stays in var/demo.",
    ]
