"""Lists taken out over HTTP: within one's reach, for a purpose, in blocks, for a day, on record."""

import csv
import io
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from resettle.accounts import service as accounts
from resettle.accounts.service import Deactivate
from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.audit import AuditEntry, AuditSeen
from resettle.exports.models import ListExport
from resettle.tasks.models import Category, Task
from resettle.wiring import RUNNERS
from tests import groups
from tests.functional.keys import with_keys
from tests.world import a_caseworker, a_household, a_user

ASKED = {
    "dataset": "households",
    "columns": ["name", "reference", "arrived_on", "needs_interpreter"],
    "purpose": "The team's planning day",
    "recipient": "Rua Hemi, Nelson",
    "format": "csv",
}
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def team(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        mine = a_household(uow, display_name=FORMULA, arrived_on=date(2026, 1, 5))
        late = a_household(uow, display_name="Late", arrived_on=date(2026, 2, 5))
        other = a_household(uow, display_name="Of another", arrived_on=date(2026, 1, 6))
        return mine, late, other, a_caseworker(uow, mine, late)


def worked(transactions, most=100):
    for _ in range(most):
        if not jobs.run_next(transactions, RUNNERS):
            return


def saved(client, transactions, **asked):
    told = client.post("/api/exports", json=ASKED | asked)
    assert told.status_code == 201, told.text
    worked(transactions)
    path = f"/api/exports/{told.json['id']}"
    client.post(f"{path}/openings")
    return client.get(f"{path}/content")


def lines(answer):
    return [*csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))]


def test_it_has_the_chosen_columns_of_ones_own_households_and_says_what_it_is(
    team, transactions, client_of
):
    mine, late, other, worker = team

    answer = saved(client_of(worker), transactions)

    told = lines(answer)
    about = dict(line for line in told[4:])
    assert told[0] == [
        "File number",
        "Name of the household",
        "Whether an interpreter is needed",
        "Day of arrival in New Zealand",
    ]
    assert {line[0] for line in told[1:3]} == {mine.reference, late.reference}
    assert other.reference not in answer.text
    assert about["Rows"] == "2 of 2"
    assert about["Scope"] == "Households that the taker looks after"
    assert (about["For"], about["Purpose"]) == (ASKED["recipient"], ASKED["purpose"])
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="list-')


def test_days_choose_the_rows_and_no_cell_is_a_formula(team, transactions, client_of):
    worker = team[-1]

    told = lines(saved(client_of(worker), transactions, until_on="2026-01-31"))

    assert told[1][1] == f"'{FORMULA}"
    assert told[2] == []
    assert dict(told[3:])["Filter"] == "arrived_on: from the beginning to 2026-01-31"


def test_a_workbook_holds_texts_alone_with_what_each_column_says(team, transactions, client_of):
    worker = team[-1]

    answer = saved(client_of(worker), transactions, format="xlsx")

    with ZipFile(io.BytesIO(answer.data)) as book:
        sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/sheet" in n]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 3
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    assert "HYPERLINK" in texts
    assert "Name of the household" in texts


def test_each_household_is_told_who_took_it_and_the_taking_is_on_record(
    team, transactions, client_of
):
    mine, late, _, worker = team

    saved(client_of(worker), transactions)

    with transactions.begin(SYSTEM, "look") as uow:
        rows = [row for row in uow.all(select(AuditEntry)) if row.actor_ref == worker.user_id]
        seen = uow.session.execute(select(AuditSeen.seq, AuditSeen.household_ref)).all()
    read = {row.seq for row in rows if row.change == "read" and "name" in row.fields}
    assert {mine.id, late.id} <= {home for seq, home in seen if seq in read}
    assert "downloaded" in {row.change for row in rows}


def test_many_rows_are_gathered_block_by_block_and_what_has_no_room_is_said(
    team, transactions, client_of
):
    mine, *_, worker = team
    with transactions.begin(SYSTEM, "arrange") as uow:
        for number in range(230):
            uow.session.add(
                Task(
                    household_id=mine.id,
                    title=f"Task {number}",
                    category=Category.ADMIN,
                    due_on=date(2026, 3, 2) + timedelta(days=number),
                )
            )
    client = client_of(worker)
    id_ = client.post(
        "/api/exports", json=ASKED | {"dataset": "tasks", "columns": ["reference", "title"]}
    ).json["id"]

    worked(transactions, most=1)
    half = client.get(f"/exports/{id_}").text
    worked(transactions)
    whole = client.get(f"/api/exports/{id_}").json
    page = client.get(f"/exports/{id_}").text

    assert '<progress id="progress" max="200" value="50">' in half
    assert (whole["rows_done"], whole["rows_total"]) == (200, 230)
    assert "There are 230 rows; a list has room for 200." in page


def test_it_can_be_saved_three_times_each_for_a_minute_and_is_forgotten_after_a_day(
    team, transactions, client_of, clock
):
    worker = team[-1]
    client = client_of(worker)
    made = client.post(
        "/exports/households/new",
        data={k: v for k, v in ASKED.items() if k != "dataset"},
        follow_redirects=True,
    )
    path = made.request.path
    waiting = client.post(f"{path}/openings", data={})
    worked(transactions)

    for _ in range(3):
        assert (
            "Save the file" in client.post(f"{path}/openings", data={}, follow_redirects=True).text
        )
        assert client.get(f"{path}/content").status_code == 200
    clock.forward(minutes=2)
    closed = client.get(f"{path}/content")
    spent = client.get(path)
    clock.forward(days=1)
    worked(transactions)

    assert (waiting.status_code, closed.status_code) == (409, 409)
    assert "This file can no longer be saved." in spent.text
    assert "Forgotten" in client.get("/exports").text
    with transactions.begin(SYSTEM, "look") as uow:
        (export,) = uow.all(uow.select(ListExport))
        assert export.content is None


def test_nobody_else_opens_it_and_a_manager_takes_groups_alone(team, transactions, client_of):
    worker = team[-1]
    id_ = client_of(worker).post("/api/exports", json=ASKED).json["id"]
    with transactions.begin(SYSTEM, "arrange") as uow:
        groups.a_group(uow)
        user = a_user(uow, Role.PROGRAMME_MANAGER)
        other = a_caseworker(uow)
    manager = client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id))
    wanted = {"dataset": "sponsor-groups", "columns": ["legal_name", "persons_now"]}

    told = lines(saved(manager, transactions, **wanted))

    assert client_of(other).get(f"/api/exports/{id_}").status_code == 404
    assert manager.get(f"/api/exports/{id_}").status_code == 404
    assert manager.post("/api/exports", json=ASKED).status_code == 422
    assert manager.get("/exports/tasks/new").status_code == 404
    assert "Households" not in manager.get("/exports").text.split("Taken so far")[0]
    assert told[1][1] == "0"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"columns": []}, "columns"),
        ({"columns": ["notes_summary"]}, "columns"),
        ({"from_on": "2026-02-01", "until_on": "2026-01-01"}, "until_on"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_what_does_not_fit_is_refused(team, client_of, fault, field):
    told = client_of(team[-1]).post("/api/exports", json=ASKED | fault)

    assert told.status_code == 422
    assert [*told.json["errors"]] == [field]


def test_five_a_day_and_none_by_a_program(team, client_of):
    worker = team[-1]
    client = client_of(worker)
    token = Actor(
        Role.CASEWORKER, user_id=worker.user_id, scopes=frozenset({"list:export", "case:read"})
    )

    answers = [client.post("/api/exports", json=ASKED).status_code for _ in range(6)]

    assert answers == [201] * 5 + [429]
    assert client_of(token).post("/api/exports", json=ASKED).status_code == 403


def test_who_has_left_gets_no_list(team, transactions, client_of):
    worker = team[-1]
    id_ = client_of(worker).post("/api/exports", json=ASKED).json["id"]
    with transactions.begin(SYSTEM, "arrange") as uow:
        accounts.deactivate(uow, worker.user_id, Deactivate("left", households_left=True))

    worked(transactions)

    with transactions.begin(SYSTEM, "look") as uow:
        (export,) = uow.all(uow.select(ListExport))
        assert (str(export.id), export.state) == (id_, "refused")
