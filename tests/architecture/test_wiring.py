"""Every event is heard, and every job that is left has somebody to run it."""

import ast

import pytest

from resettle.core.events import Event
from resettle.operations import retention
from resettle.wiring import HANDLERS, RUNNERS
from tests.architecture.tree import Module, modules

# Facts that nobody needs to act on yet, each with its reason.
TOLD_TO_NONE: dict[str, str] = {
    "CaseworkerAssigned": "the list of assignments has it; nobody is written to yet",
    "PersonBorn": "whoever is born has also joined, which is heard",
    "ConsentWithdrawn": "it takes effect at the next look, without anybody being told",
}
# Jobs that the worker leaves for itself, by the clock and not by an act.
BY_THE_CLOCK: frozenset[str] = frozenset()


def events(kind: type[Event] = Event) -> set[type[Event]]:
    below = kind.__subclasses__()
    return {event for event in below if event.__module__.startswith("resettle.")}.union(
        *(events(event) for event in below)
    )


def test_every_event_is_heard_by_somebody_or_listed_as_told_to_none():
    # By name, since a dataclass with slots leaves a second class of the same name behind.
    unheard = {event.__name__ for event in events()} - {event.__name__ for event in HANDLERS}

    assert unheard == TOLD_TO_NONE.keys(), "Name its handlers in wiring.py, or list it here."


def test_every_handler_hears_an_event_that_somebody_emits():
    emitted = {
        name
        for module in modules()
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "emit"
        for name in _names(call)
    }
    silent = {event.__name__ for event in HANDLERS} - emitted

    assert not silent, f"Nobody emits {silent}: take it out of wiring.py and events.py."


def test_every_job_that_is_left_has_a_runner():
    left = {job for module in modules() for job in jobs_left_by(module)}
    run = {**RUNNERS, **retention.RUNNERS}

    assert left - run.keys() == set(), "Name who runs it in wiring.RUNNERS."
    assert run.keys() - left - BY_THE_CLOCK == set(), "Nobody leaves this job: remove it."


def jobs_left_by(module: Module) -> set[str]:
    constants = {
        target.id: node.value.value
        for node in module.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {
        _job(call.args[0], constants, module)
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "later" and call.args
    }


def _job(name: ast.expr, constants: dict[str, object], module: Module) -> str:
    if isinstance(name, ast.Constant):
        return str(name.value)
    if isinstance(name, ast.Name) and name.id in constants:
        return str(constants[name.id])
    return pytest.fail(f"{module}: name the job in its file, so that it can be found.")


def _names(call: ast.Call) -> set[str]:
    return {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
