"""The pulse: asked by the night's job, answered by a link or signed in, only counted."""

import re
import threading
from dataclasses import dataclass, replace
from datetime import time, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core import chain as trail
from resettle.core.actor import SYSTEM, Role
from resettle.core.audit import AuditEntry
from resettle.core.clock import AUCKLAND
from resettle.core.jobs import Job
from resettle.notifications import jobs as mails
from resettle.notifications.mail import FileMailer, NoMailer, Post
from resettle.operations import commands
from resettle.pulses import jobs
from resettle.pulses.models import PulseAnswer, PulseInvitation
from tests import groups
from tests.weeks import a_company
from tests.world import a_user

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
GOOD = dict.fromkeys(("energy", "shared", "backed", "worth"), "4")


@dataclass(frozen=True)
class Service:
    """What a command of the service is given."""

    app: Any
    transactions: Any


@pytest.fixture
def asking(transactions, client_of, tmp_path):
    return Asking(transactions, client_of, tmp_path)


class Asking:
    """A group of four with accounts, and the box in which their mail falls."""

    def __init__(self, transactions, client_of, folder):
        self.folder, self.anybody = folder, client_of(None)
        post = Post(FileMailer(folder), "resettle <r@example.org>", "https://resettle.test")
        self.transactions = replace(transactions, resources={**transactions.resources, Post: post})
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.made = a_company(uow)
            for number in range(2):
                user = a_user(uow, Role.SPONSOR_MEMBER, email=f"more{number}@example.org")
                groups.a_member(uow, self.made.group, user_id=user.id)
            manager = groups.a_manager(uow)
        self.manager, self.helper = client_of(manager), client_of(self.made.helper)
        self.worker = client_of(self.made.worker)

    def night(self):
        """Let the job of the night run, and each mail that it leaves."""
        with self.transactions.begin(SYSTEM, jobs.ASK) as uow:
            jobs.ask(uow, {})
        with self.transactions.begin(SYSTEM, "look") as uow:
            left = [j.payload for j in uow.session.query(Job).filter_by(name=jobs.INVITE)]
        for payload in left:
            with self.transactions.begin(SYSTEM, jobs.INVITE) as uow:
                mails.ask_pulse(uow, payload)

    def trail(self):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            rows = uow.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
            uow.session.expunge_all()
            return rows

    def links(self):
        mails_ = [message_from_bytes(f.read_bytes(), policy=default) for f in self.box()]
        return [re.search(r"/p/\S+", m.get_content())[0] for m in mails_]

    def box(self):
        return sorted(self.folder.glob("*.eml"))

    def answers(self, link, **more):
        page = self.anybody.get(link)
        token = CSRF.search(page.text)
        return (
            page
            if token is None
            else self.anybody.post(link, data={"csrf_token": token[1], **GOOD, **more})
        )

    def evidence(self, client=None):
        path = f"/api/sponsor-groups/{self.made.group.id}/strain"
        rows = (client or self.manager).get(path).json["items"]
        return {r["question"]: r for r in rows if r["sign"] == "pulse"}

    def days_pass(self, days):
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            for model in (PulseInvitation, PulseAnswer):
                for row in uow.all(uow.select(model)):
                    row.opened_on -= timedelta(days=days)


class TestAsking:
    def test_each_member_has_a_mail_with_a_link_and_nobodys_name(self, asking):
        asking.night()

        assert len({*asking.links()}) == 4
        mail = asking.box()[0].read_text()
        assert "Haddad" not in mail
        assert asking.made.household.reference not in mail

    def test_it_is_asked_again_only_after_some_weeks(self, asking):
        asking.night()
        asking.night()
        assert len(asking.box()) == 4
        asking.days_pass(28)
        asking.night()
        assert len(asking.box()) == 8

    def test_nobody_is_asked_where_too_few_could_answer(self, asking):
        with asking.transactions.begin(SYSTEM, "arrange") as uow:
            member = uow.find(type(asking.made.lead_member), asking.made.lead_member.id)
            member.left_on = uow.today

        asking.night()

        assert asking.box() == []

    def test_no_mail_goes_to_an_account_that_was_shut_or_where_none_is_sent(self, asking):
        with asking.transactions.begin(SYSTEM, "arrange") as uow:
            user = uow.find(UserAccount, asking.made.helper.user_id)
            user.status = AccountStatus.DEACTIVATED
        asking.night()
        assert len(asking.box()) == 3

        resources = {**asking.transactions.resources, Post: Post(NoMailer(), "r@example.org", "")}
        silent = replace(asking.transactions, resources=resources)
        with silent.begin(SYSTEM, "mail") as uow:
            for row in uow.all(uow.select(PulseInvitation)):
                mails.ask_pulse(uow, {"invitation_id": str(row.id)})
            mails.ask_pulse(uow, {"invitation_id": str(uuid4())})
        assert len(asking.box()) == 3


class TestAnswering:
    def test_a_link_opens_the_questions_once(self, asking):
        asking.night()
        link = asking.links()[0]

        page = asking.anybody.get(link)
        assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "strict-origin")
        assert "Nobody sees what you answered" in page.text
        assert asking.answers(link, worth="9").status_code == 422
        assert asking.answers(link, odd="3").status_code == 422
        assert asking.answers(link).status_code == 200
        assert asking.answers(link).status_code == 410
        assert asking.anybody.get("/p/" + "x" * 43).status_code == 410

    def test_it_is_good_no_more_when_the_round_is_over(self, asking):
        asking.night()
        with asking.transactions.begin(SYSTEM, "arrange") as uow:
            for row in uow.all(uow.select(PulseInvitation)):
                row.closes_on = uow.today

        assert asking.answers(asking.links()[0]).status_code == 410

    def test_a_member_who_is_signed_in_answers_there(self, asking):
        assert "Nothing is asked of you" in asking.helper.get("/our-pulse").text
        nothing = asking.helper.post("/our-pulse", data={"form_key": uuid4().hex, **GOOD})
        assert nothing.status_code == 422
        asking.night()
        assert "shared fairly" in asking.helper.get("/our-pulse").text

        done = asking.helper.post("/our-pulse", data={"form_key": uuid4().hex, **GOOD})

        assert done.location == "/our-week"
        assert "Nothing is asked of you" in asking.helper.get("/our-pulse").text


class TestEvidence:
    def test_the_spread_is_told_from_four_answers_on_once_the_round_is_over(self, asking):
        asking.night()
        links = asking.links()
        for link in links[:3]:
            asking.answers(link, energy="1")
        asking.days_pass(10)
        assert asking.evidence() == {}

        asking.days_pass(-10)
        asking.answers(links[3])
        assert asking.evidence() == {}
        asking.days_pass(10)

        found = asking.evidence()
        assert found["energy"]["spread"] == [3, 0, 0, 1, 0]
        assert (found["energy"]["number"], found["energy"]["against"]) == (3, 4)
        assert found["energy"]["worth_a_look"] is True
        assert found["worth"]["worth_a_look"] is False
        assert found.keys() == asking.evidence(asking.worker).keys()

    def test_managers_read_it_in_words(self, asking):
        asking.night()
        for link in asking.links():
            asking.answers(link)
        asking.days_pass(10)

        page = asking.manager.get(f"/sponsor-groups/{asking.made.group.id}/strain").text

        assert "I have the energy for what I do in our group." in page
        assert "Mostly: 4" in page

    @pytest.mark.parametrize("way", ["by link", "signed in"])
    def test_nobody_finds_in_the_trail_whose_answer_it_is(self, asking, way):
        asking.night()
        before = asking.trail()
        if way == "by link":
            asking.answers(asking.links()[0])
        else:
            asking.helper.post("/our-pulse", data={"form_key": uuid4().hex, **GOOD})

        rows = asking.trail()[len(before) :]
        with asking.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            answered = [row for row in rows if row.resource == "PulseAnswer"]
            assert len(answered) == len(GOOD)
            assert not [row for row in rows if row.resource == "PulseInvitation"]
            for row in answered:
                assert (row.actor_ref, row.session_ref, row.address) == (None, "", "")
                assert (row.request_id, row.route) == ("", "")
                assert row.at.astimezone(AUCKLAND).time() == time()
            assert trail.verify(uow.session).sound
            marks = uow.all(uow.select(PulseInvitation).where(PulseInvitation.answered))
            assert len(marks) == 1
            columns = {column.name for column in PulseInvitation.__table__.columns}
            assert not [name for name in columns if name.endswith("_at")]

    def test_a_worker_that_starts_expects_the_next_pulse(self, asking, app):
        runners = app.extensions["runners"]
        assert jobs.ASK in runners
        for _ in range(2):
            commands.work(Service(app, asking.transactions), threading.Event(), until_idle=True)

        with asking.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            left = [job.key for job in uow.session.query(Job).filter_by(name=jobs.ASK)]
        assert left == ["pulses:ask:2026-03-03"]

    def test_what_is_kept_of_an_answer_names_nobody(self):
        assert {*PulseAnswer.__table__.columns.keys()} == {
            *("id", "group_id", "opened_on", "question", "value"),
        }
