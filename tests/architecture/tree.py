"""The source as trees: what the guards look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "resettle"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the service, by its path within the package."""

    name: str
    text: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> str:
        return self.name.rpartition("/")[2]

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public_functions(self) -> Iterator[Function]:
        top = (node for node in self.tree.body if isinstance(node, Function))
        return (node for node in top if not node.name.startswith("_"))

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imported(self) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
        """Say what file each imported name of the service stands for, or what name in which."""
        files: dict[str, str] = {}
        names: dict[str, tuple[str, str]] = {}
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resettle."):
                source = (node.module or "").removeprefix("resettle.").replace(".", "/")
                for alias in node.names:
                    known = alias.asname or alias.name
                    files[known] = f"{source}/{alias.name}.py"
                    names[known] = (f"{source}.py", alias.name)
        return files, names

    def takes(self, name: str) -> bool:
        """Say whether the module imports the name."""
        imports = (n for n in ast.walk(self.tree) if isinstance(n, ast.Import | ast.ImportFrom))
        return any(alias.name == name for statement in imports for alias in statement.names)

    def names(self) -> set[str]:
        """Name everything that the module mentions, `a.b` as a and b."""
        plain = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        dotted = {node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        return plain | dotted


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


def named(file: str) -> list[Module]:
    """Give the file of this name of every chapter; web and core are mechanism, not chapters."""
    return [
        module
        for module in modules()
        if module.name.endswith(f"/{file}") and not module.name.startswith(("core/", "web/"))
    ]


def _read(path: Path) -> Module:
    text = path.read_text()
    return Module(path.relative_to(PACKAGE).as_posix(), text, ast.parse(text))
