"""Programme files for tests: a copy of the shipped ones to spoil, and the shipped ones loaded."""

import shutil
from functools import cache
from pathlib import Path

from resettle.programmes.catalogue import Catalogue
from resettle.programmes.loader import SHIPPED, inspect, load_all


@cache
def shipped() -> Catalogue:
    return load_all()


def a_copy(folder: Path) -> Path:
    """Copy the shipped programmes and lists, and return the folder of the programmes."""
    shutil.copytree(SHIPPED.parent / "lists", folder / "lists")
    shutil.copytree(SHIPPED, folder / "programmes")
    return folder / "programmes"


def spoiled(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Replace one text in one file of a copy, and return every fault that is then told."""
    programmes = a_copy(folder)
    path = (programmes / file).resolve()
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, faults = inspect(programmes)
    return [str(fault) for fault in faults]
