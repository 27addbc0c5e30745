"""The demonstration: a world over all stages, on a database of its own and no other."""

from collections import Counter

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, select

from resettle.accounts.models import UserAccount
from resettle.cases.models import ResettlementCase
from resettle.cli import cli
from resettle.core import chain
from resettle.core.actor import SYSTEM, Role
from resettle.core.marks import Mark
from resettle.demo import place, story
from resettle.demo.journey import CORS_WAY, QUOTA_WAY
from resettle.demo.names import COMMUNITIES
from resettle.demo.staff import LOCATIONS, USERS
from resettle.households.models import Stream
from resettle.operations.tables import migrate
from resettle.sponsors.models import SponsorGroup
from tests.integration.test_every_case_is_somebodys import nobody_is_dropped

REFUSED = 78
# One before and one after the arrival in each programme, one at the end, one beside the way.
SOME = (
    ("quota", "ASSESSING", None),
    ("quota", "EXITED", None),
    ("quota", "ASSESSING", "ON_HOLD"),
    ("cors", "SETTLING", None),
    ("cors", "COMPLETED", None),
    ("cors", "ENGLISH_ASSESSED", "INELIGIBLE"),
)


class TestTheWorld:
    def test_it_has_at_least_sixty_households_over_every_stage_of_both_programmes(self):
        plans = [*story.households_planned()]

        stages = {stream: {p.target for p in plans if p.stream is stream} for stream in Stream}
        assert len(plans) >= 60
        assert stages[Stream.QUOTA] >= {*QUOTA_WAY}
        assert stages[Stream.CORS] >= {*CORS_WAY}
        assert {p.location for p in plans} == {*LOCATIONS}

    def test_it_has_a_user_of_every_role(self):
        assert {user.role for user in USERS} == {*Role} - {Role.SYSTEM}

    def test_names_are_written_in_the_scripts_of_the_people(self):
        blocks = {
            "arabic": "\u0600",
            "burmese": "\u1000",
            "ethiopic": "\u1200",
            "cyrillic": "\u0400",
        }
        written = "".join(
            script
            for community in COMMUNITIES.values()
            for names in (community.women, community.men)
            for _, script in names
        )
        for block, first in blocks.items():
            assert any(ord(first) <= ord(c) < ord(first) + 0x100 for c in written), block

    def test_some_of_it_loads_and_its_trail_is_sound(self, committed_app):
        transactions = committed_app.extensions["transactions"]
        chosen = [
            next(
                plan
                for plan in story.households_planned()
                if (plan.stream.value, plan.target, plan.ends) == wanted
            )
            for wanted in SOME
        ]
        told: list[str] = []

        story.load(transactions, told.append, chosen)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            stages = Counter(case.stage for case in uow.all(uow.select(ResettlementCase)))
            assert stages == Counter(ends or target for _, target, ends in SOME)
            assert uow.count(SponsorGroup) == 18
            assert uow.count(UserAccount) == len(USERS)
            assert chain.verify(uow.session).sound
            assert nobody_is_dropped(uow)
        assert told


class TestItsPlace:
    @pytest.fixture
    def url(self, tmp_path):
        return f"sqlite:///{tmp_path}/a.sqlite"

    def test_an_empty_database_is_free(self, url):
        assert place.state(url) is None

    def test_a_database_with_other_tables_is_refused_and_left_alone(self, url, tmp_path):
        migrate(url)

        with pytest.raises(place.NotOurs):
            place.state(url)
        with create_engine(url).connect() as connection:
            assert connection.scalar(select(Mark.value)) is None

    def test_the_command_says_so_and_exits(self, url, monkeypatch, tmp_path):
        migrate(url)
        monkeypatch.setattr(place, "HOME", tmp_path / "demo")

        result = CliRunner().invoke(cli, ["demo"], env={"RESETTLE_DATABASE_URL": url})

        assert result.exit_code == REFUSED
        assert "not the demonstration's own" in result.output

    def test_a_load_that_was_broken_off_in_its_own_place_begins_anew(self, monkeypatch, tmp_path):
        monkeypatch.setattr(place, "HOME", tmp_path / "demo")
        url = place.settings({}).database_url
        migrate(url)

        assert place.state(url) == place.LOADING

    def test_links_that_it_sends_lead_to_the_port_where_it_is_served(self, monkeypatch, tmp_path):
        monkeypatch.setattr(place, "HOME", tmp_path / "demo")

        assert place.settings({}, 8141).public_url == "http://localhost:8141"

    def test_its_secrets_are_made_once_and_for_its_owner_only(self, monkeypatch, tmp_path):
        monkeypatch.setattr(place, "HOME", tmp_path / "demo")

        first, again = place.settings({}), place.settings({})

        assert first.secret_key == again.secret_key
        assert first.keyring == again.keyring
        assert (tmp_path / "demo" / "secrets").stat().st_mode & 0o077 == 0
