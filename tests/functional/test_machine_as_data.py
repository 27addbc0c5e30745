"""The way of a sponsor group is data of its programme: other data, another way, and no code."""

import dataclasses
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.loader import load_all
from tests.groups import a_group, a_manager
from tests.unit.programme_files import a_copy

NEEDS = '"training.complete", "vetting.all_clear", "child_protection.all_trained", "plan.agreed"'
DEED = '{ to = "DEED_SIGNED", needs = ["deed.signed"], basis = "S8" },'


@pytest.fixture
def with_rules(app, tmp_path):
    """Give a way to run the service on the shipped programme with some texts of it changed."""

    def run(**changes):
        folder = a_copy(tmp_path)
        path = (folder / "cors" / "2.toml").resolve()
        text = path.read_text(encoding="utf-8")
        for old, new in changes.values():
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        real = app.extensions["transactions"]
        known = {**real.resources, Catalogue: load_all(folder)}
        app.extensions["transactions"] = dataclasses.replace(real, resources=known)

    return run


class Way:
    """A group at a stage, and a manager who looks where it may go."""

    def __init__(self, app, client_of, stage):
        with app.extensions["transactions"].begin(SYSTEM, "arrange") as uow:
            self.group = a_group(uow, status=stage).id
            self.client = client_of(a_manager(uow))
        self.path = f"/api/sponsor-groups/{self.group}"

    def missing(self):
        found = self.client.get(f"{self.path}/possible-moves").json["items"]
        return {move["to"]: set(move["missing"]) for move in found}

    def goes(self, to):
        headers = {"Idempotency-Key": uuid4().hex}
        return self.client.post(f"{self.path}/moves", json={"to": to}, headers=headers)


def test_what_a_move_asks_for_is_in_the_file(app, client_of, with_rules):
    before = Way(app, client_of, "TRAINING").missing()["READY"]
    with_rules(less=(NEEDS, '"training.complete"'))

    after = Way(app, client_of, "TRAINING").missing()["READY"]

    assert before == {
        "training.complete",
        "vetting.all_clear",
        "child_protection.all_trained",
        "plan.agreed",
        "house_lead.named",
    }
    assert after == {"training.complete", "house_lead.named"}


def test_where_a_group_may_go_is_in_the_file(app, client_of, with_rules):
    approved = Way(app, client_of, "APPROVED")
    refused = approved.goes("TRAINING")
    with_rules(more=(DEED, f'{DEED}\n    {{ to = "TRAINING", basis = "default" }},'))

    gone = Way(app, client_of, "APPROVED").goes("TRAINING")

    assert refused.status_code == 409
    assert (gone.status_code, gone.json["status"]) == (201, "TRAINING")


def test_how_a_stage_is_called_is_in_the_file(app, client_of, with_rules):
    way = Way(app, client_of, "TRAINING")
    with_rules(name=('title = "In training"', 'title = "Learning together"'))

    assert "Learning together" in way.client.get(f"/sponsor-groups/{way.group}").text
