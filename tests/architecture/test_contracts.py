"""Who may import whom: each contract of setup.cfg holds, and is seen to fail on a breach."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, TOP

BREACHES = {
    "core looks up": ("chapters", "core/planted.py", "import resettle.settings"),
    "a chapter without a place": ("chapters", "planted/__init__.py", ""),
    "rules look up": ("inside", "planted/rules.py", "import resettle.planted.service"),
    "pages and API are siblings": ("inside", "planted/pages.py", "import resettle.planted.api"),
    "rules know a database": ("pure", "planted/rules.py", "import sqlalchemy"),
    "a service knows a request": ("edge", "planted/service.py", "import flask"),
    "a model knows the web": ("edge", "planted/models.py", "import resettle.web.errors"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of the service to break."""
    python_only = shutil.ignore_patterns("static", "templates", "__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "resettle", ignore=python_only)
    shutil.copy(TOP / "setup.cfg", tmp_path)
    return tmp_path


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache", *options],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_hold(tree):
    outcome = lint(tree)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("contract", "file", "text"), BREACHES.values(), ids=list(BREACHES))
def test_a_breach_is_seen(tree, contract, file, text):
    plant(tree / "resettle" / file, text)

    outcome = lint(tree, "--contract", contract)

    assert outcome.returncode == 1
    assert "BROKEN" in outcome.stdout, outcome.stdout


def plant(file: Path, text: str) -> None:
    if file.parent.name == "planted":
        file.parent.mkdir()
        for name in ("__init__", "api", "models", "pages", "rules", "service"):
            (file.parent / f"{name}.py").write_text("")
    file.write_text(text + "\n")
