"""What squawk finds in the SQL of our migrations: `python -m tests.migrations.squawk` keeps it.

What stands there loosens a column, which no release before minds. Later migrations are mended, not
kept.
"""

import json
import subprocess
import sys
from collections import Counter
from io import StringIO
from itertools import pairwise
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.architecture.tree import TOP

KEPT = Path(__file__).with_name("squawk.txt")
# Whole numbers are counts and versions; lengths are validated in schemas (style.md); each migration
# is one transaction, with a lock timeout that env.py sets.
NOT_OURS = (
    "prefer-bigint-over-int",
    "prefer-text-field",
    "prefer-robust-stmts",
    "require-timeout-settings",
)


def lines() -> list[str]:
    """Name the migrations in their order."""
    scripts = ScriptDirectory(str(TOP / "migrations"))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def written(before: str, after: str) -> str:
    """Write the SQL of one step as PostgreSQL is told it."""
    said = StringIO()
    config = Config(TOP / "setup.cfg", output_buffer=said)
    config.set_main_option("script_location", str(TOP / "migrations"))
    command.upgrade(config, f"{before}:{after}", sql=True)
    return said.getvalue()


def findings(folder: Path) -> list[str]:
    """Run squawk over every step but the first, which makes the database."""
    for before, after in pairwise(lines()):
        (folder / f"{after}.sql").write_text(written(before, after))
    run = subprocess.run(
        [
            str(Path(sys.executable).with_name("squawk")),
            "--reporter=json",
            "--pg-version=15.0",
            f"--exclude={','.join(NOT_OURS)}",
            *sorted(map(str, folder.glob("*.sql"))),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    counted = Counter(
        (Path(found["file"]).stem, found["rule_name"]) for found in json.loads(run.stdout)
    )
    return [f"{revision} {rule} {count}" for (revision, rule), count in sorted(counted.items())]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        KEPT.write_text("\n".join(findings(Path(folder))) + "\n")
