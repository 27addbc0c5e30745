"""Nothing typed is lost: a draft is kept for its writer alone, and comes back when asked for."""

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases.models import Assignment
from resettle.casework.models import ContactNote
from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.drafts.models import Draft
from resettle.wiring import RUNNERS
from tests.clock import NOW
from tests.desks import a_quota_household
from tests.functional import filled
from tests.world import PASSWORD, a_caseworker, a_user

SAID = "They told of the school, at length"
SCRIPT = {"Accept": "application/json"}
NEVER = "99999999-9999-4999-8999-999999999999"


@pytest.fixture
def office(transactions, client_of):
    """Give a client of a caseworker, and the addresses of the contact notes of two households."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        households = [a_quota_household(uow) for _ in range(2)]
        worker = a_caseworker(uow, *households)
    return client_of(worker), *(f"/households/{h.id}/contact" for h in households)


def save(client, path, *, script: bool = True, page: str = "", **typed):
    data = filled.typed(page or client.get(path).text, **{"text": SAID, **typed})
    return client.post("/drafts", data=data, headers=SCRIPT if script else {})


def restored(client, page: str) -> str:
    href = re.search(r'href="([^"]*\?draft=[^"]*)"', page)[1]
    return client.get(href).text


def enter(client, email, back="/"):
    """Sign somebody in through the page."""
    token = csrf(client.get("/sign-in").text)
    typed = {"email": email, "password": PASSWORD, "csrf_token": token}
    return client.post(f"/sign-in?next={back}", data=typed)


def csrf(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def drafts(connection) -> int:
    return connection.scalar(select(func.count()).select_from(Draft.__table__))


class TestSaving:
    def test_a_script_is_told_when_it_was_saved(self, office):
        client, path, _ = office

        answer = save(client, path)

        assert answer.status_code == 200
        assert answer.get_json()["saved_at"] == "Mon 2 Mar 2026, 10:30 pm"

    def test_without_a_script_one_comes_back_to_what_was_written(self, office):
        client, path, _ = office

        answer = save(client, path, script=False)
        page = client.get(answer.location).text

        assert answer.status_code == 303
        assert "Your draft is saved" in page
        assert f"{SAID}</textarea>" in page

    def test_one_form_has_one_draft(self, office, connection):
        client, path, _ = office
        page = client.get(path).text

        for words in ("They told", "They told of the school"):
            save(client, path, page=page, text=words)

        assert drafts(connection) == 1
        assert "They told of the school</textarea>" in restored(client, client.get(path).text)

    def test_it_is_sealed(self, office, connection):
        client, path, _ = office
        save(client, path)

        (kept,) = connection.execute(select(Draft.__table__.c.content)).scalars()

        assert SAID.encode() not in kept

    def test_a_form_without_its_token_is_not_saved(self, office):
        client, path, _ = office

        assert save(client, path, draft_token="").status_code == 422
        assert save(client, path, draft_token="forged").status_code == 422


class TestRestoring:
    def test_only_when_the_writer_says_so(self, office):
        client, path, _ = office
        save(client, path, channel="phone")

        page = client.get(path).text

        assert SAID not in page
        assert "You have not finished this form" in page
        again = restored(client, page)
        assert f"{SAID}</textarea>" in again
        assert dict(filled.fields(again))["channel"] == "phone"

    def test_never_in_the_form_of_another_household(self, office):
        client, path, other = office
        draft_id = save(client, path).get_json()["id"]

        assert "You have not finished" not in client.get(other).text
        page = client.get(f"{other}?draft={draft_id}")
        assert page.status_code == 200
        assert SAID not in page.text

    @pytest.mark.parametrize("wanted", ["", "x", NEVER])
    def test_what_is_no_draft_is_an_empty_form(self, office, wanted):
        client, path, _ = office

        page = client.get(f"{path}?draft={wanted}")

        assert page.status_code == 200
        assert dict(filled.fields(page.text))["text"] == ""

    def test_on_another_device(self, office, client_of):
        client, path, _ = office
        save(client, path)

        elsewhere = client_of(client.environ_base["tests.actor"])

        assert SAID in restored(elsewhere, elsewhere.get(path).text)

    def test_a_fault_keeps_it_the_same_draft(self, office, connection):
        client, path, _ = office
        page = client.get(path).text
        save(client, path, page=page)

        refused = filled.send(client, path, page, text=SAID, on="2027-01-01")
        save(client, path, page=refused.text)

        assert refused.status_code == 422
        assert drafts(connection) == 1

    def test_a_short_form_has_none(self, office):
        page = office[0].get("/account/tokens/new").text

        assert "data-draft" not in page
        assert "Save draft" not in page


class TestWhoseItIs:
    def test_nobody_else_is_shown_it(self, transactions, office, client_of):
        client, path, _ = office
        draft_id = save(client, path).get_json()["id"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            household_id = path.split("/")[2]
            colleague = a_user(uow)
            uow.add(
                Assignment(
                    household_id=uow.find(Draft, UUID(draft_id)).household_id,
                    user_id=colleague.id,
                    kind="second",
                    from_on=uow.today,
                )
            )
        other = client_of(Actor(Role.CASEWORKER, user_id=colleague.id))

        assert household_id in path
        assert "You have not finished" not in other.get(path).text
        assert SAID not in other.get(f"{path}?draft={draft_id}").text
        assert other.post(f"/drafts/{draft_id}/removal").status_code == 404
        assert "You have no drafts" in other.get("/drafts").text

    def test_a_form_that_was_opened_by_somebody_else_is_not_saved_as_ones_own(
        self, transactions, office, client_of, connection
    ):
        client, path, _ = office
        page = client.get(path).text
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = client_of(a_caseworker(uow))

        assert save(other, path, page=page).status_code == 403
        assert drafts(connection) == 0

    def test_of_a_household_that_one_may_no_longer_see_it_is_not_shown(
        self, transactions, office, clock
    ):
        client, path, _ = office
        page = client.get(path).text
        draft_id = save(client, path, page=page).get_json()["id"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            household_id = uow.find(Draft, UUID(draft_id)).household_id
            for assignment in uow.all(
                uow.select(Assignment).where(Assignment.household_id == household_id)
            ):
                assignment.until_on = NOW.date()
        clock.forward(days=2)

        assert "You have no drafts" in client.get("/drafts").text
        assert client.get(f"{path}?draft={draft_id}").status_code == 404
        assert client.post(f"/drafts/{draft_id}/removal").status_code == 404
        assert save(client, path, page=page).status_code == 404


class TestItsEnd:
    def test_it_is_gone_once_its_form_is_sent(self, office, connection):
        client, path, _ = office
        page = client.get(path).text
        save(client, path, page=page)

        answer = filled.send(client, path, page, text=SAID)

        assert answer.status_code == 303
        assert drafts(connection) == 0

    def test_a_form_that_was_restored_ends_it_too(self, office, connection):
        client, path, _ = office
        save(client, path)

        page = restored(client, client.get(path).text)
        filled.send(client, path, page)

        assert drafts(connection) == 0
        assert connection.scalar(select(func.count()).select_from(ContactNote.__table__)) == 1

    def test_what_a_script_sends_too_late_does_not_bring_it_back(self, office, connection):
        client, path, _ = office
        page = client.get(path).text
        filled.send(client, path, page, text=SAID)

        late = save(client, path, page=page)

        assert late.status_code == 409
        assert drafts(connection) == 0

    def test_it_is_discarded_and_taken_back(self, office):
        client, path, _ = office
        draft_id = save(client, path).get_json()["id"]

        gone = client.post(f"/drafts/{draft_id}/removal")
        page = client.get(gone.location).text

        assert "The draft is discarded" in page
        assert "You have not finished" not in page
        undo = re.search(r'action="(/drafts/[^"]*/return)"', page)[1]
        back = client.post(undo)
        assert f"{SAID}</textarea>" in client.get(back.location).text

    def test_one_nobody_goes_on_with_is_forgotten(self, office, transactions, connection, clock):
        client, path, _ = office
        page = client.get(path).text
        save(client, path, page=page)
        clock.forward(days=10)
        save(client, path, page=page, text="More of it")

        clock.forward(days=5)
        while jobs.run_next(transactions, RUNNERS):
            pass
        assert drafts(connection) == 1

        clock.forward(days=9)
        while jobs.run_next(transactions, RUNNERS):
            pass
        assert drafts(connection) == 0

    def test_a_discarded_one_is_forgotten_soon(self, office, transactions, connection, clock):
        client, path, _ = office
        draft_id = save(client, path).get_json()["id"]
        client.post(f"/drafts/{draft_id}/removal")

        clock.forward(hours=2)
        while jobs.run_next(transactions, RUNNERS):
            pass
        assert drafts(connection) == 0

        clock.forward(days=20)
        while jobs.run_next(transactions, RUNNERS):
            pass
        assert drafts(connection) == 0


class TestMyDrafts:
    def test_they_are_listed_by_form_and_reference(self, office):
        client, path, other = office
        save(client, path)
        save(client, other)

        page = client.get("/drafts").text

        assert page.partition("<main")[2].count(">Record contact</a>") == 2
        assert len(re.findall(r"R-2025-\d{4}", page)) == 2
        assert SAID not in page

    def test_one_that_is_about_no_household_is_listed_too(self, office):
        client, *_ = office
        page = client.get("/households/new").text
        client.post("/drafts", data=filled.typed(page, family_name="Amiri"), headers=SCRIPT)

        assert "?draft=" in client.get("/drafts").text
        assert "Amiri" in restored(client, client.get("/households/new").text)

    def test_nothing_waits_for_who_wrote_nothing(self, office):
        assert "You have no drafts" in office[0].get("/drafts").text


class TestADeadSession:
    @pytest.fixture
    def worker(self, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            actor = a_caseworker(uow, household)
            email = uow.find(UserAccount, actor.user_id).email
        return email, f"/households/{household.id}/contact"

    @pytest.fixture
    def client(self, client_of, worker):
        client = client_of(None)
        enter(client, worker[0])
        return client

    def test_what_is_sent_too_late_is_kept_and_comes_back(self, client, worker, clock, connection):
        email, path = worker
        page = client.get(path).text
        token = csrf(page)
        clock.forward(hours=13)

        answer = filled.send(client, path, page, text=SAID, csrf_token=token)

        assert answer.status_code == 401
        assert "What you wrote is kept" in answer.text
        assert connection.scalar(select(func.count()).select_from(ContactNote.__table__)) == 0
        back = re.search(r'action="/sign-in\?next=([^"]*)"', answer.text)[1]
        again = enter(client, email, back)
        assert f"{SAID}</textarea>" in client.get(again.location).text

    def test_a_page_from_before_one_signed_out_and_in_again_loses_nothing(self, client, worker):
        email, path = worker
        page = client.get(path).text
        token = csrf(page)
        client.post("/sign-out", data={"csrf_token": token})
        away = filled.send(client, path, page, text=SAID, csrf_token=token)
        enter(client, email)

        back = filled.send(client, path, page, text=SAID, csrf_token=token)

        assert away.status_code == 401
        assert "What you wrote is kept" in away.text
        assert back.status_code == 303
        told = client.get(back.location).text
        assert "nothing was done yet" in told
        assert f"{SAID}</textarea>" in told

    def test_somebody_else_who_signs_in_there_sees_nothing_of_it(
        self, transactions, client, worker, clock
    ):
        _, path = worker
        page = client.get(path).text
        token = csrf(page)
        clock.forward(hours=13)
        answer = filled.send(client, path, page, text=SAID, csrf_token=token)
        back = re.search(r'action="/sign-in\?next=([^"]*)"', answer.text)[1]
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_user(uow).email

        again = enter(client, other, back)

        assert client.get(again.location).status_code == 404

    def test_of_an_account_that_was_closed_nothing_is_kept(
        self, transactions, client, worker, clock, connection
    ):
        email, path = worker
        page = client.get(path).text
        token = csrf(page)
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = uow.first(uow.select(UserAccount).where(UserAccount.email == email))
            user.status, user.auth_epoch = AccountStatus.DEACTIVATED, user.auth_epoch + 1

        answer = filled.send(client, path, page, text=SAID, csrf_token=token)

        assert answer.status_code == 401
        assert "What you wrote is kept" not in answer.text
        assert drafts(connection) == 0

    def test_of_a_household_that_one_may_no_longer_see_nothing_is_kept(
        self, transactions, client, worker, clock, connection
    ):
        _, path = worker
        page = client.get(path).text
        token = csrf(page)
        with transactions.begin(SYSTEM, "arrange") as uow:
            for assignment in uow.all(uow.select(Assignment)):
                assignment.until_on = NOW.date()
        clock.forward(days=2)

        assert filled.send(client, path, page, text=SAID, csrf_token=token).status_code == 401
        assert drafts(connection) == 0

    def test_a_form_that_has_no_draft_is_simply_out_of_date(self, client):
        answer = client.post("/account/other-sessions/ending", data={"csrf_token": "old"})

        assert answer.status_code == 403
        assert "This page is out of date" in answer.text
