"""Scenario 15: one to four prints "<5" and zero prints 0; under MSD's rule 1 and 2 are 3."""

from collections.abc import Mapping

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from tests.functional.keys import with_keys
from tests.marginals import CELLS, a_data_set
from tests.world import a_user

WAY = "/api/report-runs/tabulations"


@pytest.fixture
def manager(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        user = a_user(uow, Role.PROGRAMME_MANAGER)
    return with_keys(client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id)))


def ukrainian(client, **asked: object) -> Mapping[str, str]:
    told = client.post(WAY, json=asked)
    assert told.status_code == 200, told.text
    (table,) = told.json["items"]
    place = table["columns"].index("Ukrainian")
    return {row: line[place] for row, line in zip(table["rows"], table["cells"], strict=True)}


def test_one_to_four_are_withheld_and_zero_is_told(manager):
    told = ukrainian(manager, records=a_data_set({"T7": CELLS["T7"]}), rule="withheld")

    assert told["visas approved"] == "<5"
    assert told["visas declined"] == "0"
    assert told["claims approved"] == "6"


@pytest.mark.parametrize("count", [1, 2])
def test_under_msds_rule_one_and_two_print_three(manager, count):
    records = a_data_set({"T7": {("visas approved", "Ukrainian"): count}})

    assert ukrainian(manager, records=records, rule="msd") == {"visas approved": "3"}


def test_the_whole_set_is_counted_with_its_warning(manager):
    told = manager.post(WAY, json={"records": a_data_set(), "stated": {"T6-sex": 8039}}).json

    by_code = {table["code"]: table for table in told["items"]}
    assert len(by_code) == 25
    assert (by_code["T2"]["total"], by_code["T4"]["total"]) == ("46", "1020")
    assert "8,040, the stated total is 8,039" in by_code["T6-sex"]["warning"]


def test_what_cannot_be_counted_and_a_table_that_is_not_there_are_refused(manager):
    bad = manager.post(WAY, json={"records": "source\n"})
    odd = manager.post(WAY, json={"records": "source\nx\n", "stated": {"T99": 1}})

    assert (bad.status_code, [*bad.json["errors"]]) == (422, ["records"])
    assert (odd.status_code, [*odd.json["errors"]]) == (422, ["stated"])
