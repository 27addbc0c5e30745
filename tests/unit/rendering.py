"""Rendering a template as the service does, with a plain page around it and no service."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import resettle.web
from resettle.web.frame import day

TEMPLATES = Path(resettle.web.__file__).parent / "templates"
NASTY = "<b>&\"'"
MACROS = {
    name: f'{{% import "macros/{name}.html" as {name} with context %}}'
    for name in ("forms", "lists", "status", "charts", "who_sees")
}


@dataclass(frozen=True)
class AForm:
    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    key: str = "key-1"
    version: int | None = None


@dataclass(frozen=True)
class AReader:
    name: str = "Ana Tuilagi"
    role_title: str = "caseworker"
    signed_in: bool = True


CONTEXT = {
    "me": AReader(),
    "nav": [("Today", "/", True), ("Import", "/imports", False)],
    "csrf_token": lambda: "token-1",
    "request_id": "request-1",
    "static_url": "/static/0/{}".format,
    "lang": "en-NZ",
    "dir": "ltr",
    "flash_messages": [],
    "form": AForm(),
}


def environment():
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
    )
    made.install_null_translations(newstyle=True)
    made.filters["day"] = day
    return made


ENVIRONMENT = environment()


def rendered(source, **context):
    imports = "".join(text for name, text in MACROS.items() if f"{name}." in source)
    return ENVIRONMENT.from_string(imports + source).render({**CONTEXT, **context})


def page(name, **context):
    return ENVIRONMENT.get_template(name).render({**CONTEXT, **context})


def controls(html):
    return re.findall(r"<(?:input(?! type=\"hidden\")|select|textarea)\b[^>]*>", html)


def attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else None


def ids(html):
    return re.findall(r'\sid="([^"]*)"', html)
