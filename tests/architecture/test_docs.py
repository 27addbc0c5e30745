"""What is written for people agrees with what there is."""

import re
import tomllib
from pathlib import Path

import pytest

from resettle.core.errors import ResettleError
from resettle.settings import SECRETS
from resettle.web.errors import SLUGS
from tests.architecture import roles
from tests.architecture.tree import PACKAGE, TOP

DOCS = TOP / "docs"
PAGES = [TOP / "README.md", *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MACHINE = re.compile(r"(?<![\w.$<}])/(home|root|tmp|work|Users|mnt|opt|srv)/")
KILOBYTES_OF_A_PICTURE = 150

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@each_page
def test_its_links_lead_somewhere(path: Path):
    links = [link for link in LINK.findall(path.read_text()) if "://" not in link]
    dead = [link for link in links if not (path.parent / link).exists()]

    assert not dead, f"{path.name}: mend the links to {dead}."


@each_page
def test_it_names_no_place_of_one_machine(path: Path):
    assert not MACHINE.search(path.read_text()), f"{path.name}: name paths from the top folder."


def test_the_roles_are_those_of_the_grants():
    assert roles.KEPT.read_text() == roles.page(), "Who may do what has changed: make docs"


def test_every_setting_is_told_with_its_default():
    told = dict(re.findall(r"^\| `(RESETTLE_\w+)` \| `([^`]*)`", _read("install.md"), re.MULTILINE))
    service = tomllib.loads((TOP / "config/default.toml").read_text())["service"]

    assert told == {f"RESETTLE_{name.upper()}": str(value) for name, value in service.items()}


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_is_told(name: str):
    assert f"`RESETTLE_{name}`" in _read("install.md")


def test_every_chapter_is_told():
    chapters = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    told = set(re.findall(r"^\| `(\w+)/` ", _read("architecture.md"), re.MULTILINE))

    assert told == chapters, "docs/architecture.md: name each chapter, and none that is not there."


def test_every_kind_of_problem_is_told():
    known = {*SLUGS.values(), *_slugs(ResettleError)} - {ResettleError.slug, "error"}
    told = set(re.findall(r"^\| `([\w-]+)` \| \d", _read("api.md"), re.MULTILINE))

    assert known <= told, f"docs/api.md: say what {known - told} mean."


def test_the_pictures_are_small():
    heavy = [
        p.name for p in DOCS.glob("pictures/*") if p.stat().st_size > KILOBYTES_OF_A_PICTURE * 1024
    ]

    assert not heavy


def _slugs(kind: type[ResettleError]) -> set[str]:
    own = vars(kind).get("slug")
    found = {own} if isinstance(own, str) else set()
    return found.union(*(_slugs(below) for below in kind.__subclasses__()))


def _read(name: str) -> str:
    return (DOCS / name).read_text()
