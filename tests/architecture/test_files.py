"""The shape that files keep, whoever writes them."""

import ast

import pytest

from tests.architecture.tree import Module, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
HOMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
COMMITS = {"core/work.py"}
# Whoever acts as the system sees everything, so it stands only where no person asks.
SYSTEM_FILES = {"commands.py", "cli.py", "handlers.py", "jobs.py"}
SYSTEM_PLACES = ("core/", "demo/", "operations/", "accounts/", "web/refusals.py")

each_module = pytest.mark.parametrize("module", modules(), ids=str)


@each_module
def test_files_stay_short(module: Module):
    lines = len(module.text.splitlines())

    assert lines <= LONGEST_FILE, f"{module} has {lines} lines: part it along its subjects."


@each_module
def test_functions_stay_short(module: Module):
    lengths = {f.name: 1 + (f.end_lineno or f.lineno) - f.lineno for f in module.functions()}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}

    assert not long, f"{module}: take steps out of {long} and name them."


@each_module
def test_every_file_has_a_home(module: Module):
    parts = {part.removesuffix(".py") for part in module.name.split("/")}

    assert not parts & HOMELESS, f"{module}: name it after what it is about."


@each_module
def test_every_file_opens_with_a_sentence(module: Module):
    says = ast.get_docstring(module.tree) or ""

    assert says.strip() or not module.tree.body, f"{module}: say in one sentence what is in it."


@each_module
def test_only_the_unit_of_work_commits(module: Module):
    commits = [call for call in module.calls() if _called(call) == "commit"]

    assert not commits or module.name in COMMITS, (
        f"{module} commits: open a unit of work (Transactions.begin), which commits at its end."
    )


@each_module
def test_only_what_no_person_asks_for_acts_as_the_system(module: Module):
    at_home = module.file in SYSTEM_FILES or module.name.startswith(SYSTEM_PLACES)

    assert at_home or not module.takes("SYSTEM"), (
        f"{module} acts as SYSTEM, which sees everything: use the actor of the unit of work, or "
        "leave a job or an event."
    )


@each_module
def test_nothing_is_left_for_later(module: Module):
    marks = [line for line in module.text.splitlines() if "TODO" in line or "FIXME" in line]

    assert not marks, f"{module}: do it, or write it as an issue: {marks}"


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
