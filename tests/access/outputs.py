"""What leaves the service otherwise than as a page: mails, feeds, sheets, PDFs, and their names.

People ask for everything that can be taken out, jobs run until none waits, and each thing that
came of it is kept with whoever gets it, in plain text: unpacked, unfolded, decoded.
"""

import dataclasses
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from resettle.core import jobs
from resettle.core.actor import SYSTEM
from resettle.core.work import Transactions
from resettle.notifications.jobs import LOOK
from resettle.notifications.mail import FileMailer, Post
from resettle.pulses.jobs import ASK
from resettle.wiring import RUNNERS
from tests.access.conftest import Stage
from tests.access.requests import headers_of

FEED = re.compile(r"/calendar-feeds/[\w-]{43}\.ics")
SENDER = "resettle <reminders@example.nz>"
# Each list in a format, with whoever may take it out, and columns that hold words.
LISTS = (
    ("caseworker", "households", "csv", ["reference", "name", "location"]),
    ("caseworker", "households", "xlsx", ["reference", "name", "location"]),
    ("caseworker", "milestones", "xlsx", ["reference", "title", "state"]),
    ("caseworker", "tasks", "csv", ["reference", "title", "status"]),
    ("programme-manager", "sponsor-groups", "csv", ["legal_name", "status"]),
    ("programme-manager", "sponsor-groups", "xlsx", ["legal_name", "status"]),
)
# Report runs of each audience, in each form; and what a family takes along of its own record.
RUNS = ("public", "ministry")
RUN_FORMS = ("pdf", "xlsx")
RECORD = ("copy", "data", "paper")
WITH_FEEDS = ("caseworker", "sponsor-member", "sponsor-coordinator")


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that left: of which kind, for whom, and all that can be read in it."""

    kind: str
    reader: str
    text: str

    @property
    def unbroken(self) -> str:
        """Put together what lines and cells have parted."""
        return re.sub(r"\s", "", self.text)


@dataclass
class Outputs:
    """Everything that left, what was logged meanwhile, and what the jobs were told."""

    found: list[Output] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    payloads: list[str] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Output]:
        return [output for output in self.found if output.kind in kinds]


def made(stage: Stage, folder: Path) -> Outputs:
    """Let everything be made that leaves, on a database that is put back afterwards."""
    with posting(stage, folder) as transactions, stage.sender.undone():
        return make(stage, folder, transactions)


@contextmanager
def posting(stage: Stage, folder: Path) -> Iterator[Transactions]:
    """Let all mail go to a folder."""
    app = stage.sender.app
    real: Transactions = app.extensions["transactions"]
    post = Post(FileMailer(folder), SENDER, "https://resettle.test")
    app.extensions["transactions"] = dataclasses.replace(
        real, resources={**real.resources, Post: post}
    )
    try:
        yield app.extensions["transactions"]
    finally:
        app.extensions["transactions"] = real


def make(stage: Stage, folder: Path, transactions: Transactions) -> Outputs:
    """Let everything be made that leaves."""
    outputs = Outputs()
    _make(stage, transactions, outputs)
    outputs.found += [_mail(path) for path in sorted(folder.iterdir())]
    return outputs


def _make(stage: Stage, transactions: Transactions, outputs: Outputs) -> None:
    asked = [*_asked(stage, outputs)]
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for name in (LOOK, ASK):
            uow.later(name, at=uow.now)
    runs = [*_runs(stage, outputs)]
    stage.sender.ear.heard.clear()
    while _run(stage, transactions, outputs):
        pass
    outputs.logged += stage.sender.ear.heard
    _fetch(stage, outputs, asked, runs)
    _subscribe(stage, outputs)


def _fetch(stage: Stage, outputs: Outputs, asked: list[tuple[str, str]], runs: list[str]) -> None:
    """Take out what was asked for, and one's own record."""
    for reader, path in asked:
        _send(stage, outputs, reader, "POST", f"{path}/openings")
        _keep(outputs, reader, _send(stage, outputs, reader, "GET", f"{path}/content"))
    for path in runs:
        _keep(
            outputs,
            "programme-manager",
            _send(stage, outputs, "programme-manager", "GET", path),
            "run",
        )
    for way in RECORD:
        path = f"/my-household/record/{way}"
        told = _send(stage, outputs, "household-person", "GET", path)
        _keep(outputs, "household-person", told, "record")


def _subscribe(stage: Stage, outputs: Outputs) -> None:
    """Make feeds, and read each as a calendar does: without an account."""
    for reader in WITH_FEEDS:
        page = _send(stage, outputs, reader, "POST", "/account/calendar-feed")
        address = FEED.search(page.text)
        assert address is not None, page.text
        feed = stage.sender.ask("anonymous", "GET", address[0])
        _keep(outputs, reader, feed.response)


def _run(stage: Stage, transactions: Transactions, outputs: Outputs) -> bool:
    rows = stage.sender.connection.execute(select(jobs.Job.payload))
    outputs.payloads += [str(row.payload) for row in rows]
    return jobs.run_next(transactions, RUNNERS)


def _asked(stage: Stage, outputs: Outputs) -> Iterator[tuple[str, str]]:
    """Ask for each list in each format, and for a pack; tell where each will be."""
    for reader, code, format_, columns in LISTS:
        body = {"dataset": code, "columns": columns, "format": format_}
        body |= {"purpose": "A look at everything", "recipient": "Nobody else"}
        told = _send(stage, outputs, reader, "POST", "/api/exports", json=body)
        yield reader, f"/api/exports/{told.json['id']}"
    household = stage.made.households["main"][""]["household_id"]
    body = {"purpose": "Handing over", "recipient": "Rua"}
    path = f"/api/households/{household}/packs"
    told = _send(stage, outputs, "caseworker", "POST", path, json=body)
    yield "caseworker", f"/api/packs/{told.json['id']}"


def _runs(stage: Stage, outputs: Outputs) -> Iterator[str]:
    """Ask for a report run of each audience; tell where each of its files will be."""
    for audience in RUNS:
        asked = {"json": {"audience": audience}}
        told = _send(stage, outputs, "programme-manager", "POST", "/api/report-runs", **asked)
        yield from (f"/api/report-runs/{told.json['id']}/files/{form}" for form in RUN_FORMS)


def _send(
    stage: Stage, outputs: Outputs, reader: str, method: str, path: str, **more: Any
) -> TestResponse:
    sent = {"headers": headers_of(method)} if path.startswith("/api/") else {}
    if not sent and method == "POST":
        sent["data"] = {"form_key": uuid4().hex}
    told = stage.sender.ask(reader, method, path, **sent, **more)
    outputs.logged += told.logged
    assert told.status < 400, f"{method} {path}: {told.status} {told.response.text}"
    return told.response


def _keep(outputs: Outputs, reader: str, response: TestResponse, kind: str = "") -> None:
    kinds = {"text/calendar": "feed", "application/pdf": "pdf"}
    kind = kind or kinds.get(response.mimetype, "sheet")
    name = response.headers.get("Content-Disposition", "")
    outputs.found.append(Output("name", reader, name))
    outputs.found.append(Output(kind, reader, readable(response.data)))


def readable(content: bytes) -> str:
    """Give all that can be read in a file: of an archive each part with its name, of a PDF all."""
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
        return "\n".join(name + "\n" + part.decode("utf-8", "replace") for name, part in parts)
    return content.decode("utf-8").replace("\r\n ", "")


def _of_pdf(content: bytes) -> str:
    """Read the pages, and what the file says of itself."""
    reader = PdfReader(BytesIO(content))
    pages = [page.extract_text() for page in reader.pages]
    about = [*(reader.metadata or {}).values(), reader.xmp_metadata or ""]
    return "\n".join([*pages, *map(str, about), *reader.named_destinations])


def _mail(path: Path) -> Output:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    heads = "\n".join(f"{name}: {value}" for name, value in mail.items())
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    reader = str(mail["To"]).partition("@")[0]
    return Output("mail", reader, "\n".join([path.name, heads, *parts]))
