"""Case files on their way to the service, and who sends them."""

from pathlib import Path
from uuid import uuid4

from resettle.core.actor import SYSTEM
from resettle.core.db import Base
from tests.unit import errf_files as made
from tests.world import a_caseworker

SAMPLES = Path(__file__).parents[1] / "data" / "errf" / "samples"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    b"<UNHCR_RRF>&b;</UNHCR_RRF>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<UNHCR_RRF>&a;</UNHCR_RRF>"
)
HOSTILE = {
    "entity bomb": BOMB,
    "external entity": OUTSIDE,
    "deep nesting": b"<UNHCR_RRF>" + b"<a>" * 100_000,
    "lying about its encoding": b'<?xml version="1.0" encoding="utf-16"?><UNHCR_RRF/>',
    "nothing at all": b"",
    "another kind of file": b"%PDF-1.7",
}
# What each table may hold although nothing was imported: the trail, and answers kept for repeats.
BOOKKEEPING = {"audit_entry", "audit_head", "answer", "data_key", "job"}


def sample(name):
    return (SAMPLES / name).read_bytes()


def caseworker(transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        return a_caseworker(uow)


def send(client, path, data, key="", **form):
    """Send a file as browsers do; in bytes, since the test client would leave a temporary file."""
    return client.post(
        path,
        data=multipart(data, form),
        content_type="multipart/form-data; boundary=part",
        headers={"Idempotency-Key": key or uuid4().hex},
    )


def multipart(data, form):
    parts = [
        f'--part\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="case.xml"\r\n\r\n'
    return b"".join([*parts, head, data, b"\r\n--part--\r\n"])


def group(people=2, cases=2):
    return made.written(made.v4(people, cases))


def rows(connection):
    """Count the rows of every table that holds more than bookkeeping."""
    return {
        table.name: len(connection.execute(table.select()).all())
        for table in Base.metadata.sorted_tables
        if table.name not in BOOKKEEPING
    }
