"""Sponsor groups over JSON: what each role may do and is shown."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import String, Text

from resettle.accounts.loader import if_active
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.work import Transactions
from resettle.placements.models import SponsorshipStatus as Status
from resettle.sponsors import reports
from resettle.sponsors.models import Vetting
from resettle.sponsors.schemas import RecordVettingSchema
from resettle.sponsors.shapes import VettingShape
from tests.clock import NOW
from tests.groups import (
    a_caseworker,
    a_coordinator,
    a_deed,
    a_family,
    a_group,
    a_manager,
    a_match,
    a_member,
    everybody_agrees,
)
from tests.world import a_user

ROOT = "/api/sponsor-groups"
TODAY = "2026-03-02"
NEW = {
    "legal_name": "St Columba’s Welcome Trust",
    "entity_type": "CHARITABLE_TRUST",
    "location": "CHC",
    "programme": "cors",
}


def post(client: FlaskClient, path: str, **body: object):
    return client.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})


@pytest.fixture
def arrange(transactions: Transactions) -> Callable:
    """Return a function that makes things in a work of the system and gives what it made."""

    def make(maker: Callable):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return maker(uow)

    return make


@pytest.fixture
def manager(arrange, client_of) -> FlaskClient:
    return client_of(arrange(a_manager))


class TestCreate:
    def test_a_manager_opens_a_file(self, manager):
        answer = post(manager, ROOT, **NEW)

        assert answer.status_code == 201
        assert answer.json["legal_name"] == NEW["legal_name"]
        assert answer.json["status"] == "ENQUIRY"

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SPONSOR_COORDINATOR, Role.AUDITOR])
    def test_nobody_else_does(self, client_of, role):
        answer = post(client_of(Actor(role, uuid4())), ROOT, **NEW)

        assert answer.status_code == 403

    def test_the_same_name_twice_is_a_conflict(self, manager):
        post(manager, ROOT, **NEW)

        answer = post(manager, ROOT, **NEW)

        assert answer.status_code == 409
        assert "already a sponsor group" in answer.json["detail"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"legal_name": ""}, "legal_name"),
            ({"contact_email": "nobody"}, "contact_email"),
            ({"contact_phone": "letters"}, "contact_phone"),
            ({"entity_type": "CLUB"}, "entity_type"),
            ({"status": "READY"}, "status"),
            ({"persons_now": 0}, "persons_now"),
        ],
    )
    def test_what_does_not_fit_is_named(self, manager, change, field):
        answer = post(manager, ROOT, **(NEW | change))

        assert answer.status_code == 422
        assert field in answer.json["errors"]


class TestShow:
    def test_a_group_is_changed_only_as_it_was_seen(self, manager):
        made = post(manager, ROOT, **NEW).json
        shown = manager.get(f"{ROOT}/{made['id']}")
        path, etag = f"{ROOT}/{made['id']}", shown.headers["ETag"]

        bare = manager.patch(path, json={"location": "NSN"})
        changed = manager.patch(path, json={"location": "NSN"}, headers={"If-Match": etag})
        stale = manager.patch(path, json={"location": "DUD"}, headers={"If-Match": etag})

        assert [bare.status_code, changed.status_code, stale.status_code] == [428, 200, 412]
        assert changed.json["location"] == "NSN"

    def test_another_groups_coordinator_does_not_find_it(self, arrange, client_of):
        group, other = arrange(lambda uow: (a_group(uow).id, a_coordinator(uow, a_group(uow))))

        assert client_of(other).get(f"{ROOT}/{group}").status_code == 404

    def test_a_group_lists_itself_and_a_caseworker_finds_every_open_group(self, arrange, client_of):
        def world(uow):
            group = a_group(uow)
            a_group(uow, status="TRAINING")
            return group.id, a_coordinator(uow, group), a_caseworker(uow)

        group, coordinator, caseworker = arrange(world)

        own = client_of(coordinator).get(ROOT).json["items"]
        ready = client_of(caseworker).get(f"{ROOT}?open=true").json["items"]
        training = client_of(caseworker).get(f"{ROOT}?status=TRAINING&location=CHC").json["items"]

        assert [item["id"] for item in own] == [str(group)]
        assert [item["id"] for item in ready] == [str(group)]
        assert len(training) == 1


class TestWay:
    def test_what_is_missing_is_said_and_an_approval_carries_the_numbers(self, manager):
        group = post(manager, ROOT, **NEW).json["id"]
        post(manager, f"{ROOT}/{group}/moves", to="PREPARING")
        post(manager, f"{ROOT}/{group}/moves", to="APPLICATION_DRAFT")

        blocked = post(manager, f"{ROOT}/{group}/moves", to="SUBMITTED")
        possible = manager.get(f"{ROOT}/{group}/possible-moves").json["items"]
        step = post(manager, f"{ROOT}/{group}/steps", fact="concern.closed", done_on=TODAY)
        approval = {"max_persons": 8, "max_households": 2, "routes": ["NOMINATED"]}
        approved = post(manager, f"{ROOT}/{group}/approval", decided_on=TODAY, **approval)

        assert blocked.status_code == 409
        assert "plan.discussed" in blocked.json["missing"]
        assert "plan.discussed" in next(m for m in possible if m["to"] == "SUBMITTED")["missing"]
        assert step.status_code == 201
        assert approved.json["max_persons"] == 8
        assert len(manager.get(f"{ROOT}/{group}/moves").json["items"]) == 2

    def test_whether_a_concern_is_open_is_not_told_to_the_group(self, arrange, client_of, manager):
        def world(uow):
            group = a_group(uow, status="ACTIVE")
            return group.id, a_coordinator(uow, group)

        group, coordinator = arrange(world)
        theirs, path = client_of(coordinator), f"{ROOT}/{group}/possible-moves"

        of_manager = {move["to"]: move["missing"] for move in manager.get(path).json["items"]}
        of_group = {move["to"]: move["missing"] for move in theirs.get(path).json["items"]}
        page = theirs.get(f"/sponsor-groups/{group}").text

        assert "safeguarding.none_open" in of_manager["COMPLETED"]
        assert of_manager.keys() == of_group.keys()
        assert "safeguarding" not in str(of_group)
        assert "safeguarding" not in page.lower()
        assert "A programme manager decides." in page

    def test_an_item_of_the_checklist_is_met(self, manager):
        group = post(manager, ROOT, **NEW).json["id"]
        item = manager.get(f"{ROOT}/{group}/checklist").json["items"][0]

        answer = manager.put(
            f"{ROOT}/{group}/checklist/{item['id']}",
            json={"status": "met"},
            headers={"If-Match": f'"{item["version"]}"'},
        )

        assert (answer.status_code, answer.json["status"]) == (200, "met")
        assert answer.json["done_on"] == TODAY

    def test_a_deed_copies_the_schedule_unless_told_otherwise(self, manager):
        group = post(manager, ROOT, **NEW).json["id"]
        days = {"signed_on": TODAY, "effective_from": TODAY}

        usual = post(manager, f"{ROOT}/{group}/deeds", **days)
        own = post(manager, f"{ROOT}/{group}/deeds", report_days={"REP-014": 21}, **days)

        assert usual.json["report_days"]["REP-730"] == 730
        assert own.json["report_days"] == {"REP-014": 21}
        assert len(manager.get(f"{ROOT}/{group}/deeds").json["items"]) == 2


class TestMembers:
    def test_one_joins_and_is_confirmed_by_two(self, arrange, client_of, manager):
        def world(uow):
            group = a_group(uow)
            return group.id, a_coordinator(uow, group)

        group, actor = arrange(world)
        coordinator = client_of(actor)

        added = post(
            coordinator,
            f"{ROOT}/{group}/members",
            name="မောင် မောင်",
            roles=["befriender"],
            joined_on=TODAY,
        )
        path = f"{ROOT}/members/{added.json['id']}/confirmation"
        early, first, second = post(manager, path), post(coordinator, path), post(manager, path)

        assert added.json["name"] == "မောင် မောင်"
        assert [early.status_code, first.json["status"]] == [403, "awaiting_manager"]
        assert second.json["status"] == "confirmed"

    def test_a_vetted_member_may_drive_children_until_they_leave(self, arrange, manager):
        path = f"{ROOT}/members/{arrange(lambda uow: a_member(uow, a_group(uow)).id)}"
        outcome = {"outcome": "clear", "agreed_on": TODAY, "requested_on": TODAY}

        vetted = post(manager, f"{path}/vetting", decided_on=TODAY, **outcome)
        trained = post(manager, f"{path}/trainings", module="culture", completed_on=TODAY)
        drives = post(manager, f"{path}/child-transport")
        ended = post(manager, f"{path}/child-transport/ending")
        left = post(manager, f"{path}/departure", left_on=TODAY)

        assert vetted.json["expires_on"] == "2029-03-02"
        assert trained.status_code == 201
        assert drives.json["drives_children"] is True
        assert ended.json["drives_children"] is False
        assert left.json["status"] == "left"

    def test_what_a_vetting_said_cannot_be_sent(self, arrange, manager):
        member = arrange(lambda uow: a_member(uow, a_group(uow)).id)
        outcome = {"outcome": "clear", "agreed_on": TODAY, "requested_on": TODAY}

        answer = post(
            manager,
            f"{ROOT}/members/{member}/vetting",
            decided_on=TODAY,
            content="a conviction",
            **outcome,
        )

        assert answer.status_code == 422
        assert "content" in answer.json["errors"]

    def test_no_field_takes_or_shows_more_of_a_vetting_than_its_outcome(self):
        days = {"agreed_on", "requested_on", "decided_on"}
        columns = {column.key: column for column in Vetting.__table__.columns}

        assert {*RecordVettingSchema().fields} == {"outcome", "reason_code", *days}
        assert {*VettingShape().fields} - {"id", "member_id"} == {
            "outcome", "reason_code", "expires_on", *days
        }  # fmt: skip
        # Nothing in the table holds words: a column is a day, a reference, a number or a code.
        worded = [key for key, each in columns.items() if type(each.type) in {String, Text}]
        assert worded == []

    def test_the_history_of_vettings_is_for_managers(self, arrange, client_of, manager):
        def world(uow):
            group = a_group(uow)
            return a_member(uow, group).id, a_coordinator(uow, group)

        member, coordinator = arrange(world)
        path = f"{ROOT}/members/{member}/vetting"

        assert client_of(coordinator).get(path).status_code == 403
        assert manager.get(path).json == {"items": []}

    def test_members_are_listed_for_their_group(self, arrange, client_of):
        def world(uow):
            group = a_group(uow)
            return group.id, a_coordinator(uow, group)

        group, coordinator = arrange(world)

        items = client_of(coordinator).get(f"{ROOT}/{group}/members").json["items"]

        assert [item["roles"] for item in items] == [["coordinator"]]


class TestReports:
    def test_what_is_overdue_is_seen(self, arrange, client_of):
        def world(uow):
            group, family = a_group(uow), a_family(uow)
            long_ago = NOW.date().replace(year=2025)
            reports.owe(uow, a_deed(uow, group), family.id, long_ago, since=long_ago)
            everybody_agrees(uow, a_match(uow, group, family, status=Status.CONFIRMED))
            return group.id, a_coordinator(uow, group)

        group, coordinator = arrange(world)
        client = client_of(coordinator)

        everything = client.get(f"{ROOT}/{group}/reports").json["items"]
        overdue = client.get(f"{ROOT}/{group}/reports?overdue=true").json["items"]

        assert [item["code"] for item in everything] == ["REP-014", "REP-365"]
        assert [(item["code"], item["overdue"]) for item in overdue] == [("REP-014", True)]


class TestApplying:
    """Whoever applies acts for their own group before they are vetted, and sees nobody else."""

    def world(self, uow, status):
        group = a_group(uow, status=status)
        user = a_user(uow, Role.SPONSOR_COORDINATOR)
        a_member(uow, group, user_id=user.id, roles=("coordinator",), vetted_until=None)
        return group.id, if_active(uow, user.id)

    def test_before_its_vetting_a_confirmed_coordinator_puts_members_forward(
        self, arrange, client_of
    ):
        group, actor = arrange(lambda uow: self.world(uow, "PREPARING"))
        coordinator = client_of(actor)

        added = post(
            coordinator, f"{ROOT}/{group}/members", name="A", roles=["befriender"], joined_on=TODAY
        )

        assert (added.status_code, actor.group_ids, actor.applying_ids) == (201, set(), {group})
        assert coordinator.get("/api/households").status_code == 403
        assert coordinator.get(f"{ROOT}/{group}/reports").status_code == 403

    def test_once_the_group_is_ready_only_the_vetted_act_for_it(self, arrange, client_of):
        group, actor = arrange(lambda uow: self.world(uow, "READY"))

        assert actor.own_group_ids == set()
        assert client_of(actor).get(f"{ROOT}/{group}").status_code == 403
