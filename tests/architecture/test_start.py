"""What a process loads before anybody has asked for anything."""

import subprocess
import sys

from resettle.settings import TOP

# Each is loaded where it is first used (resettle/core/late.py): a worker that solves nothing and
# prints nothing holds none of it, and starts without it.
NOT_YET = {
    "alembic",
    "fontTools",
    "icalendar",
    "numpy",
    "scipy",
    "typst",
    "xlsxwriter",
}
START = """
import sys
from resettle.app import create_app
from resettle.operations.keys import new_secrets
from resettle.settings import Settings
given = {"RESETTLE_PRODUCTION": "false", "RESETTLE_DATABASE_URL": f"sqlite:///{sys.argv[1]}/start.sqlite"}
create_app(Settings.from_environment({**new_secrets(), **given}))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_heavy_libraries_are_left_until_they_are_used(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)],
        cwd=TOP,
        capture_output=True,
        check=True,
        text=True,
        env={"RESETTLE_STORAGE": str(tmp_path)},
    ).stdout.split()

    assert NOT_YET & {*loaded} == set(), "Take it from resettle.core.late instead."
