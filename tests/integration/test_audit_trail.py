"""The trail: one row for each row changed, one for what was looked at, never a value."""

import json

import pytest
from sqlalchemy import select

from resettle.core.actor import SYSTEM, Origin
from resettle.core.audit import AuditEntry, AuditSeen
from resettle.core.classes import READS_AUDITED, DataClass
from resettle.core.policy import Audience
from resettle.households.models import Household, Person
from resettle.operations import queries
from resettle.operations.schemas import LookShape
from tests.groups import a_caseworker
from tests.world import a_household, a_member

CANARY = "Zephyrine"
ORIGIN = Origin("0" * 32, "/api/persons/<uuid:person_id>", "PATCH", "192.0.2.0")


@pytest.fixture
def arranged(transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        household = a_household(uow)
        return household, a_member(uow, household), a_caseworker(uow, household)


@pytest.fixture
def trail(connection):
    def trail(action="tests:act"):
        table = AuditEntry.__table__
        query = select(table).where(table.c.action == action).order_by(table.c.seq)
        return connection.execute(query).all()

    return trail


def test_a_change_names_what_was_changed_and_by_whom(arranged, transactions, trail):
    _, person, caseworker = arranged

    with transactions.begin(caseworker, "tests:act", origin=ORIGIN) as uow:
        found = uow.find(Person, person.id)
        found.given_name, found.phone = CANARY, "+64 21 000 000"

    (row,) = [row for row in trail() if row.resource != "DataKey"]
    assert (row.change, row.resource, row.record_ref) == ("updated", "Person", person.id)
    assert row.person_refs == [str(person.id)]
    assert row.fields == ["given_name", "phone"]
    assert row.classes == ["P2", "P3"]
    assert (row.actor_ref, row.actor_role) == (caseworker.user_id, "caseworker")
    assert (row.request_id, row.route, row.method, row.address) == (
        ORIGIN.request_id,
        ORIGIN.route,
        ORIGIN.method,
        ORIGIN.address,
    )


def test_making_and_deleting_are_told_and_values_never(transactions, trail):
    with transactions.begin(SYSTEM, "tests:act") as uow:
        household = a_household(uow, display_name=CANARY, notes_summary=CANARY)
        a_member(uow, household, given_name=CANARY, religion=CANARY)
    with transactions.begin(SYSTEM, "tests:act") as uow:
        extra = a_household(uow, display_name=CANARY)
        uow.session.delete(extra)

    rows = trail()
    told = [(row.change, row.resource) for row in rows]
    assert ("created", "Household") in told
    assert ("created", "HouseholdMember") in told
    assert told[-1] == ("deleted", "Household")
    assert {row.household_ref for row in rows} >= {household.id, extra.id}
    assert CANARY not in json.dumps([[*map(str, row)] for row in rows])


def test_a_change_that_changes_nothing_leaves_no_row(arranged, transactions, trail):
    with transactions.begin(SYSTEM, "tests:act") as uow:
        household = uow.find(Household, arranged[0].id)
        household.display_name = str(household.display_name)

    assert trail() == []


def test_work_that_is_rolled_back_leaves_no_row(arranged, transactions, trail):
    def begin_and_fail() -> None:
        with transactions.begin(SYSTEM, "tests:act") as uow:
            a_household(uow)
            uow.shown(sees(arranged), [("born_on", DataClass.IDENT)])
            raise KeyError

    with pytest.raises(KeyError):
        begin_and_fail()

    assert trail() == []


def sees(arranged) -> Audience:
    household, person, _ = arranged
    return Audience(household_id=household.id, person_ids=(person.id,))


@pytest.mark.parametrize("read_only", [True, False])
def test_a_look_is_on_record_before_the_work_ends(read_only, arranged, transactions, trail):
    with transactions.begin(arranged[2], "tests:act", read_only=read_only) as uow:
        for name in ("born_on", "family_name"):
            uow.shown(sees(arranged), [(name, DataClass.IDENT), ("version", DataClass.OPS)])

    (row,) = trail()
    assert (row.change, row.resource, row.count) == ("read", "answer", 2)
    assert row.fields == ["born_on", "family_name"]
    assert row.classes == ["P2"]
    assert row.household_ref == arranged[0].id
    assert row.person_refs == [str(arranged[1].id)]


@pytest.mark.parametrize("kind", DataClass)
def test_looks_at_sensitive_classes_alone_are_recorded(kind, arranged, transactions, trail):
    with transactions.begin(SYSTEM, "tests:act", read_only=True) as uow:
        uow.shown(Audience(), [("field", kind)])

    assert [row.household_ref for row in trail()] == ([None] if kind in READS_AUDITED else [])


def test_a_list_over_households_leaves_one_row_that_names_each(
    arranged, transactions, trail, connection
):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        other = a_household(uow)

    with transactions.begin(SYSTEM, "tests:act", read_only=True) as uow:
        for household_id in (arranged[0].id, other.id):
            uow.shown(Audience(household_id=household_id), [("name", DataClass.IDENT)])

    (row,) = trail()
    assert (row.household_ref, row.count) == (None, 2)
    seen = connection.execute(select(AuditSeen.household_ref).where(AuditSeen.seq == row.seq))
    assert {*seen.scalars()} == {arranged[0].id, other.id}


def test_whoever_asks_who_saw_a_file_is_told_of_lists_too(arranged, transactions, trail):
    household, _, caseworker = arranged
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        other = a_household(uow)
    for seen in ([household.id], [household.id, other.id], [other.id]):
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            for household_id in seen:
                uow.shown(Audience(household_id=household_id), [("name", DataClass.IDENT)])

    with transactions.begin(caseworker, "tests:act", read_only=True) as uow:
        found = LookShape().many_of(uow, uow.rows(queries.who_saw(uow, household.id)))

    assert sorted(row["rows"] for row in found if row["action"] == "tests:look") == [1, 2]


def test_an_act_without_rows_can_be_told(transactions, trail):
    with transactions.begin(SYSTEM, "tests:act") as uow:
        uow.acted("Trail", change="verified")

    assert [(row.change, row.resource) for row in trail()] == [("verified", "Trail")]


def test_an_answer_over_http_leaves_the_look_that_it_is(arranged, client_of, trail):
    _, person, caseworker = arranged

    answer = client_of(caseworker).get(f"/api/persons/{person.id}")

    (row,) = trail("person:read")
    assert answer.status_code == 200
    assert set(row.fields) <= answer.get_json().keys()
    assert row.request_id == answer.headers["X-Request-Id"]
    assert row.route == "/api/persons/<uuid:person_id>"
    assert row.address == "127.0.0.0"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2::7", "2001:db8:1::"),
        ("", ""),
    ],
)
def test_only_the_network_of_an_address_is_kept(address, kept, arranged, client_of, trail):
    _, person, caseworker = arranged

    client_of(caseworker).get(
        f"/api/persons/{person.id}", environ_overrides={"REMOTE_ADDR": address}
    )

    assert trail("person:read")[-1].address == kept
