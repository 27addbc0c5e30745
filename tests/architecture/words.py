"""The texts that families read, and the catalogues that translate them.

`make words` takes the texts out of the files that resettle/web/catalogues/sources.toml names and
writes them into each catalogue: what is translated stays, what is new is left open.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from resettle.web.words import CATALOGUES, ENGLISH, LOCALES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "resettle"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "tell": (2,)}
JINJA = {"newstyle_gettext": "true", "silent": "false"}
WRITTEN = datetime(2026, 11, 27, tzinfo=UTC)
NOTICE = (
    "# Written by the people who build resettle, as well as they could. TO BE REVIEWED by native "
    "speakers who know the work before any family reads it.\n# Kept by `make words`."
)
Found = Iterator[tuple[str | tuple[str, str], str]]


def sources() -> Mapping[str, Any]:
    return tomllib.loads((CATALOGUES / "sources.toml").read_text())


def texts() -> dict[str | tuple[str, str], str]:
    """Give every text that a family may read, with the file in which it stands first."""
    told = sources()
    staff = {*told["more"]["staff"]}
    found: dict[str | tuple[str, str], str] = {}
    for text, place in _all(told):
        if text not in staff:
            found.setdefault(text, place)
    return found


def _all(told: Mapping[str, Any]) -> Found:
    for name in told["templates"]:
        yield from _of_template(name)
    for path in told["sentences"]:
        yield from ((text, path) for text in _sentences(ROOT / path))
    for path, names in told["tables"].items():
        yield from ((text, path) for text in _of_tables(ROOT / path, names))
    for path, keys in told["data"].items():
        data = tomllib.loads((ROOT / path).read_text())
        yield from ((text, path) for key in keys for text in _under(data, key.split(".")))
    yield from ((text, "resettle/web/catalogues/sources.toml") for text in told["more"]["words"])


def _under(data: Any, keys: list[str]) -> Iterator[str]:
    """Give the texts under a path of keys; a table's own values where the path ends on a table."""
    match data:
        case str():
            yield data
        case list():
            for each in data:
                yield from _under(each, keys)
        case dict() if keys:
            yield from _under(data.get(keys[0], []), keys[1:])
        case dict():
            yield from (text for text in data.values() if isinstance(text, str))


def _of_template(name: str) -> Found:
    path = template(name)
    with path.open("rb") as file:
        for _line, text, _comments, _context in extract(
            "jinja2.ext:babel_extract", file, KEYWORDS, options=JINJA
        ):
            yield (tuple(text) if isinstance(text, tuple) else text), str(path.relative_to(ROOT))


def template(name: str) -> Path:
    """Find the file of a template by the name that pages render."""
    found = [*PACKAGE.glob(f"*/templates/{name}")]
    assert len(found) == 1, f"There is no one template {name}: mend sources.toml."
    return found[0]


def _sentences(path: Path) -> Iterator[str]:
    """Give the texts of a module that are whole sentences, but for docstrings."""
    tree = ast.parse(path.read_text())
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    in_pieces = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            is_said = id(node) not in remarks | in_pieces and " " in text
            if is_said and text[0].isupper() and text[-1] in ".?!:":
                yield text


def _of_tables(path: Path, names: list[str]) -> Iterator[str]:
    """Give every text in some named tables of a module; keys of mappings are not words."""
    for node in ast.parse(path.read_text()).body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        target = node.targets[0] if isinstance(node, ast.Assign) else target
        if isinstance(target, ast.Name) and target.id in names:
            yield from _words(node.value)


def _words(node: ast.AST) -> Iterator[str]:
    parts = node.values if isinstance(node, ast.Dict) else [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value[:1]:
        yield node.value
    for part in parts:
        yield from _words(part)


def kept(tag: str) -> Catalog:
    path = CATALOGUES / f"{tag}.po"
    if not path.exists():
        return _new(tag)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[tag])


def _new(tag: str) -> Catalog:
    return Catalog(locale=LOCALES[tag], project="resettle", fuzzy=False)


def written(tag: str) -> Catalog:
    """Make the catalogue of a language anew, with the translations that it has."""
    old, made = kept(tag), _new(tag)
    made.header_comment = f"# resettle, {LOCALES[tag]}.\n{NOTICE}"
    made.creation_date = made.revision_date = WRITTEN
    made.msgid_bugs_address, made.language_team, made.last_translator = "", "", "to be reviewed"
    for text, place in texts().items():
        message = old.get(text if isinstance(text, str) else text[0])
        made.add(text, "" if message is None else message.string, locations=[(place, 0)])
    return made


def main() -> None:
    for tag in LOCALES:
        if tag == ENGLISH:
            continue
        made = written(tag)
        with (CATALOGUES / f"{tag}.po").open("wb") as file:
            write_po(file, made, width=98, sort_output=False, include_lineno=False)
        total = len([*made])
        missing = sum(1 for message in made if message.id and not any(_strings(message.string)))
        print(f"{tag}: {total - missing} of {total} texts are translated")  # noqa: T201


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
