"""T1: no way in without a permission, no permission without a way in, no column unaccounted for."""

import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from resettle.app import create_app
from resettle.core.classes import DataClass, Held
from resettle.core.db import Base
from resettle.core.permissions import Permission
from resettle.core.policy import Grant
from resettle.policy.grants import GRANTS
from resettle.policy.scopes import SCOPES, UNSCOPED
from resettle.settings import Settings
from tests.access import targets, walk

# Whoever asks may use these: the doors, the ways to find them, and what stands before them.
OPEN = {
    "calendars.fetch",
    "desk.help_",
    "desk.home",
    "desk.why",
    "doors.accept",
    "doors.enter",
    "doors.choose_language",
    "doors.sign_in",
    "doors.sign_out",
    "links.enter",
    "pulses.answer_by_link",
    "surveys.answer_by_link",
    "openapi.docs",
    "openapi.document",
    "session_api.begin_post",
    "static_file",
}
# Asked for within another way in, never by an address of its own.
WITHIN = {
    Permission.CASE_OVERRIDE: "an override is a field of the move or the placement it belongs to",
}
SUBJECTS = {"household", "person", "user_account"}
# References without a foreign key, so that the row outlives what it speaks of.
LOOSE = {
    "answer.user_id": "user_account",
    "audit_entry.household_ref": "household",
    "audit_seen.household_ref": "household",
    "data_key.owner_id": "person",
}
EXPORTS = {"my_record", "who_saw", "never"}
DEFAULTS = Path(__file__).parents[2] / "config" / "default.toml"
RETENTION = tomllib.loads(DEFAULTS.read_text())["retention"]
MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda m: m.__name__)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def built() -> Flask:
    return create_app(Settings.for_tests("sqlite://"))


def test_every_endpoint_names_a_permission_or_is_open(built: Flask):
    named = {name: getattr(view, "permission", None) for name, view in built.view_functions.items()}

    assert {name for name, permission in named.items() if permission is None} <= OPEN
    assert {p for p in named.values() if p is not None} <= {*Permission}


def test_every_permission_has_a_way_in(built: Flask):
    asked = {getattr(view, "permission", None) for view in built.view_functions.values()}

    assert {*Permission} - asked == {*WITHIN}


def test_every_permission_is_granted_to_somebody():
    assert {*GRANTS} == {*Permission}
    assert all(isinstance(grant, Grant) for grants in GRANTS.values() for grant in grants)
    assert not [permission for permission, grants in GRANTS.items() if not grants]


def test_every_id_in_an_address_is_a_uuid(built: Flask):
    odd = [
        rule.rule
        for rule in built.url_map.iter_rules()
        for name in targets.names_in(rule)
        if f"<uuid:{name}>" not in rule.rule
    ]

    assert not odd, "An id is a <uuid:...>; a code has its value in tests/access/targets.py."


def test_every_address_is_kebab_case(built: Flask):
    fixed = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.json)?")
    parts = {
        part
        for rule in built.url_map.iter_rules()
        for part in rule.rule.strip("/").split("/")
        if part and "<" not in part
    }

    assert [part for part in parts if not fixed.fullmatch(part)] == []


def test_every_way_in_has_its_line_and_every_line_its_way_in(built: Flask):
    there = {(method, rule.rule) for method, rule in targets.rules(built)}
    lines = walk.expected()

    assert there - lines.keys() == set(), "Write their lines in tests/access/expected.csv."
    assert lines.keys() - there == set(), "Take their lines out of tests/access/expected.csv."


def test_every_line_has_a_value_for_exactly_the_relations_that_it_has(built: Flask):
    lines = walk.expected()
    faults = [
        f"{method} {rule.rule}: {odd}"
        for method, rule in targets.rules(built)
        if (odd := set(lines[method, rule.rule].values()) - walk.VALUES - {rule.rule, method})
        - {lines[method, rule.rule]["comment"]}
    ]

    assert not faults


@each_model
def test_every_table_is_scoped_or_excused(model):
    assert (model in SCOPES) != (model.__tablename__ in UNSCOPED)


@each_model
def test_every_column_has_its_class(model):
    columns = inspect(model).local_table.columns

    assert [c.name for c in columns if not isinstance(c.info.get("class"), DataClass)] == []


@each_model
def test_every_table_says_whose_it_is_and_how_long_it_stays(model):
    held = model.held

    assert isinstance(held, Held)
    assert held.kept in RETENTION, "Name a rule of [retention] in config/default.toml."
    assert held.export in EXPORTS
    assert held.about == "" or subject_of(model.__table__, held.about) in SUBJECTS


def subject_of(table, path: str) -> str:
    """Follow the path from a row to the household, person or account that it speaks of."""
    if path == "id":
        return table.name
    column = table.columns[path]
    if loose := LOOSE.get(f"{table.name}.{path}"):
        return loose
    (key,) = column.foreign_keys
    if key.column.table.name in SUBJECTS:
        return key.column.table.name
    (above,) = (m for m in MODELS if m.__table__ is key.column.table)
    return subject_of(above.__table__, above.held.about)


def test_what_speaks_of_somebody_is_exported_or_never_left_out_by_accident():
    unsaid = [m.__name__ for m in MODELS if m.held.about == "" and m.held.export == "my_record"]

    assert not unsaid, "A row that goes into somebody's record says whose it is."
