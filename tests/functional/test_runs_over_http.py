"""Report runs over HTTP: put together once of released figures, the same again, in three forms."""

import io
from datetime import date, timedelta
from zipfile import ZipFile

import pytest

from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Stream
from resettle.runs.models import ReportRun
from resettle.wiring import RUNNERS
from tests.crowds import a_crowd
from tests.functional.keys import with_keys
from tests.papers import kinds, opened, pictures, text_of
from tests.world import a_user

CORS = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}


def worked(transactions):
    while jobs.run_next(transactions, RUNNERS):
        pass


def a_manager_of_two_streams(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_crowd(uow, 14)
        a_crowd(uow, 12, **CORS)
        return Actor(Role.PROGRAMME_MANAGER, user_id=a_user(uow, Role.PROGRAMME_MANAGER).id)


@pytest.fixture
def manager(once, client_of):
    return with_keys(client_of(once(a_manager_of_two_streams)))


@pytest.fixture
def run(manager, transactions):
    id_ = manager.post("/api/report-runs", json={"audience": "ministry"}).json["id"]
    worked(transactions)
    return id_


def test_each_figure_has_its_id_definition_data_and_policy(manager, run):
    told = manager.get(f"/api/report-runs/{run}").json

    (sexes,) = (s for s in told["told"]["sections"] if "people-by-age-and-sex" in s["id"])
    assert told["state"] == "ready"
    assert sexes["id"] == "people-by-age-and-sex@2026-03-02/ministry"
    assert sexes["policy"] == "ministry"
    assert len(sexes["data_hash"]) == 64
    assert sexes["definition"]["columns"] == "Sex"
    assert sexes["figures"]["total"] == 26 * 4


def test_it_is_the_same_again_whatever_has_changed_since(manager, run, transactions, clock):
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_crowd(uow, 5)
    clock.forward(days=1)

    again = manager.post(f"/api/report-runs/{run}/repetition").json["id"]
    worked(transactions)
    first, second = (manager.get(f"/api/report-runs/{id_}").json for id_ in (run, again))
    page = manager.get(f"/report-runs/{again}")

    assert first["told"] == second["told"]
    assert (second["repeats"], second["is_same"]) == (run, True)
    assert "every figure is the same as in the first" in page.text


def test_a_run_that_is_made_is_not_made_over(manager, run, transactions):
    with transactions.begin(SYSTEM, "look") as uow:
        before = uow.all(uow.select(ReportRun))[0].made_at
        uow.later("runs:make", run_id=run)

    worked(transactions)

    with transactions.begin(SYSTEM, "look") as uow:
        assert uow.all(uow.select(ReportRun))[0].made_at == before


def test_as_a_page_it_has_pictures_with_their_tables(manager, run):
    page = manager.get(f"/report-runs/{run}").text

    assert "People supported, by age and sex" in page
    assert '<rect class="bar"' in page
    assert "Figure people-by-age-and-sex@2026-03-02/ministry" in page
    assert "Put it together again" in page
    assert "Quarterly report" in manager.get("/report-runs").text


def test_as_pdf_it_is_read_aloud_with_its_pictures_and_their_tables(manager, run):
    answer = manager.get(f"/report-runs/{run}/files/pdf")

    made = opened(answer.data)
    assert answer.headers["Content-Disposition"].endswith('.pdf"')
    assert made.trailer["/Root"]["/Lang"] == "en-NZ"
    assert made.metadata.title == "Quarterly report for the ministry, as at Mon 2 Mar 2026"
    assert "People supported, by age and sex" in [part.title for part in made.outline]
    told = manager.get(f"/api/report-runs/{run}").json["told"]["sections"]
    shown = [section for section in told if section["figures"]]
    assert kinds(answer.data).count("Table") == len(pictures(answer.data)) == len(shown)
    assert "Year of arrival (July to June) as bars: 2025/26, 104." in pictures(answer.data)
    said = text_of(answer.data)
    assert "Figure people-by-age-and-sex@2026-03-02/ministry." in said
    assert all(each["definition"]["population"] in said for each in shown)


def test_as_a_workbook_it_has_a_row_of_hxl_and_a_data_dictionary(manager, run):
    answer = manager.get(f"/api/report-runs/{run}/files/xlsx")

    with ZipFile(io.BytesIO(answer.data)) as book:
        names = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Data dictionary" in names
    assert "#affected+num" in texts
    assert "<f>" not in sheet
    assert "<v>104</v>" in sheet


def test_few_people_are_told_of_in_no_table(client_of, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_crowd(uow, 2)
        user = a_user(uow, Role.PROGRAMME_MANAGER)
    manager = with_keys(client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id)))
    page = manager.post(
        "/report-runs/new",
        data={"audience": "public", "report": "quarterly"},
        follow_redirects=True,
    )
    assert "It is being put together." in page.text
    worked(transactions)

    shown = manager.get(page.request.path)
    sheet = manager.get(f"{page.request.path}/files/xlsx")

    assert "No table is told of fewer than" in shown.text
    assert sheet.status_code == 200
    assert manager.get(f"{page.request.path}/files/doc").status_code == 409


def test_what_does_not_fit_is_refused_and_what_is_not_made_not_repeated(manager):
    tomorrow = (date(2026, 3, 2) + timedelta(days=1)).isoformat()
    ahead = manager.post("/api/report-runs", json={"audience": "ministry", "as_at": tomorrow})
    odd = manager.post("/api/report-runs", json={"audience": "ministry", "report": "x"})
    waiting = manager.post("/api/report-runs", json={"audience": "ministry"}).json["id"]
    early = manager.post(f"/api/report-runs/{waiting}/repetition")
    button = manager.post(f"/report-runs/{waiting}/repetition", data={})

    assert [*ahead.json["errors"]] == ["as_at"]
    assert [*odd.json["errors"]] == ["report"]
    assert (early.status_code, button.status_code) == (409, 409)
    assert manager.get("/report-runs/new").status_code == 200


def test_who_has_left_gets_no_report(manager, transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        uow.add(
            ReportRun(
                report="quarterly",
                audience="ministry",
                title="Quarterly report",
                asked_by=a_user(uow, Role.CASEWORKER).id,
                asked_at=uow.now,
            )
        )
        uow.later("runs:make", run_id=str(uow.all(uow.select(ReportRun))[0].id))

    worked(transactions)

    assert [row["state"] for row in manager.get("/api/report-runs").json["items"]] == ["waiting"]


class TestLettingGo:
    def test_a_second_person_lets_it_go_with_its_figures_and_then_evaluators_read_it(
        self, manager, run, client_of, transactions
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, Role.PROGRAMME_MANAGER)
        second = with_keys(client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id)))
        evaluator, auditor = (
            with_keys(client_of(Actor(role))) for role in (Role.EVALUATOR, Role.AUDITOR)
        )
        before = [who.get(f"/report-runs/{run}").status_code for who in (evaluator, auditor)]
        own = manager.post(f"/api/report-runs/{run}/confirmation")

        done = second.post(f"/report-runs/{run}/confirmation", data={"version": "2"})
        again = second.post(f"/api/report-runs/{run}/confirmation")
        page = evaluator.get(f"/report-runs/{run}")
        released = evaluator.get("/api/releases").json["items"]

        assert before == [404, 404]
        assert (own.status_code, done.status_code, again.status_code) == (409, 303, 409)
        assert "People supported, by age and sex" in page.text
        assert "Put it together again" not in page.text
        assert {each["status"] for each in released} == {"released"}
        assert len(released) == 6
        assert evaluator.get(f"/report-runs/{run}/files/xlsx").status_code == 200
        assert auditor.get("/api/report-runs").json["items"][0]["confirmed_at"]

    def test_a_first_that_was_not_let_go_is_no_link(self, manager, run, client_of, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, Role.PROGRAMME_MANAGER)
        second = with_keys(client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id)))
        again = manager.post(f"/api/report-runs/{run}/repetition").json["id"]
        worked(transactions)
        assert second.post(f"/api/report-runs/{again}/confirmation").status_code == 200

        page = client_of(Actor(Role.EVALUATOR)).get(f"/report-runs/{again}").text

        assert "Put together again: every figure is the same" in page
        assert f"/report-runs/{run}" not in page
        assert f"/report-runs/{run}" in manager.get(f"/report-runs/{again}").text

    def test_what_is_not_made_is_not_let_go(self, manager):
        waiting = manager.post("/api/report-runs", json={"audience": "ministry"}).json["id"]

        assert manager.post(f"/api/report-runs/{waiting}/confirmation").status_code == 409


class TestStatedTotals:
    TABLE = "arrivals-by-age-and-sex"

    def told(self, manager, transactions, stated):
        sent = {"audience": "ministry", "stated": stated}
        id_ = manager.post("/api/report-runs", json=sent).json["id"]
        worked(transactions)
        sections = manager.get(f"/api/report-runs/{id_}").json["told"]["sections"]
        return id_, next(s["warning"] for s in sections if s["id"].startswith(self.TABLE))

    def test_parts_that_do_not_add_up_are_not_passed_over(self, manager, transactions):
        id_, warning = self.told(manager, transactions, {self.TABLE: 103})

        assert "add up to 104, the stated total is 103: 1 more" in warning
        assert "add up to 104" in manager.get(f"/report-runs/{id_}").text
        assert "add up to 104" in text_of(manager.get(f"/report-runs/{id_}/files/pdf").data)
        book = ZipFile(io.BytesIO(manager.get(f"/report-runs/{id_}/files/xlsx").data))
        assert any(b"add up to 104" in book.read(name) for name in book.namelist())

    def test_what_adds_up_is_not_warned_of(self, manager, transactions):
        assert self.told(manager, transactions, {self.TABLE: 104})[1] is None

    def test_on_the_page_they_are_typed_line_by_line(self, manager, transactions):
        data = {"audience": "ministry", "report": "quarterly"}
        typed = {**data, "stated": f"{self.TABLE} 1,030\n\n"}

        page = manager.post("/report-runs/new", data=typed, follow_redirects=True)
        worked(transactions)

        assert "the stated total is 1,030" in manager.get(page.request.path).text

    @pytest.mark.parametrize(
        "stated", [{"x": 1}, {TABLE: "many"}, {TABLE: -1}, [1], f"{TABLE} many", "x" * 5000]
    )
    def test_what_is_no_total_is_refused(self, manager, stated):
        sent = {"audience": "ministry", "stated": stated}

        assert [*manager.post("/api/report-runs", json=sent).json["errors"]] == ["stated"]
