"""The migrations stand in one line, numbered, each named after what it does."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.script import Script, ScriptDirectory

from tests.architecture.tree import TOP

SCRIPTS = ScriptDirectory(str(TOP / "migrations"))
LINE: list[Script] = [*SCRIPTS.walk_revisions()][::-1]
LONGEST = 32  # of alembic's own column
NAME = re.compile(r"(\d{4})_[a-z0-9]+(_[a-z0-9]+)*")

each_migration = pytest.mark.parametrize("migration", LINE, ids=lambda script: script.revision)


def test_there_is_one_line():
    assert SCRIPTS.get_heads() == [script.revision for script in LINE[-1:]]
    assert all(later.down_revision == earlier.revision for earlier, later in pairwise(LINE))


def test_they_are_numbered_from_one():
    numbers = [int(script.revision[:4]) for script in LINE]

    assert numbers == [*range(1, len(LINE) + 1)]


@each_migration
def test_its_file_is_named_after_it(migration: Script):
    assert NAME.fullmatch(migration.revision), "Name it 0007_what_it_does."
    assert len(migration.revision) <= LONGEST, "PostgreSQL keeps no longer name: say it shorter."
    assert migration.path.endswith(f"{migration.revision}.py")


@each_migration
def test_it_imports_nothing_of_the_service(migration: Script):
    text = Path(migration.path).read_text()

    assert not re.search(r"^(from|import) resettle", text, re.MULTILINE), (
        f"{migration.revision}: the code moves on, a migration must not."
    )
