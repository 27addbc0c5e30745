"""Every template can be rendered, is safe to send, and can be read by everybody."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, TemplateNotFound, meta, nodes

from tests.architecture.tree import PACKAGE

FOLDERS = [PACKAGE / "web" / "templates", *sorted(PACKAGE.glob("*/templates"))]
FILES = sorted({path for folder in FOLDERS for path in folder.rglob("*.html")})
POSTS = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)
CSRF = re.compile(r"csrf_token|\bhidden\(")
# The content security policy allows none of these, so they would silently do nothing.
INLINE = re.compile(
    r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
IMAGES = re.compile(r"<img\b[^>]*>", re.IGNORECASE)

each_template = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(PACKAGE))
)


def tree(app: Flask, path: Path) -> nodes.Template:
    return app.jinja_env.parse(path.read_text(), filename=str(path))


def test_a_missing_value_is_an_error(built: Flask):
    assert issubclass(built.jinja_env.undefined, StrictUndefined)


@each_template
def test_it_compiles_and_what_it_names_exists(built: Flask, path: Path):
    environment = built.jinja_env
    environment.compile(path.read_text(), filename=str(path))

    for name in meta.find_referenced_templates(tree(built, path)):
        assert name is not None, f"{path.name}: name the template in full."
        assert exists(built, name), f"{path.name}: there is no template {name}."


@each_template
def test_it_imports_nothing_in_vain(built: Flask, path: Path):
    parsed = tree(built, path)
    imported = {n.target for n in parsed.find_all(nodes.Import)}
    for node in parsed.find_all(nodes.FromImport):
        imported |= {n if isinstance(n, str) else n[1] for n in node.names}
    used = {n.name for n in parsed.find_all(nodes.Name)}

    assert imported <= used, f"{path.name}: take out the import of {imported - used}."


@each_template
def test_every_form_that_changes_something_has_a_csrf_field(path: Path):
    bare = [form for form in POSTS.findall(path.read_text()) if not CSRF.search(form)]

    assert not bare, f"{path.name}: make the form with macros/forms.html, or call its hidden()."


def test_the_hidden_fields_of_a_form_hold_the_csrf_token():
    macros = (PACKAGE / "web" / "templates" / "macros" / "forms.html").read_text()
    hidden = macros.partition("macro hidden(")[2].partition("endmacro")[0]

    assert 'name="csrf_token"' in hidden


@each_template
def test_it_has_no_inline_script_or_style(path: Path):
    inline = INLINE.findall(path.read_text())

    assert not inline, f"{path.name}: move {inline} into a file under static/."


@each_template
def test_every_image_says_what_it_shows(path: Path):
    silent = [image for image in IMAGES.findall(path.read_text()) if " alt=" not in image]

    assert not silent, f"{path.name}: give {silent} an alt, empty if it only adorns."


@each_template
def test_it_trusts_no_text(path: Path):
    assert "|safe" not in path.read_text().replace(" ", ""), (
        f"{path.name}: let Jinja escape, or make the Markup where the text is made."
    )


def exists(app: Flask, name: str) -> bool:
    try:
        app.jinja_env.get_template(name)
    except TemplateNotFound:
        return False
    return True
