"""Rendering a template as the service does, with a plain page around it and no service."""

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import resettle.web
from resettle.web.forms import Form
from resettle.web.words import day, moment, said

TEMPLATES = Path(resettle.web.__file__).parent / "templates"
NASTY = "<b>&\"'"
MACROS = {
    name: f'{{% import "macros/{name}.html" as {name} with context %}}'
    for name in ("forms", "lists", "status", "charts", "who_sees")
}


@dataclass(frozen=True, slots=True)
class AForm(Form):
    """A form as the service reads it, with a key that is known."""

    key: str = "key-1"


@dataclass(frozen=True)
class AReader:
    name: str = "Ana Tuilagi"
    role_title: str = "caseworker"
    signed_in: bool = True


CONTEXT = {
    "me": AReader(),
    "nav": [("Today", "/", "page"), ("Import", "/imports", "")],
    "csrf_token": lambda: "token-1",
    "request_id": "request-1",
    "static_url": "/static/0/{}".format,
    "lang": "en-NZ",
    "dir": "ltr",
    "offered_languages": {},
    "here": "/",
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
    made.filters["moment"] = moment
    made.filters["said"] = said
    made.globals["url_for"] = "/{}".format
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
