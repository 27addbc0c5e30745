"""All ways into the service, kept in a file so that none comes or goes unnoticed.

`make routes` writes the file anew.
"""

from pathlib import Path

from flask import Flask

from resettle.app import create_app
from resettle.settings import Settings

KEPT = Path(__file__).parent / "routes.txt"
IMPLIED = {"HEAD", "OPTIONS"}


def of(app: Flask) -> list[str]:
    """List method and path of each way in."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - IMPLIED
    )


if __name__ == "__main__":
    KEPT.write_text("\n".join(of(create_app(Settings.for_tests("sqlite://")))) + "\n")
