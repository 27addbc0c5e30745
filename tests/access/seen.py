"""What remains of each request of the walk, which two processes share.

Each walks every other way in, for all principals and ids, over a planted world of its own; so what
is compared within one way in is of one world.
"""

import re
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from pytest_socket import disable_socket

from tests.access import walk
from tests.access.conftest import Stage, planted
from tests.access.search import Found
from tests.access.targets import Target
from tests.databases import Databases

ONCE = re.compile(rb'(name="(csrf_token|form_key)" value="|content=")[^"]+"')
EMPTY = (b"", b'{"items":[]}')
HERE, THERE = slice(0, None, 2), slice(1, None, 2)


@dataclass(frozen=True, slots=True)
class Seen:
    """What remains of one request of the walk: who asked for what, and what was told."""

    method: str
    rule: str
    principal: str
    target: Target
    words: str
    wanted: str
    status: int
    fits: bool
    logged: list[str]
    found: dict[str, Found]
    answer: str
    is_empty: bool

    @property
    def is_let_in(self) -> bool:
        return self.status in walk.DONE


def walked(stage: Stage, engine: str, ways: str) -> list[Seen]:
    """Walk every way in, or those that hold a text."""
    with ProcessPoolExecutor(1, get_context("spawn")) as another:
        theirs = another.submit(_in_a_world_apart, engine, ways)
        ours = [*_seen(stage, ways, HERE)]
        return ours + theirs.result()


def _in_a_world_apart(engine: str, ways: str) -> list[Seen]:
    """Walk the other half in a process where warnings are errors and nobody is called, as here."""
    warnings.simplefilter("error")
    disable_socket(allow_unix_socket=True)
    with TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        stage = planted(databases.fresh(engine), Path(folder) / "files")
        try:
            return [*_seen(stage, ways, THERE)]
        finally:
            stage.close()
            databases.close()


def _seen(stage: Stage, ways: str, part: slice) -> Iterator[Seen]:
    lines = walk.expected()
    for cell in walk.walk(stage.sender, stage.made, ways, part):
        told, wanted = cell.told, walk.wanted_of(lines, cell)
        answer = ONCE.sub(b"", told.answer) + str(told.status).encode()
        yield Seen(
            method=cell.method,
            rule=cell.rule.rule,
            principal=cell.principal,
            target=cell.target,
            words=cell.words,
            wanted=wanted,
            status=told.status,
            fits=walk.fits(wanted, cell),
            logged=told.logged[-1:],
            found=stage.searcher.find(told),
            answer=sha256(answer).hexdigest(),
            is_empty=told.response.data in EMPTY and told.status != 204,
        )
