"""Nobody counts people past the one path of figures."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, modules

OWN_VIEW = "the team’s own view: counts of operational facts, for managers alone"
# Who counts rows of everybody, whoever may see each, and why that is no figure for others.
COUNTS = {
    "crises/queries.py": "how many checks of a crisis are done, for those who answer for it",
    "evaluation/months.py": OWN_VIEW,
    "evaluation/overview.py": OWN_VIEW,
    "evaluation/queries.py": OWN_VIEW,
    "evaluation/waiting.py": OWN_VIEW,
    "funds/totals.py": "sums of a group’s own money, for the group and its manager",
    "strain/counts.py": "how one group’s support goes, for its advisers",
    "matching/queries.py": "the places that are taken, for those who give them",
    "pulses/queries.py": "answers of one group’s volunteers, told from four on and never singly",
    "roster/leaving.py": "how much waits for one volunteer, for whoever lets them go",
    "quality/queries.py": "records with faults by team, for those who answer for the teams",
}
# Who protects a table, and why it is not by way of a release.
PROTECTS = {
    "releases/making.py": "the one path",
    "evaluation/commands.py": "a file of somebody’s own, at the command line",
}
# Who reads everybody at once, as the system.
READS = {"releases/snapshots.py"}


def calling(called: str) -> Iterator[str]:
    for module in modules():
        if any(ast.unparse(call.func) == called for call in module.calls()):
            yield module.name


def test_everybody_is_counted_only_where_it_is_said_why():
    found = {*calling("uow.figures")}

    assert found <= COUNTS.keys(), "Ask for figures by way of releases/service.py."


def test_tables_of_people_are_protected_on_the_one_path():
    found = {*calling("protect")}

    assert found <= PROTECTS.keys(), "Let releases/making.py protect it, so that it is remembered."
    assert "releases/making.py" in found


def test_everybody_is_read_at_once_for_the_frozen_day_alone():
    read = {m.name for m in modules() if "population import" in m.text and "subjects" in m.text}

    assert read == READS


def test_figures_for_others_have_one_shape():
    """Whoever is not of the team is shown a release as it was told, and no number beside it."""
    shown = {m.name for m in modules() if "Permission.RELEASE_READ" in m.text}

    assert shown <= {
        "accounts/rules.py",
        "evaluation/api.py",
        "evaluation/indicators.py",
        "evaluation/pages.py",
        "releases/api.py",
        "releases/pages.py",
        "releases/queries.py",
    }
    for module in modules():
        if module.name in {"evaluation/indicators.py", "releases/queries.py"}:
            assert not _counting(module), module.name


def _counting(module: Module) -> bool:
    return "func.count" in module.text or "func.sum" in module.text
