"""How codes of ours are written as words, and sentences kept so that they can be translated."""

from typing import Any, Self


def plain(code: str | None) -> str:
    """Write a code of ours as words: staff_and_sponsor becomes Staff and sponsor."""
    return "" if code is None else code.replace("_", " ").capitalize()


class Phrase(str):
    """A sentence with its places filled, which a page may still say in another language.

    It is the English sentence to whoever takes it as text; `form` holds it with its places open.
    """

    __slots__ = ("form", "values")

    form: str
    values: dict[str, Any]

    def __new__(cls, form: str, **values: Any) -> Self:
        made = super().__new__(cls, form % values)
        made.form, made.values = form, values
        return made
