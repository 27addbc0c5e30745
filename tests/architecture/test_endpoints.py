"""Every way into the service names the permission that it asks for."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from resettle.core.permissions import Permission
from resettle.policy.grants import GRANTS
from tests.architecture import routes
from tests.architecture.tree import modules

# Whoever asks may use these, signed in or not.
OPEN = {
    "calendars.fetch",
    "desk.help_",
    "desk.home",
    "desk.why",
    "doors.accept",
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
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*")
PLACES = {"core/permissions.py", "policy/grants.py"}


def test_every_endpoint_names_a_permission_or_is_listed_as_open(built: Flask):
    bare = {name for name, view in built.view_functions.items() if not permission_of(view)}

    assert bare == OPEN, "Name its permission where it is declared, or list it in OPEN."


def test_every_permission_is_granted_to_somebody():
    assert {*GRANTS} == {*Permission}, "policy/grants.py and core/permissions.py differ."
    assert [name for name, grants in GRANTS.items() if not grants] == []


def test_every_permission_is_asked_for_somewhere():
    asked = {name for module in modules() if module.name not in PLACES for name in module.names()}
    idle = {permission.name for permission in Permission} - asked

    assert not idle, "Nothing asks for these: take them out of core/permissions.py and grants.py."


def test_every_path_is_kebab_case(built: Flask):
    odd = {rule.rule for rule in rules(built) if not all(map(KEBAB.fullmatch, fixed_parts(rule)))}

    assert not odd, "Write paths in lower case with hyphens."


def test_every_parameter_of_a_path_has_a_type(built: Flask):
    untyped = {rule.rule for rule in rules(built) if re.search(r"<[^:>]+>", rule.rule)}

    assert not untyped, "Write <uuid:...>, <int:...> or a converter of web/, so that junk is 404."


def test_routes_change_only_on_purpose(built: Flask):
    assert routes.of(built) == routes.KEPT.read_text().splitlines(), (
        "The ways into the service have changed. If that is meant: make routes"
    )


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static_file")


def fixed_parts(rule: Rule) -> list[str]:
    return [part for part in rule.rule.split("/") if part and "<" not in part]


def permission_of(view: object) -> object:
    return getattr(view, "permission", None)
