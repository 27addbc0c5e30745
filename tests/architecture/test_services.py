"""Every act of a service asks before it acts."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import Function, Module, modules, named

ASKING = ("get", "get_all", "edit", "require")
# These change nothing, and read within the scopes; their endpoint has asked.
READING = ("/queries.py", "/schemas.py", "/shapes.py")
Act = tuple[Module, Function]


def acts() -> Iterator[Act]:
    """Give the acts of every service, and whatever else an endpoint lets act for it."""
    called = {target for edge in (*named("api.py"), *named("pages.py")) for target in acting(edge)}
    for module in modules():
        for function in module.public_functions():
            if module.file == "service.py" or (module.name, function.name) in called:
                yield module, function


def acting(edge: Module) -> Iterator[tuple[str, str]]:
    """Name file and function of what the endpoints of a chapter hand their unit of work to."""
    files, names = edge.imported()
    for call in edge.calls():
        first = call.args[0] if call.args else None
        if not (isinstance(first, ast.Name) and first.id == "uow"):
            continue
        match call.func:
            case ast.Attribute(value=ast.Name(id=alias), attr=function) if alias in files:
                target = files[alias], function
            case ast.Name(id=alias) if alias in names:
                target = names[alias]
            case _:
                continue
        if not target[0].endswith(READING) and not target[0].startswith("web/"):
            yield target


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
        "uow.edit(..., to=...), or call uow.require(...). If it only reads: move it to queries.py."
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
