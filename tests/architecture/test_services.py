"""Every act of a service asks before it acts."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import Function, Module, named

ASKING = ("get", "edit", "require")
Act = tuple[Module, Function]


def acts() -> Iterator[Act]:
    for module in named("service.py"):
        for function in module.public_functions():
            yield module, function


each_act = pytest.mark.parametrize(
    ("module", "function"), [*acts()], ids=[f"{m.name}:{f.name}" for m, f in acts()]
)


@each_act
def test_it_takes_the_unit_of_work_first(module: Module, function: Function):
    arguments = [argument.arg for argument in function.args.args]

    assert arguments[:1] == ["uow"], f"{module}: {function.name} needs uow as its first argument."


@each_act
def test_it_asks_for_a_permission(module: Module, function: Function):
    assert asks(function, module, frozenset()), (
        f"{module}: {function.name} never asks. Fetch its subject with uow.get(..., to=...) or "
        "uow.edit(..., to=...), or call uow.require(...)."
    )


def asks(function: Function, module: Module, seen: frozenset[str]) -> bool:
    """Say whether the function asks itself, or through a function of the same file."""
    if any(is_asking(call) for call in calls_in(function)):
        return True
    here = {f.name: f for f in module.functions() if f.name not in seen | {function.name}}
    called = {call.func.id for call in calls_in(function) if isinstance(call.func, ast.Name)}
    seen |= {function.name}
    return any(asks(here[name], module, seen) for name in called & here.keys())


def is_asking(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "uow"
        and call.func.attr in ASKING
    )


def calls_in(function: Function) -> list[ast.Call]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def act(uow): uow.require(P)", True),
        ("def act(uow): return _found(uow)\ndef _found(uow): return uow.get(M, 1, to=P)", True),
        ("def act(uow): return uow.all(uow.select(M))", False),
        ("def act(uow): return act(uow)", False),
    ],
)
def test_the_guard_tells_asking_from_not_asking(source, expected):
    module = Module("planted/service.py", source, ast.parse(source))

    assert asks(next(module.public_functions()), module, frozenset()) is expected
