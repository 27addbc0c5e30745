"""Finding canaries in what was told: whole, in part, reversed, encoded or hashed."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from tests.access.canaries import Mark
from tests.access.requests import Told

LENGTH, LEAST = 32, 8
# Turned round or decoded, so many texts look like a part of some canary that more is asked for.
LEAST_TURNED = 12
RUN = re.compile(rf"[0-9a-f]{{{LEAST},}}")
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
# Ids and hashes of the service's own, of the length of canaries or with parts that look like them.
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OWN = re.compile(r'/static/[0-9a-f]+/|name="form_key" value="[0-9a-f]+"')


@dataclass(frozen=True, slots=True)
class Found:
    """A canary, and in which form it was told."""

    mark: Mark
    form: str
    near: str = ""


class Searcher:
    """Knows every canary in every form that it could be told in."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._parts: dict[str, Found] = {}
        self._hashes: dict[str, Mark] = {}
        self._marks: dict[str, Mark] = {}
        for mark in marks:
            self._learn(mark)

    def _learn(self, mark: Mark) -> None:
        self._marks[mark.text] = mark
        for form, text, least in (
            ("plain", mark.text, LEAST),
            ("plain", mark.text, LEAST_TURNED),
            ("reversed", mark.text[::-1], LEAST_TURNED),
        ):
            for at in range(len(text) - least + 1):
                self._parts[text[at : at + least]] = Found(mark, form)
        digest = hashlib.sha256(mark.text.encode())
        self._hashes[digest.hexdigest()[:16]] = mark
        self._hashes[base64.b64encode(digest.digest()).decode()[:20]] = mark

    def find(self, told: Told) -> dict[str, Found]:
        """Find every canary that an answer, its headers, the logs or the trail give away."""
        return {found.mark.text: found for text in _texts(told) for found in self._in(text)}

    def whole(self, text: str) -> Iterator[Mark]:
        """Find the canaries that stand in a text as they were planted."""
        for run in RUN.findall(text):
            yield from (found.mark for found in self._whole(run))

    def _in(self, text: str) -> Iterator[Found]:
        text = OWN.sub("", UUIDS.sub("", text))
        yield from self._plain(text)
        if "%" in text:
            yield from self._plain(unquote(text))
        for token in ENCODED.findall(text):
            if token[:20] in self._hashes:
                yield Found(self._hashes[token[:20]], "hashed")
            for decoded in _decoded(token):
                yield from (Found(f.mark, "base64") for f in self._plain(decoded, (LEAST_TURNED,)))

    def _whole(self, run: str) -> Iterator[Found]:
        for at in range(len(run) - LENGTH + 1):
            if mark := self._marks.get(run[at : at + LENGTH]):
                yield Found(mark, "plain")

    def _plain(
        self, text: str, lengths: tuple[int, ...] = (LEAST, LEAST_TURNED)
    ) -> Iterator[Found]:
        for run in RUN.findall(text.casefold()):
            if run[:16] in self._hashes:
                yield Found(self._hashes[run[:16]], "hashed")
            yield from self._whole(run)
            # A part of one may be a part of another, so what is told whole is told apart first.
            for length in lengths if len(run) != LENGTH or run not in self._marks else ():
                for at in range(len(run) - length + 1):
                    if found := self._parts.get(run[at : at + length]):
                        yield replace(found, near=run)


def _texts(told: Told) -> Iterator[str]:
    number = told.response.headers.get("X-Request-Id", "")
    body = told.response.data.decode("utf-8", "replace")
    headers = "\n".join(f"{k}: {v}" for k, v in told.response.headers if k != "X-Request-Id")
    for text in (body, headers, *told.logged, str(told.trail) if told.trail else ""):
        yield text.replace(number, "") if number else text


def _decoded(token: str) -> Iterator[str]:
    if RUN.fullmatch(token):
        return
    plain = token.rstrip("=").translate(str.maketrans("-_", "+/"))
    for skip in range(4):
        part = plain[skip:]
        try:
            yield base64.b64decode(part[: len(part) // 4 * 4]).decode("ascii")
        except (binascii.Error, UnicodeDecodeError):
            continue
