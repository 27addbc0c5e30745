"""One-time links over HTTP: made once, looked at freely, taken up once; then a family’s page."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest

from resettle.accounts import service as accounts
from resettle.accounts.loader import by_session, of_user
from resettle.accounts.models import FamilyLink, UserAccount, UserSession
from resettle.accounts.service import Deactivate, InviteUser
from resettle.core.actor import SYSTEM, Role
from resettle.core.audit import AuditEntry
from resettle.policy.grants import GRANTS
from tests.world import a_caseworker, a_household, a_member, a_user

TOKEN = re.compile(r"/l/([\w-]{43})")
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def a_family(transactions) -> SimpleNamespace:
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        adult = a_member(uow, household, family_name="Haidari", given_name="Zahra")
        child = a_member(
            uow, household, "DAU", born_on=date(2019, 1, 1), guardian_id=adult.id, given_name="Mina"
        )
        worker = a_caseworker(uow, household)
    return SimpleNamespace(household=household, adult=adult, child=child, worker=worker)


@pytest.fixture
def family(transactions):
    return a_family(transactions)


@pytest.fixture
def worker(family, client_of):
    return client_of(family.worker)


def made(client, person, **wanted):
    page = client.post(
        f"/persons/{person.id}/links", data={"purpose": "page", "language": "ar", **wanted}
    )
    assert page.status_code == 200, page.text
    return TOKEN.search(page.text)[1]


def gone_on(client, token):
    """Look at the page of a link as a browser does, then go on."""
    page = client.get(f"/l/{token}")
    assert page.status_code == 200
    return client.post(f"/l/{token}", data={"csrf_token": CSRF.search(page.text)[1]})


def counted(transactions, model, *where):
    with transactions.begin(SYSTEM, "look") as uow:
        return uow.count(model, *where)


class TestMake:
    def test_it_is_told_once_as_text_and_as_a_picture_and_kept_only_hashed(
        self, family, worker, transactions
    ):
        page = worker.post(
            f"/persons/{family.adult.id}/links", data={"purpose": "page", "language": "ar"}
        )
        token = TOKEN.search(page.text)[1]

        assert "<svg" in page.text
        assert 'lang="ar" dir="rtl"' in page.text
        assert token not in worker.get(f"/persons/{family.adult.id}/links").text
        with transactions.begin(SYSTEM, "look") as uow:
            link = uow.first(uow.select(FamilyLink))
            assert token not in repr(vars(link))
            assert link.expires_at - link.made_at == timedelta(hours=72)

    def test_who_has_no_account_gets_one_that_has_no_password(self, family, worker, transactions):
        made(worker, family.adult)
        made(worker, family.adult)

        with transactions.begin(SYSTEM, "look") as uow:
            (account,) = uow.all(
                uow.select(UserAccount).where(UserAccount.person_id == family.adult.id)
            )
            assert (account.email, account.password_hash, account.name) == (None, None, "")

    def test_a_child_has_a_guardian_to_look(self, family, worker):
        page = worker.post(
            f"/persons/{family.child.id}/links", data={"purpose": "page", "language": "ar"}
        )

        assert page.status_code == 422
        assert "Make the link for the guardian." in page.text

    @pytest.mark.parametrize("hours", ["0", "169", "soon"])
    def test_it_waits_a_week_at_most(self, family, worker, hours):
        sent = {"purpose": "page", "language": "ar", "hours": hours}
        page = worker.post(f"/persons/{family.adult.id}/links", data=sent)

        assert page.status_code == 422

    def test_an_account_that_was_shut_stays_shut(self, family, worker, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, Role.HOUSEHOLD_PERSON, person_id=family.adult.id)
            accounts.deactivate(uow, user.id, Deactivate("asked for it"))

        sent = {"purpose": "page", "language": "ar"}
        page = worker.post(f"/persons/{family.adult.id}/links", data=sent)

        assert "was shut" in page.text


class TestOpen:
    def test_looking_uses_nothing_up_and_going_on_leads_to_the_persons_own_page(
        self, family, worker, client_of
    ):
        token = made(worker, family.adult)
        phone = client_of(None)

        looks = [phone.get(f"/l/{token}"), phone.head(f"/l/{token}"), phone.get(f"/l/{token}")]
        led = gone_on(phone, token)
        page = phone.get(led.location)

        assert {look.status_code for look in looks} == {200}
        assert "Haidari" not in looks[0].text
        assert led.status_code == 303
        assert token not in led.location
        assert page.status_code == 200
        assert '<html lang="ar" dir="rtl">' in page.text
        assert family.household.reference in page.text

    def test_it_says_who_made_it(self, family, worker, client_of):
        page = client_of(None).get(f"/l/{made(worker, family.adult)}")

        assert "Mere Tamihana" in page.text

    def test_nothing_of_its_address_goes_along_to_other_pages(self, family, worker, client_of):
        token = made(worker, family.adult)
        phone = client_of(None)
        shown, led, spent = (
            phone.get(f"/l/{token}"),
            gone_on(phone, token),
            phone.get(f"/l/{token}"),
        )

        told = {answer.headers["Referrer-Policy"] for answer in (shown, led, spent)}
        assert told == {"strict-origin"}

    @pytest.mark.parametrize("what", ["used", "revoked", "expired", "outdated", "never"])
    def test_whatever_is_wrong_with_it_is_answered_alike(
        self, family, worker, client_of, transactions, clock, what
    ):
        token = made(worker, family.adult)
        with transactions.begin(SYSTEM, "arrange") as uow:
            link = uow.first(uow.select(FamilyLink))
            user = uow.find(UserAccount, link.user_id)
            match what:
                case "used":
                    link.used_at = uow.now
                case "revoked":
                    link.revoked_at = uow.now
                case "expired":
                    link.expires_at = uow.now
                case "outdated":
                    user.auth_epoch += 1
                case _:
                    token = "x" * 43

        def answer(asked):
            page = client_of(None).get(f"/l/{asked}")
            body = page.text.replace(page.headers["X-Request-Id"], "")
            return page.status_code, re.sub(
                r'csrf_token" value="[^"]+"', "", body.replace(asked, "")
            )

        assert answer(token) == answer("y" * 43)
        assert answer(token)[0] == 410

    def test_it_lets_in_once(self, family, worker, client_of, transactions):
        token = made(worker, family.adult)
        phone, other = client_of(None), client_of(None)
        page = other.get(f"/l/{token}")
        gone_on(phone, token)

        late = other.post(f"/l/{token}", data={"csrf_token": CSRF.search(page.text)[1]})

        assert late.status_code == 410
        assert other.get("/my-household").status_code == 401
        assert counted(transactions, UserSession, UserSession.link_id.is_not(None)) == 1

    def test_another_site_cannot_take_it_up(self, family, worker, client_of):
        token = made(worker, family.adult)

        assert client_of(None).post(f"/l/{token}").status_code in {401, 403}
        assert client_of(None).get(f"/l/{token}").status_code == 200

    def test_staff_who_try_it_use_nothing_up(self, family, worker, client_of):
        token = made(worker, family.adult)

        assert worker.get(f"/l/{token}").status_code == 409
        assert client_of(None).get(f"/l/{token}").status_code == 200

    def test_a_language_chosen_before_going_on_is_kept(self, family, worker, client_of):
        token = made(worker, family.adult)
        phone = client_of(None)
        page = phone.get(f"/l/{token}?language=es")
        sent = {"csrf_token": CSRF.search(page.text)[1], "language": "es"}
        phone.post(f"/l/{token}", data=sent)

        assert '<html lang="es" dir="ltr">' in page.text
        assert '<html lang="es" dir="ltr">' in phone.get("/my-household").text

    @pytest.mark.parametrize(
        ("purpose", "where"),
        [
            ("page", "/my-household"),
            ("consents", "/my-household#consents"),
            ("goals", "/my-household/plan"),
            ("complaint", "/complaints"),
            ("looks", "/my-household/looks"),
        ],
    )
    def test_it_leads_where_it_was_made_for(self, family, worker, client_of, purpose, where):
        led = gone_on(client_of(None), made(worker, family.adult, purpose=purpose))

        assert led.location == where


class TestSession:
    @pytest.fixture
    def phone(self, family, worker, client_of):
        phone = client_of(None)
        gone_on(phone, made(worker, family.adult))
        return phone

    def test_it_ends_after_half_an_hour_without_use(self, phone, clock):
        clock.forward(minutes=29)
        assert phone.get("/my-household").status_code == 200
        clock.forward(minutes=31)
        assert phone.get("/my-household").status_code == 401

    def test_it_ends_after_two_hours_however_it_is_used(self, phone, clock):
        for _ in range(6):
            clock.forward(minutes=20)
            last = phone.get("/my-household")
        assert last.status_code == 200
        clock.forward(minutes=1)
        assert phone.get("/my-household").status_code == 401

    def test_it_is_the_household_member_and_nobody_else(self, phone, family, transactions):
        """Whatever the access tests hold of a household person so holds of who came by a link."""
        with phone.session_transaction() as session:
            by_link = by_session(transactions, session["_user_id"])
        with transactions.begin(SYSTEM, "look") as uow:
            account = of_user(uow, by_link.user_id)

        differing = {
            name
            for name in ("role", "user_id", "duties", "group_ids", "person_id", "scopes")
            if getattr(by_link, name) != getattr(account, name)
        }
        assert differing == set()
        assert by_link.by_link
        assert not account.by_link
        policy = transactions.policy
        assert [p for p in GRANTS if policy.admits(by_link, p) != policy.admits(account, p)] == []

    def test_every_use_is_on_record_as_by_link(self, phone, family, transactions):
        phone.get("/my-household")

        with transactions.begin(SYSTEM, "look") as uow:
            rows = uow.rows(
                uow.columns(AuditEntry, AuditEntry.session_ref, AuditEntry.actor_ref).where(
                    AuditEntry.actor_role == Role.HOUSEHOLD_PERSON.value
                )
            )
        assert rows
        assert {row.session_ref.partition(":")[0] for row in rows} == {"link"}

    def test_it_has_no_password_to_change(self, phone):
        page = phone.get("/account/password")
        sent = {
            "csrf_token": CSRF.search(page.text)[1],
            "current": "kererū over the harbour",
            "new": "tūī under the old bridge",
        }

        assert phone.post("/account/password", data=sent).status_code == 409

    def test_it_can_be_ended(self, phone):
        page = phone.get("/my-household")
        phone.post("/sign-out", data={"csrf_token": CSRF.search(page.text)[1]})

        assert phone.get("/my-household").status_code == 401

    def test_a_second_person_on_the_same_telephone_takes_the_place_of_the_first(
        self, phone, family, worker, transactions
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            partner = a_member(uow, family.household, "WIF", given_name="Parwin")

        gone_on(phone, made(worker, partner, language="en"))

        assert '<html lang="en-NZ" dir="ltr">' in phone.get("/my-household").text
        ended = counted(transactions, UserSession, UserSession.ended_at.is_not(None))
        assert ended == 1

    def test_the_person_sees_who_made_links_and_revokes_one(self, phone, family, worker, client_of):
        token = made(worker, family.adult)
        page = phone.get("/my-household").text
        found = re.search(r'action="(/links/[^"]+/revocation)"', page)
        sent = {"csrf_token": CSRF.search(page)[1], "form_key": "k" * 20}
        phone.post(found[1], data=sent)

        assert "Mere Tamihana" in page
        assert client_of(None).get(f"/l/{token}").status_code == 410
        assert phone.post(found[1], data={**sent, "form_key": "j" * 20}).status_code == 409


def test_who_is_invited_later_takes_up_the_same_account(family, worker, client_of, transactions):
    made(worker, family.adult)
    with transactions.begin(SYSTEM, "arrange") as uow:
        command = InviteUser(
            "zahra@example.org", "Zahra", Role.HOUSEHOLD_PERSON, (), family.adult.id
        )
        accounts.invite(uow, command)
    token = made(worker, family.adult)
    phone = client_of(None)

    gone_on(phone, token)

    assert phone.get("/my-household").status_code == 200
    assert counted(transactions, UserAccount, UserAccount.person_id == family.adult.id) == 1


def test_over_json_a_caseworker_makes_lists_and_revokes(family, worker):
    person = f"/api/persons/{family.adult.id}/links"
    link = worker.post(person, json={"purpose": "page", "language": "my", "hours": 5}).get_json()
    revoked = worker.post(
        f"/api/links/{link['id']}/revocation", headers={"Idempotency-Key": "k" * 20}
    )
    (listed,) = worker.get(person).get_json()["items"]

    assert len(link["token"]) == 43
    assert revoked.get_json()["state"] == "revoked"
    assert listed["maker"] == "Mere Tamihana"
    assert "token" not in listed


def test_of_two_who_go_on_at_once_one_is_let_in(committed_app, committed_client_of):
    transactions = committed_app.extensions["transactions"]
    family = a_family(transactions)
    token = made(committed_client_of(family.worker), family.adult)
    phones = [committed_client_of(None) for _ in range(2)]
    pages = [phone.get(f"/l/{token}") for phone in phones]
    start = Barrier(len(phones))

    def go_on(phone, page):
        start.wait()
        sent = {"csrf_token": CSRF.search(page.text)[1]}
        return phone.post(f"/l/{token}", data=sent).status_code

    with ThreadPoolExecutor(len(phones)) as pool:
        answers = [*pool.map(go_on, phones, pages)]

    assert sorted(answers) == [303, 410]
    assert counted(transactions, UserSession, UserSession.link_id.is_not(None)) == 1
