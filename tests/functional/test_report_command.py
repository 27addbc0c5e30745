"""`resettle report`: the ministry's tables from the records, by the one path of figures."""

import json

import pytest
from click.testing import CliRunner

from resettle.cli import Service, cli
from resettle.core.actor import SYSTEM, Role
from tests.crowds import a_crowd
from tests.world import a_user

EMAIL = "hemi@example.org.nz"
AGES = "quota-by-age-and-sex"


@pytest.fixture
def run(app, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_crowd(uow, 14)
        a_user(uow, Role.PROGRAMME_MANAGER, email=EMAIL)
    service = Service(app.extensions["settings"])
    service.__dict__["app"] = app
    return lambda *given: CliRunner().invoke(cli, ["report", *given], obj=service)


def test_the_ministrys_tables_are_made_and_warned_of_where_a_total_does_not_fit(run):
    made = run("ministry", "--as", EMAIL, "--stated", f"{AGES}=55", "--json")

    told = json.loads(made.stdout)
    ages = next(s for s in told["sections"] if s["id"].startswith(AGES))
    assert made.exit_code == 0
    assert ages["number"] == "T6"
    assert ages["figures"]["total"] == 56
    assert "add up to 56, the stated total is 55: 1 more" in ages["warning"]
    assert ages["policy"] == "ministry"


def test_it_is_told_in_words_with_what_may_not_be_told(run):
    made = run("ministry", "--as", EMAIL, "--stated", f"{AGES}=55", "--audience", "public")

    assert made.exit_code == 0
    assert "This table is not told to this audience." in made.stdout
    assert "The ministry's tables, as at 2025-12-31." in made.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--as", "nobody@example.org.nz"), "no active account"),
        (("--as", EMAIL, "--stated", "x"), "TABLE=TOTAL"),
        (("--as", EMAIL, "--stated", "x=1"), "stated: There is no table x in this report."),
        (("nowhere", "--as", EMAIL), "report: There is no such report."),
    ],
)
def test_what_does_not_fit_is_told_and_exits_with_two(run, given, said):
    made = run(*given)

    assert made.exit_code == 2
    assert said in made.stderr
