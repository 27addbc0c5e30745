"""Reminders: told once, as the recipient may see it, at their hours, and to nobody else."""

import socketserver
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases.models import Assignment
from resettle.core.actor import SYSTEM
from resettle.core.jobs import Job, run_next
from resettle.notifications import jobs, service
from resettle.notifications.acts import Choose
from resettle.notifications.mail import FileMailer, NoMailer, Post, SmtpMailer
from resettle.notifications.models import Reminder
from resettle.notifications.rules import Mailing
from resettle.settings import Settings
from resettle.wiring import RUNNERS
from tests.desks import a_quota_household, a_step
from tests.world import a_caseworker

# 2 March 2026, 22:30 in New Zealand.
MORNING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)  # 3 March, 08:00


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def posting(transactions, box: Path):
    post = Post(FileMailer(box), "resettle <reminders@example.nz>", "https://r.test")
    return replace(transactions, resources={**transactions.resources, Post: post})


@pytest.fixture
def worker(transactions):
    """Make a caseworker with one household, in which one step is late."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_quota_household(uow)
        a_step(uow, household, due_on=date(2026, 2, 20))
        made = a_caseworker(uow, household)
        account = uow.find(UserAccount, made.user_id)
        account.status = AccountStatus.ACTIVE
        reference = household.reference
    return made, reference


def remind(transactions, worker) -> None:
    with transactions.begin(SYSTEM, "job:remind") as uow:
        jobs.remind(uow, {"user_id": str(worker.user_id)})


def choose(transactions, worker, mailing: Mailing) -> None:
    with transactions.begin(worker, "reminder:own") as uow:
        service.choose(
            uow,
            Choose(
                mailing=mailing,
                digest_at=time(7, 30),
                quiet_from=time(18),
                quiet_until=time(7),
            ),
        )


def told(transactions) -> list[Reminder]:
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return [*uow.all(uow.select(Reminder))]


def mails(box: Path):
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(box.glob("*"))]


def test_what_is_late_is_told_once(posting, worker):
    made, _ = worker
    remind(posting, made)
    remind(posting, made)

    assert [reminder.due_on for reminder in told(posting)] == [date(2026, 2, 20)]


def test_the_day_s_mail_comes_at_its_hour_and_once(posting, worker, clock, box):
    made, reference = worker
    clock.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))  # 07:00
    remind(posting, made)
    assert not box.exists()

    clock.move_to(MORNING)
    remind(posting, made)
    clock.forward(hours=3)
    remind(posting, made)
    (mail,) = mails(box)
    assert mail["Subject"] == "resettle: 1 thing waits for you"
    assert f"{reference}: milestones, due Fri 20 Feb" in mail.get_content()
    assert "https://r.test/today" in mail.get_content()

    clock.forward(days=1)
    remind(posting, made)
    assert len(mails(box)) == 2


def test_no_mail_holds_anything_personal(posting, worker, clock, box):
    clock.move_to(MORNING)
    remind(posting, worker[0])

    (mail,) = mails(box)
    assert "Haidari" not in mail.as_string()
    assert "زهرا" not in mail.get_content()


def test_at_once_waits_until_it_is_not_quiet_and_tells_only_what_is_new(
    posting, worker, clock, box, transactions
):
    made, _ = worker
    choose(posting, made, Mailing.AT_ONCE)
    remind(posting, made)  # 22:30
    assert not box.exists()

    clock.move_to(MORNING)
    remind(posting, made)
    remind(posting, made)
    assert len(mails(box)) == 1


def test_whoever_wants_no_mail_gets_none(posting, worker, clock, box):
    made, _ = worker
    choose(posting, made, Mailing.OFF)
    clock.move_to(MORNING)
    remind(posting, made)

    assert not box.exists()
    assert len(told(posting)) == 1


def test_nobody_is_told_of_a_household_that_was_taken_from_them(
    posting, worker, clock, box, transactions
):
    made, _ = worker
    with transactions.begin(SYSTEM, "arrange") as uow:
        (assignment,) = uow.all(uow.select(Assignment).where(Assignment.user_id == made.user_id))
        assignment.until_on = date(2026, 3, 1)
    clock.move_to(MORNING)
    remind(posting, made)

    assert not box.exists()
    assert told(posting) == []


def test_nobody_whose_account_is_closed_is_told_anything(posting, worker, clock, box, transactions):
    made, _ = worker
    with transactions.begin(SYSTEM, "arrange") as uow:
        uow.find(UserAccount, made.user_id).status = AccountStatus.DEACTIVATED
    clock.move_to(MORNING)
    remind(posting, made)

    assert not box.exists()
    assert told(posting) == []


def test_a_queue_with_nothing_pressing_sends_nothing(posting, clock, box, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        made = a_caseworker(uow)
    clock.move_to(MORNING)
    remind(posting, made)

    assert not box.exists()


def test_the_worker_looks_at_every_queue_each_quarter(posting, worker, clock):
    with posting.begin(SYSTEM, "arrange") as uow:
        jobs.expect_looks(uow)
        jobs.expect_looks(uow)
    clock.forward(minutes=20)
    while run_next(posting, RUNNERS):
        pass

    assert len(told(posting)) == 1
    with posting.begin(SYSTEM, "look", read_only=True) as uow:
        left = uow.session.scalars(select(Job).where(Job.name == jobs.LOOK)).all()
    assert [job.run_after for job in left] == [datetime(2026, 3, 2, 10, 0, tzinfo=UTC)]


ANSWERS = {b"EHLO": b"250-here\r\n250 AUTH PLAIN", b"AUTH": b"235 known", b"QUIT": b"221 bye"}


class Server(socketserver.StreamRequestHandler):
    """Takes mail as a mail server does, as far as it is asked here."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            self.server.got.append(line)
            word = line.split()[0].upper()
            if word == b"DATA":
                self._take()
            self.wfile.write(ANSWERS.get(word, b"250 well") + b"\r\n")

    def _take(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        while (part := self.rfile.readline()) != b".\r\n":
            self.server.got.append(part)


def test_mail_goes_to_a_server():
    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        server.got = []
        threading.Thread(target=server.handle_request, daemon=True).start()
        host, port = server.server_address
        post = Post(SmtpMailer(host, port, "resettle", "secret"), "r <r@example.nz>", "")
        post.mailer.send(post.mail("key", "aroha@example.nz", "A subject", "Words"))

    heard = b"".join(server.got)
    assert b"AUTH PLAIN" in heard
    assert b"Message-ID: <key@example.nz>" in heard
    assert b"Words" in heard


class TestSettings:
    def test_a_server_comes_before_a_folder_and_without_both_nothing_is_sent(self):
        made = Settings.for_tests("sqlite://", smtp="mail.example.nz:587", mail_folder="x")

        assert Post.of(made).mailer == SmtpMailer("mail.example.nz", 587)
        folder = Post.of(Settings.for_tests("sqlite://", mail_folder="x"))
        assert (folder.mailer, folder.delivers) == (FileMailer(Path("x")), True)
        silent = Post.of(Settings.for_tests("sqlite://"))
        assert isinstance(silent.mailer, NoMailer)
        assert not silent.delivers
        silent.mailer.send(silent.mail("key", "a@b.nz", "A subject", "Words"))
